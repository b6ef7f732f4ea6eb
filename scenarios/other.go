package scenarios

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Other is how some servers of a cluster are configured that are not like the rest: there is more
// than one administrator, or an upgrade is under way. What it does not name is as everywhere.
type Other struct {
	// SharePPM is the share of the servers that are so from the start, those of the highest numbers,
	// rounded down; 0 leaves it to faults to upgrade them.
	SharePPM rng.PPM `json:"share_ppm,omitempty"`
	// What is other about the failure detector.
	Tuning
	// PullPeriod is the time between two pulls of the map.
	PullPeriod *Span `json:"pull_period,omitempty"`
	// Incompatible makes them speak another version of the wire format: they and the rest refuse each
	// other's messages, and each version is a cluster of its own for as long as there are two. Those who
	// are so from the start have seeds of their own.
	Incompatible bool `json:"incompatible,omitempty"`
}

// First is the first of the servers that are configured so from the start, servers if none is.
func (o *Other) First(servers int) node.ID {
	if o == nil {
		return node.ID(servers)
	}
	return node.ID(servers - int(uint64(servers)*uint64(o.SharePPM)/uint64(rng.Always)))
}

// Has reports whether a server is configured so from the start.
func (o *Other) Has(host node.ID, servers int) bool { return host >= o.First(servers) }

// Apart reports whether the others are a cluster of their own.
func (o *Other) Apart() bool { return o != nil && o.Incompatible }

func (o *Other) validate() error {
	switch {
	case o == nil:
		return nil
	case o.SharePPM > rng.Always:
		return fmt.Errorf("share_ppm: %d, expected 0 to %d", o.SharePPM, rng.Always)
	case o.PullPeriod == nil:
		return nil
	}
	if p := o.PullPeriod.Duration(); p < time.Millisecond || p > time.Hour {
		return fmt.Errorf("pull_period: %v, expected %v to %v", p, time.Millisecond, time.Hour)
	}
	return nil
}

// validateOther checks that there is another configuration where faults speak of one.
func (s *Scenario) validateOther() error {
	if err := s.Other.validate(); err != nil {
		return fmt.Errorf("other.%w", err)
	}
	if s.Other != nil {
		return nil
	}
	if s.Storm != nil && s.Storm.Upgrades > 0 {
		return fmt.Errorf("storm.upgrades: %d, expected none without other", s.Storm.Upgrades)
	}
	for i := range s.Faults {
		if s.Faults[i].Kind == Upgrade {
			return fmt.Errorf("faults[%d].kind: upgrade expects other to say to what", i)
		}
	}
	return nil
}
