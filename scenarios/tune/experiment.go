package tune

import (
	"time"

	"butterfly/scenarios"
)

const (
	// stalledPart is which part of the servers stalls at once, one at least: many enough for a round
	// to say something, and few enough for the others to ask one another.
	stalledPart = 8
	// stallsFrom is when a stall begins, within a second. All have probed and exchanged tables by
	// then, but for those of wan: that a member was never heard of takes nothing from its life.
	stallsFrom = scenarios.Span(15 * time.Second)
	// afterStall is for how long a stall is followed by: deaths that were declared while it lasted
	// are known to all by then, and refuted.
	afterStall = scenarios.Span(15 * time.Second)
)

// Crash returns the scenario of a round's first run: the given one with the candidate's parameters,
// and longer if it would be over before every candidate has to have noticed the crash.
func (c *Candidate) Crash() scenarios.Scenario {
	s := c.scenario
	s.Duration = c.duration
	return s
}

// due is when the candidate has to have noticed the crash, in whole seconds.
func (c *Candidate) due() scenarios.Span {
	t := c.scenario.Trial
	due := (t.To + t.Within).Duration() + c.config.DetectionBound(c.scenario.Servers)
	return scenarios.Span((due + time.Second - 1).Truncate(time.Second))
}

// Stall returns the scenario of a round's second run: the same group on the same network, an eighth
// of whose servers stall.
func (c *Candidate) Stall(round int) scenarios.Scenario {
	s := c.scenario
	s.Trial = &scenarios.Trial{
		Kind: scenarios.Slowness, From: stallsFrom, To: stallsFrom + scenarios.Span(time.Second),
		Slow: stalled(&s), Block: stallOf(round), Cycles: 1,
	}
	s.Duration = s.Trial.To + s.Trial.Block + afterStall
	return s
}

// stalled is how many servers stall at once.
func stalled(s *scenarios.Scenario) int { return max(1, s.Servers/stalledPart) }

// stallMillis are two to an octave, because what matters about patience is its order of magnitude.
var stallMillis = [...]int{
	1000, 1500, 2000, 3000, 4000, 6000, 8000, 12_000, 16_000, 24_000, 32_000, 48_000,
}

// stallOf is how long the stall of a round is. 5 and 12 have no common factor, so that twelve
// rounds have every length once; and steps of 5 spread a few rounds over the whole range.
func stallOf(round int) scenarios.Span {
	const first, step = 1, 5
	millis := stallMillis[(first+step*round)%len(stallMillis)]
	return scenarios.Span(millis) * scenarios.Span(time.Millisecond)
}

// Stalls returns how many servers stall in each of the first rounds, and the shortest and the
// longest of these stalls. There is at least one round.
func Stalls(s *scenarios.Scenario, rounds int) (servers int, least, most scenarios.Span) {
	least = stallOf(1)
	for round := 1; round <= min(rounds, len(stallMillis)); round++ {
		least, most = min(least, stallOf(round)), max(most, stallOf(round))
	}
	return stalled(s), least, most
}
