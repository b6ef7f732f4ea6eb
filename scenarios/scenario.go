package scenarios

import (
	"fmt"
	"strings"
	"time"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// Merge names how replicas of the map merge concurrent writes.
type Merge string

const (
	// Siblings keeps concurrent writes side by side and chooses when reading: a join.
	Siblings Merge = "siblings"
	// Literal is the talk's merge exactly as its slides describe it: a single winner per key, with
	// the writer's rank as the tie-break. It is not a join, and replicas can part for good.
	Literal Merge = "literal"
)

func (m Merge) validate() error {
	if m != Siblings && m != Literal {
		return fmt.Errorf("%q, expected %s or %s", m, Siblings, Literal)
	}
	return nil
}

// Scenario is a run but for its seed: of the health-check cluster, of many of them if Datacenters is
// set, of SWIM alone if Group is, of the map alone if Replicas is, or of a register if Cap is.
type Scenario struct {
	Name string `json:"name"`
	// About says in one line what happens, Proves what a green run shows.
	About  string `json:"about"`
	Proves string `json:"proves"`
	// ExpectFail marks a scenario that is there to be found failing.
	ExpectFail bool `json:"expect_fail,omitempty"`

	Servers int `json:"servers"`
	// Origins is how many there are, Merge how what is known of them is merged; only a cluster has
	// them.
	Origins int   `json:"origins,omitempty"`
	Merge   Merge `json:"merge,omitempty"`
	// Unregistered is how many of the origins, those of the highest numbers, nobody knows of before
	// an operator registers them; the others are in every server's configuration.
	Unregistered int `json:"unregistered,omitempty"`
	// Design is whose servers a cluster has, empty for our own.
	Design Design `json:"design,omitempty"`
	// Datacenters is how many clusters there are, each a world of its own; 0 for a single one.
	Datacenters int  `json:"datacenters,omitempty"`
	Duration    Span `json:"duration"`
	// Latency is the one-way delay between servers, LossPPM the share of packets lost on every
	// link, both throughout the run.
	Latency Latency `json:"latency"`
	LossPPM rng.PPM `json:"loss_ppm"`
	// Group makes the servers members of SWIM and nothing else; nil for the health-check cluster.
	Group *Group `json:"group,omitempty"`
	// Replicas makes them replicas of the map and nothing else; nil for the others.
	Replicas *Replicas `json:"replicas,omitempty"`
	// Cap makes them servers of a register with clients; nil for the others.
	Cap *Cap `json:"cap,omitempty"`
	// What the seed decides; all nil in a scenario that has been expanded. Vary draws the size and the
	// loss, Storm asks a cluster or replicas for faults, and Trial is what a group goes through.
	Vary  *Vary  `json:"vary,omitempty"`
	Storm *Storm `json:"storm,omitempty"`
	Trial *Trial `json:"trial,omitempty"`
	// Faults are what goes wrong, in the order of their times.
	Faults []Fault `json:"faults"`

	// paced: nobody has chosen the duration but the catalogue, so that it follows the preset.
	paced bool
}

// Latency is a netmodel.Latency that files write as text.
type Latency struct{ netmodel.Latency }

// MarshalText writes the text form of [netmodel.ParseLatency].
func (l Latency) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the text form of [netmodel.ParseLatency].
func (l *Latency) UnmarshalText(text []byte) (err error) {
	l.Latency, err = netmodel.ParseLatency(string(text))
	return err
}

// Limits on what a scenario may ask for, so that no file can ask for a week of computing by
// mistake.
const (
	MaxServers  = 10_000
	MaxOrigins  = 1_000_000
	MaxDuration = 7 * 24 * time.Hour
	// MinDuration: a shorter run would be over before the servers have started.
	MinDuration = 10 * time.Second
	MaxFaults   = 10_000
	// MaxDatacenters limits how many clusters one run may have.
	MaxDatacenters = 1000
	// MaxChecks limits servers times origins or keys: every server has a replica of the whole map.
	MaxChecks = 10_000_000
	// MaxName is how many bytes the name of a scenario may have.
	MaxName = 64
)

// Validate reports the first thing wrong with the scenario, naming the field.
func (s *Scenario) Validate() error {
	switch {
	case !validName(s.Name):
		return fmt.Errorf("name: %q, expected 1 to %d of a-z, 0-9 and -, the first no -",
			s.Name, MaxName)
	case s.Servers < 1 || s.Servers > MaxServers:
		return fmt.Errorf("servers: %d, expected 1 to %d", s.Servers, MaxServers)
	case s.Duration.Duration() < MinDuration || s.Duration.Duration() > MaxDuration:
		return fmt.Errorf("duration: %v, expected %v to %v", s.Duration, MinDuration, MaxDuration)
	case s.LossPPM > rng.Always:
		return fmt.Errorf("loss_ppm: %d, expected 0 to %d", s.LossPPM, rng.Always)
	case len(s.Faults) > MaxFaults:
		return fmt.Errorf("faults: %d, expected at most %d", len(s.Faults), MaxFaults)
	}
	if err := s.validateKind(); err != nil {
		return err
	}
	if err := s.Latency.Validate(); err != nil {
		return err // it names the field itself
	}
	if err := s.Vary.validate(s); err != nil {
		return fmt.Errorf("vary.%w", err)
	}
	return s.validateFaults()
}

// validateKind checks what only a cluster, only a group or only replicas have.
func (s *Scenario) validateKind() error {
	kinds := 0
	for _, is := range []bool{s.Group != nil, s.Replicas != nil, s.Cap != nil} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds > 1:
		return fmt.Errorf("group, replicas, cap: expected one of them at most")
	case s.Group != nil:
		return s.validateGroup()
	case s.Replicas != nil:
		return s.validateReplicas()
	case s.Cap != nil:
		return s.validateCap()
	}
	return s.validateCluster()
}

func (s *Scenario) validateCluster() error {
	if s.Origins < 1 || s.Origins > MaxOrigins {
		return fmt.Errorf("origins: %d, expected 1 to %d", s.Origins, MaxOrigins)
	}
	if err := s.validateMap("origins", s.Origins); err != nil {
		return err
	}
	if s.Trial != nil {
		return fmt.Errorf("trial: only a group goes through one")
	}
	if err := s.Merge.validate(); err != nil {
		return fmt.Errorf("merge: %w", err)
	}
	if err := s.Design.validate(); err != nil {
		return fmt.Errorf("design: %w", err)
	}
	return s.validateSizes()
}

// validateSizes checks how many of what a cluster has.
func (s *Scenario) validateSizes() error {
	switch {
	case s.Unregistered < 0 || s.Unregistered >= s.Origins:
		return fmt.Errorf("unregistered: %d, expected 0 to %d", s.Unregistered, s.Origins-1)
	case s.Datacenters < 0 || s.Datacenters > MaxDatacenters:
		return fmt.Errorf("datacenters: %d, expected 0 to %d", s.Datacenters, MaxDatacenters)
	case s.Merge == Literal && s.Design != "" && s.Design != Ours:
		return fmt.Errorf("merge: %q, expected %q with the design %s", s.Merge, Siblings, s.Design)
	}
	return nil
}

// validateMap checks how much all replicas of the map hold together.
func (s *Scenario) validateMap(of string, keys int) error {
	if all := uint64(s.Servers) * uint64(keys); all > MaxChecks {
		return fmt.Errorf("servers x %s: %d, expected at most %d", of, all, MaxChecks)
	}
	return nil
}

func (s *Scenario) validateGroup() error {
	if err := s.withoutOrigins("a group"); err != nil {
		return err
	}
	if s.Storm != nil {
		return fmt.Errorf("storm: expected none in a group")
	}
	if err := s.Group.validate(s.Duration); err != nil {
		return fmt.Errorf("group.%w", err)
	}
	return nil
}

func (s *Scenario) validateReplicas() error {
	if err := s.withoutOrigins("replicas"); err != nil {
		return err
	}
	switch {
	case s.Trial != nil:
		return fmt.Errorf("trial: only a group goes through one")
	case s.Storm != nil && s.Storm.Outages > 0:
		return fmt.Errorf("storm.outages: %d, expected none in replicas", s.Storm.Outages)
	}
	if err := s.Replicas.validate(); err != nil {
		return fmt.Errorf("replicas.%w", err)
	}
	return s.validateMap("keys", s.Replicas.Keys)
}

func (s *Scenario) validateCap() error {
	if err := s.withoutOrigins("a register"); err != nil {
		return err
	}
	switch {
	case s.Trial != nil || s.Storm != nil:
		return fmt.Errorf("trial, storm: expected none in a register")
	case s.fewestServers() < minCapServers || s.Servers > maxCapServers:
		return fmt.Errorf("servers: %s, expected %d to %d in a register",
			s.serversText(), minCapServers, maxCapServers)
	}
	if err := s.Cap.validate(s); err != nil {
		return fmt.Errorf("cap.%w", err)
	}
	return nil
}

// withoutOrigins refuses what only a cluster has.
func (s *Scenario) withoutOrigins(kind string) error {
	switch {
	case s.Origins != 0:
		return fmt.Errorf("origins: %d, expected none in %s", s.Origins, kind)
	case s.Merge != "":
		return fmt.Errorf("merge: %q, expected none in %s", s.Merge, kind)
	case s.Unregistered != 0:
		return fmt.Errorf("unregistered: %d, expected none in %s", s.Unregistered, kind)
	case s.Design != "":
		return fmt.Errorf("design: %q, expected none in %s", s.Design, kind)
	case s.Datacenters != 0:
		return fmt.Errorf("datacenters: %d, expected none in %s", s.Datacenters, kind)
	}
	return nil
}

// validateFaults checks what goes wrong. It has to make sense with as few servers as the seed may
// draw.
func (s *Scenario) validateFaults() error {
	servers := s.fewestServers()
	for i := range s.Faults {
		if err := s.Faults[i].Validate(servers, s.Origins, s.Duration); err != nil {
			return fmt.Errorf("faults[%d].%w", i, err)
		}
	}
	if s.Storm != nil {
		return s.Storm.Validate(s.Duration)
	}
	if s.Trial != nil {
		if err := s.Trial.validate(servers, s.Duration); err != nil {
			return fmt.Errorf("trial.%w", err)
		}
	}
	return nil
}

// validName keeps names fit for terminals, file names and command lines, wherever they come from.
func validName(name string) bool {
	strange := func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-'
	}
	return name != "" && len(name) <= MaxName && name[0] != '-' &&
		strings.IndexFunc(name, strange) < 0
}

// Expand returns the scenario with everything decided by the luck of seed: its size drawn, and its
// storm or trial turned into faults. An expanded scenario expands to itself. That of many data centres
// stays as it is: each of them has its own luck.
func (s Scenario) Expand(seed uint64) Scenario {
	s.paced = false
	if s.Datacenters > 0 {
		return s
	}
	if s.Vary != nil {
		s.Servers, s.LossPPM = s.Vary.draw(seed, s.Servers, s.LossPPM)
		s.Vary = nil
	}
	if s.Storm != nil {
		s = s.with(s.Storm.faults(seed, s.Servers, s.Origins))
		s.Storm = nil
	}
	if s.Trial != nil {
		s = s.with(s.Trial.faults(seed, s.Servers))
		s.Trial = nil
	}
	return s
}

// with returns the scenario with more faults.
func (s Scenario) with(more []Fault) Scenario {
	s.Faults = append(append([]Fault{}, s.Faults...), more...)
	sortFaults(s.Faults)
	return s
}

// Paced reports whether the duration is the catalogue's own, so that whoever runs the scenario may
// give it more time where its other settings need more.
func (s *Scenario) Paced() bool { return s.paced }

// Healed is when the last fault is over.
func (s *Scenario) Healed() Span { return Healed(s.Faults) }
