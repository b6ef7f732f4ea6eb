package main

import (
	"slices"
	"time"

	"butterfly/scenarios"
	"butterfly/scenarios/planet"
	"butterfly/scenarios/stage"
)

// needs says how long the run would have to be, if it is over too soon after its last fault: what is
// written after that puts the rest off, which a minute more allows for.
func (s *sheet) needs(c choice, seed uint64) {
	if need := enough(c.scenario, seed); need > 0 {
		s.line("needs", "-set duration=%dm or more", need/time.Minute+1)
	}
}

// patient is the scenario with the time it needs to be judged, if nobody has chosen its duration: a
// group of thousands settles later than one of 64. Its faults may come a minute later with another
// seed.
func patient(s scenarios.Scenario) scenarios.Scenario {
	if !s.Paced() {
		return s
	}
	largest := s
	if s.Vary != nil && s.Vary.Servers != nil {
		largest.Servers = s.Vary.Servers.Most
	}
	largest.Vary = nil
	if need := enough(largest, 1); need > 0 {
		return lasting(s, need+time.Minute)
	}
	return s
}

// enough is a duration, in whole minutes, in which a scenario settles after its last fault; 0 if its
// own will do, or none that is allowed. A longer run can have longer pauses, and so need longer to
// settle: hence the rounds.
func enough(s scenarios.Scenario, seed uint64) time.Duration {
	tried := s
	for found := time.Duration(0); ; {
		need := missing(tried, seed)
		if need == 0 {
			return found
		}
		tried = lasting(s, need)
		if need > scenarios.MaxDuration || tried.Validate() != nil {
			return 0
		}
		found = need
	}
}

// missing is 0 if a scenario has the time to settle, and else a longer duration to try.
func missing(s scenarios.Scenario, seed uint64) (longest time.Duration) {
	if s.Datacenters == 0 {
		return missingOf(s.Expand(seed))
	}
	for _, p := range planet.Parts(s, seed) {
		longest = max(longest, missingOf(p.Scenario))
	}
	return longest
}

// missingOf is that of a scenario that has been expanded.
func missingOf(s scenarios.Scenario) time.Duration {
	return stretched(s.Duration.Duration(), s.Healed().Duration(), stage.Settle(&s))
}

// stretched is a duration, in whole minutes, that leaves time to settle after the last fault, which
// is over at healed; 0 if the duration does so already. In a longer run faults end later, in
// proportion.
func stretched(duration, healed, settle time.Duration) time.Duration {
	rest := duration - healed
	if rest >= settle {
		return 0
	}
	need := healed + settle
	if rest > 0 { // a quotient of floats, for the product may not fit
		need = max(need, time.Duration(float64(duration)/float64(rest)*float64(settle)))
	}
	return (need + time.Minute - 1).Truncate(time.Minute)
}

// lasting is the scenario with another duration. It shares nothing with s that this changes.
func lasting(s scenarios.Scenario, duration time.Duration) scenarios.Scenario {
	s.Faults = slices.Clone(s.Faults)
	if s.Storm != nil {
		storm := *s.Storm
		s.Storm = &storm
	}
	if s.Set("duration="+duration.String()) != nil {
		s.Duration = scenarios.Span(duration) // out of range, which Validate finds
	}
	return s
}
