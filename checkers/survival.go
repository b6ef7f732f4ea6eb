package checkers

import (
	"slices"
	"time"

	"butterfly/node"
)

// Survival checks registrations-survive: what was registered after all removals, whether or not these
// had been heard of where it was, is to be checked. When a run ends at rest, every server on the side of
// the one that was told so knows the origin. That one has to have been up since, or else nobody may know
// of it.
//
// Unlike the promises that follow the last word about an origin (registry) it does not give way where
// two words had not heard of each other: the registration is the one to survive. It does where the
// removal came later, for that may have heard of the registration.
//
// It keeps 4 bytes per origin, and asks once for each host and origin.
type Survival struct {
	known func(host node.ID, origin uint32) bool
	rest  rest
	told  []node.ID // by origin: who was told to have it checked, if that was the last word
}

// NewSurvival returns a checker for origins 0 to origins-1. Rest begins bound after the last fault or
// word of an operator. known asks a host that is up whether it has heard that an origin is to be
// checked.
func NewSurvival(
	bound time.Duration, origins int, known func(host node.ID, origin uint32) bool,
) *Survival {
	told := slices.Repeat([]node.ID{node.Nobody}, origins)
	return &Survival{known: known, rest: rest{bound: bound}, told: told}
}

// Watches implements [Checker].
func (s *Survival) Watches() Kind { return ordering | Healed | Ended }

// Observe implements [Checker].
func (s *Survival) Observe(o *Observation, view View, report *Report) {
	s.rest.observe(o)
	switch o.Kind {
	case OriginRegistered:
		s.told[o.Origin] = node.Nobody
		if o.Up {
			s.told[o.Origin] = o.Host
		}
	case HostDown:
		s.forget(o.Host)
	case Ended:
		if s.rest.demanded(o.At) {
			s.judge(o, view, report)
		}
	}
}

// forget gives up what only a host that is down may have known.
func (s *Survival) forget(host node.ID) {
	for origin := range s.told {
		if s.told[origin] == host {
			s.told[origin] = node.Nobody
		}
	}
}

func (s *Survival) judge(o *Observation, view View, report *Report) {
	for origin, told := range s.told {
		for host := node.ID(0); told != node.Nobody && int(host) < view.Hosts(); host++ {
			if view.Side(host) == view.Side(told) && !s.known(host, uint32(origin)) {
				report.Violate(PropertyRegistrationsSurvive, o.At,
					"host %d does not know at %v that origin %d is to be checked, as host %d was "+
						"told after all removals", host, o.At, origin, told)
			}
		}
	}
}
