package search

import (
	"fmt"
	"time"

	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// pct gives each run a schedule, on top of what the scenario draws.
type pct struct {
	unlearned
	base scenarios.Scenario
}

// deepest is the greatest depth tried: the paper is about bugs of small depth, and each more makes a
// shallow bug less likely to be hit.
const deepest = 4

// holds are for how long messages are held back: about as long as one of them takes, a few of them, and
// nearly as long as goes by without doubt of anybody. A ping and its answer together have 200 ms at least
// in all presets of SWIM.
var holds = [...]scenarios.Span{
	scenarios.Span(5 * time.Millisecond), scenarios.Span(20 * time.Millisecond),
	scenarios.Span(80 * time.Millisecond),
}

func newPCT(base scenarios.Scenario) (Strategy, error) {
	if base.Servers < 2 {
		return nil, fmt.Errorf("%s has a single server, whose messages come in their order", base.Name)
	}
	return pct{base: base}, nil
}

func (p pct) Plan(seed uint64) scenarios.Scenario {
	luck := rng.Stream(seed, "pct", 0)
	s := p.base.Expand(seed)
	s.Schedule = &scenarios.Schedule{
		Depth: 1 + luck.Intn(deepest), Hold: holds[luck.Intn(len(holds))],
	}
	return s
}
