package group

import (
	"time"

	"butterfly/node/swim"
	"butterfly/scenarios"
)

// Bounds are the times within which things must have happened, all computed from the configuration
// and the size of the group.
type Bounds struct {
	// Detection: from a crash until everybody knows.
	Detection time.Duration
	// Agreement: from the last fault until all hold each other alive who are.
	Agreement time.Duration
	// Heal: from the end of a partition until the group is whole.
	Heal time.Duration
	// Spread: until news has reached everybody.
	Spread time.Duration
	// Retention: from the last word of who is gone until it is forgotten, by a member that may stand
	// still meanwhile.
	Retention time.Duration
}

// NewBounds computes the bounds for a scenario that has been expanded.
func NewBounds(s *scenarios.Scenario, config *swim.Config) Bounds {
	b := Bounds{
		Detection: config.DetectionBound(s.Servers),
		Spread:    spread(config, s.Servers),
		Heal:      heal(config, s.Servers),
		Retention: config.DeadRetention,
	}
	for _, kind := range []scenarios.FaultKind{scenarios.Block, scenarios.Pause} {
		b.Retention += longest(s, kind)
	}
	if dead, _ := struck(s, forGood); len(dead) > 1 {
		b.Detection = max(b.Detection, alone(config, s.Servers, len(dead)))
	}
	b.Agreement = b.Detection
	if _, returning := struck(s, returns); returning || suffers(s, obstructs) {
		b.Agreement += b.Heal
	}
	return b
}

// Settle is how long a run of the scenario has to go on after its last fault for everything to be
// judged.
func (b *Bounds) Settle(s *scenarios.Scenario) time.Duration {
	if s.Group.UpdateAt == 0 {
		return b.Agreement
	}
	return max(b.Agreement, (s.Group.UpdateAt-s.Healed()).Duration()+b.Spread)
}

// alone is how long a member takes to notice a crash on its own word: when many of n crash at once,
// those who would confirm it or pass it on may be among the dead. It may come to a target as late
// as in the last of 2n-1 periods, and then has to judge it. Each period takes as long as the local
// health allows if its target is dead and the helpers are, too; every target's turn comes twice.
func alone(config *swim.Config, n, dead int) time.Duration {
	longest := max(1, config.LocalHealthMax)
	periods := 2*n - 1 + longest + 2*dead*(longest-1)
	return time.Duration(periods)*config.ProbeInterval + config.VerdictBound(n)
}

// heal: of the exchanges that try the lost, the first may fail or meet a member that is away, and
// the next take as long as one may; then everybody has to refute what was said of it on the other
// side.
func heal(config *swim.Config, n int) time.Duration {
	exchanges := time.Duration(2*config.HealEvery + 1)
	return exchanges*config.SyncPause(n) + config.SyncTimeout + config.SpreadBound(n)
}

// spread: by gossip, and for those it misses by an exchange, the first of which may fail.
func spread(config *swim.Config, n int) time.Duration {
	return config.SpreadBound(n) + 2*config.SyncPause(n) + config.SyncTimeout
}
