package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// setting is something about a scenario that can be changed by key and value.
type setting struct {
	key, means string
	set        func(s *Scenario, value string) error
}

// settings are all there are: those of every scenario, of clusters, of groups, of trials, of replicas
// and of registers.
var settings = slices.Concat(anySettings, clusterSettings, troubleSettings(), linkSettings,
	groupSettings, trialSettings, replicaSettings, capSettings, rateSettings, phaseSettings,
	checkSettings)

var anySettings = []setting{
	{"servers", "how many servers, or from how many to how many: 64 or 5-64; faults leave out the rest",
		setServers},
	{"duration", "length of the run; faults are moved and shortened in proportion, trials are not",
		setDuration},
	{"loss", "share of packets lost on every link throughout, or from which to which: 5% or 0-5%",
		setLoss},
	{"budget", "whether faults that the seed draws stay inside the fault budget: on or off", setBudget},
	{"latency", "one-way delay between servers", func(s *Scenario, value string) (err error) {
		s.Latency.Latency, err = netmodel.ParseLatency(value)
		return err
	}},
}

var clusterSettings = []setting{
	{"origins", "how many origins, or from how many to how many; the share of unregistered ones stays", ofCluster(setOrigins)},
	{"unregistered", "how many of the origins nobody knows of before an operator registers them",
		ofCluster(func(s *Scenario, value string) error {
			return setCount(&s.Unregistered, value, 0, s.Origins-1)
		})},
	{"design", "whose servers: ours, everyone, multicast, leader, raft or hashring",
		ofCluster(func(s *Scenario, value string) error {
			s.Design = Design(value)
			return oneOf(s.Design, Designs())
		})},
	{"datacenters", "how many clusters, each a world of its own; 0 for a single one",
		ofCluster(func(s *Scenario, value string) error {
			return setCount(&s.Datacenters, value, 0, MaxDatacenters)
		})},
	{"merge", "how replicas merge: siblings or literal",
		ofCluster(func(s *Scenario, value string) error {
			s.Merge = Merge(value)
			return s.Merge.validate()
		})},
	{"crashes", "how many crashes in the storm",
		stormCount(func(s *Storm) *int { return &s.Crashes })},
	{"pauses", "how many pauses in the storm", stormCount(func(s *Storm) *int { return &s.Pauses })},
	{"blocks", "how many servers with blocked sockets in the storm",
		stormCount(func(s *Storm) *int { return &s.Blocks })},
	{"leaves", "how many leaves in the storm", stormCount(func(s *Storm) *int { return &s.Leaves })},
	{"partitions", "how many partitions in the storm",
		stormCount(func(s *Storm) *int { return &s.Partitions })},
	{"losses", "how many periods of loss in the storm",
		stormCount(func(s *Storm) *int { return &s.Losses })},
	{"bursts", "how many periods of loss in bursts in the storm",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Bursts }))},
	{"duplications", "how many periods of duplicates and replays in the storm",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Duplications }))},
	{"reorderings", "how many periods in the storm in which packets are overtaken",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Reorderings }))},
	{"corruptions", "how many periods in the storm in which packets are damaged",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Corruptions }))},
	{"outages", "how many outages of origins in the storm",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Outages }))},
	{"uplinks", "how many times servers lose their uplinks in the storm",
		stormCount(func(s *Storm) *int { return &s.Uplinks })},
	{"sockets", "how many times servers can open no sockets in the storm",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Sockets }))},
	{"flaps", "how many origins flap in the storm",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Flaps }))},
	{"registrations", "how many times an operator registers origins in the storm",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Registrations }))},
	{"unregistrations", "how many times an operator removes origins in the storm",
		ofCluster(stormCount(func(s *Storm) *int { return &s.Unregistrations }))},
}

// Settings returns the keys that [Scenario.Set] knows, each with what it means.
func Settings() (keys, means []string) {
	for _, s := range settings {
		keys, means = append(keys, s.key), append(means, s.means)
	}
	return keys, means
}

// Set changes one thing about the scenario, given as "key=value".
func (s *Scenario) Set(assignment string) error {
	key, value, found := strings.Cut(assignment, "=")
	if !found {
		return fmt.Errorf("-set %s: expected key=value", assignment)
	}
	keys, _ := Settings()
	i := slices.Index(keys, key)
	if i < 0 {
		return fmt.Errorf("-set %s: unknown key %q%s; known are %s",
			assignment, key, DidYouMean(key, keys), strings.Join(keys, ", "))
	}
	if err := settings[i].set(s, value); err != nil {
		return fmt.Errorf("-set %s: %w", assignment, err)
	}
	return nil
}

func setCount(target *int, value string, least, most int) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return fmt.Errorf("%q, expected a whole number from %d to %d", value, least, most)
	}
	*target = n
	return nil
}

// parseRange reads a number, or a range of them.
func parseRange(value string, least, most int) (r Range[int], err error) {
	low, high, isRange := strings.Cut(value, "-")
	if !isRange || low == "" { // a negative number is no range
		low, high = value, value
	}
	if err := setCount(&r.Least, low, least, most); err != nil {
		return r, err
	}
	return r, setCount(&r.Most, high, r.Least, most)
}

// setServers takes a number, or a range from which the seed draws one.
func setServers(s *Scenario, value string) error {
	r, err := parseRange(value, 1, MaxServers)
	if err != nil {
		return err
	}
	s.Servers = r.Most
	s.vary(func(v *Vary) { v.Servers = r.ifWide() })
	s.setRacks(min(s.Racks, r.Least))
	s.dropTargets()
	return nil
}

// setOrigins changes the number of origins, or from which to which the seed draws it, and in proportion
// that of those nobody knows of.
func setOrigins(s *Scenario, value string) error {
	r, err := parseRange(value, 1, MaxOrigins)
	if err != nil {
		return err
	}
	s.resizeOrigins(r.Most)
	s.vary(func(v *Vary) { v.Origins = r.ifWide() })
	s.dropTargets()
	return nil
}

// dropTargets leaves out of the faults what is not there any more: servers and origins, and faults that
// strike nothing else. Scenarios copied from s keep theirs.
func (s *Scenario) dropTargets() {
	faults := s.Faults
	s.Faults = nil
	for _, f := range faults {
		hosts, origins := below(f.Hosts, s.fewestServers()), below(f.Origins, s.fewestOrigins())
		others := below(f.Others, s.fewestServers())
		if (f.Hosts == nil) == (hosts == nil) && (f.Origins == nil) == (origins == nil) &&
			(f.Others == nil) == (others == nil) {
			f.Hosts, f.Others, f.Origins = hosts, others, origins
			s.Faults = append(s.Faults, f)
		}
	}
}

// below returns the numbers below limit, nil if there are none.
func below[T ~uint32](numbers []T, limit int) (kept []T) {
	for _, n := range numbers {
		if int(n) < limit {
			kept = append(kept, n)
		}
	}
	return kept
}

// setLoss takes a share, or a range from which the seed draws one.
func setLoss(s *Scenario, value string) (err error) {
	low, high, isRange := strings.Cut(value, "-")
	if !isRange || low == "" { // a negative share is no range
		low, high = value, value
	}
	var r Range[rng.PPM]
	if r.Least, err = rng.ParsePPM(low); err != nil {
		return err
	}
	if r.Most, err = rng.ParsePPM(high); err != nil {
		return err
	}
	if r.Most < r.Least {
		return fmt.Errorf("%q, expected the lower share first", value)
	}
	s.LossPPM = r.Most
	s.vary(func(v *Vary) { v.LossPPM = r.ifWide() })
	return nil
}

// setDuration changes the length of the run, and moves the faults with it.
func setDuration(s *Scenario, value string) error {
	d, err := time.ParseDuration(value)
	if err != nil || d < MinDuration || d > MaxDuration {
		return fmt.Errorf("%q, expected a time from %v to %v, such as 90s or 10m",
			value, MinDuration, MaxDuration)
	}
	if s.Storm != nil {
		storm := *s.Storm
		storm.From = scale(storm.From, s.Duration, Span(d))
		storm.To = scale(storm.To, s.Duration, Span(d))
		s.Storm = &storm
	}
	s.moveRates(s.Duration, Span(d))
	s.Faults = slices.Clone(s.Faults)
	for i := range s.Faults {
		f := &s.Faults[i]
		f.At, f.For = scale(f.At, s.Duration, Span(d)), scale(f.For, s.Duration, Span(d))
	}
	s.Duration, s.paced = Span(d), false
	return nil
}

// scale returns the time that is in a run of length to what t is in one of length from, to the
// millisecond: the product of two times in nanoseconds would not fit.
func scale(t, from, to Span) Span {
	const unit = Span(time.Millisecond)
	return (t / unit) * (to / unit) / max(1, from/unit) * unit
}

// ofCluster refuses a setting that makes no sense without origins.
func ofCluster(set func(*Scenario, string) error) func(*Scenario, string) error {
	return func(s *Scenario, value string) error {
		if s.Group != nil || s.Replicas != nil || s.Cap != nil || s.Guest != nil {
			return fmt.Errorf("the scenario %s has no origins, it is %s", s.Name, s.kind())
		}
		return set(s, value)
	}
}

func setSwitch(target *bool, value string) error {
	if value != "on" && value != "off" {
		return fmt.Errorf("%q, expected on or off", value)
	}
	*target = value == "on"
	return nil
}
