package replicas

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// noticed is after how long out of reach a server is no longer counted by the others.
const noticed = 30 * time.Second

// newConfig is what the replicas of a scenario that has been expanded are configured with. They
// write until as much of the run is left as they need to settle.
func newConfig(s *scenarios.Scenario, b *Bounds) Config {
	r := s.Replicas
	return Config{
		Gossip: newGossipConfig(r),
		Workload: Workload{
			Keys: r.Keys, Filled: true, Interval: interval(r.Writes), Removals: r.RemovalsPPM,
			Until: clock.At(max(0, s.Duration.Duration()-b.Settle())),
		},
		Absences: absences(s.Faults),
	}
}

// interval is the time between two of so many writes a second; 0 for none.
func interval(perSecond int) time.Duration {
	if perSecond == 0 {
		return 0
	}
	return time.Second / time.Duration(perSecond)
}

func newGossipConfig(r *scenarios.Replicas) gossip.Config {
	return gossip.Config{
		Mode:   mode(r.Mode),
		Timer:  timer(r.Timer),
		FanOut: r.Fanout, Period: r.Period.Duration(), Jitter: r.Jitter.Duration(),
		Timeout:    timeout(r),
		MaxEntries: r.Limit, Collect: r.Collect,
	}
}

func mode(m scenarios.Mode) gossip.Mode {
	switch m {
	case scenarios.Push:
		return gossip.PushMode
	case scenarios.PushPull:
		return gossip.PushPullMode
	}
	return gossip.PullMode
}

func timer(t scenarios.Timer) gossip.Timer {
	switch t {
	case scenarios.Aligned:
		return gossip.Aligned
	case scenarios.Poisson:
		return gossip.Poisson
	}
	return gossip.Phased
}

// timeout is how long a contact may take: so long that one that has failed is over before the next
// round begins.
func timeout(r *scenarios.Replicas) time.Duration { return r.Period.Duration() / 2 }

// absences are those that the faults bring about: of servers that are cut off, down or gone for
// long enough to be noticed.
func absences(faults []scenarios.Fault) (all []Absence) {
	for i := range faults {
		f := &faults[i]
		if !parts(f) || f.For > 0 && f.For.Duration() <= noticed {
			continue
		}
		a := Absence{
			Hosts: slices.Sorted(slices.Values(cutOff(f))),
			From:  clock.At(f.At.Duration() + noticed), To: clock.Never,
		}
		if f.For > 0 {
			a.To = clock.At(f.End().Duration())
		}
		all = append(all, a)
	}
	return all
}

// parts reports whether a fault keeps servers out of the reach of all others.
func parts(f *scenarios.Fault) bool {
	switch f.Kind {
	case scenarios.Crash, scenarios.Leave:
		return true
	case scenarios.Clog:
		return (len(f.Hosts) == 0) != (len(f.Others) == 0)
	}
	return f.Splits()
}

// cutOff are the servers that a fault keeps out of reach.
func cutOff(f *scenarios.Fault) []node.ID {
	if len(f.Hosts) == 0 {
		return f.Others
	}
	return f.Hosts
}
