package hunt

import (
	"context"
	"time"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// pace is how much virtual time passes between two looks at the context.
const pace = time.Second

// Play runs the scenario. After every virtual second it calls watch, if there
// is one, and stops if ctx has ended: then the result says what is known so far, and the error is
// ctx's.
func Play(
	ctx context.Context, s scenarios.Scenario, seed uint64, options stage.Options,
	watch func(now clock.Time),
) (*world.Result, error) {
	w := stage.Build(s, seed, options)
	for now := clock.At(0); now < w.Ends(); {
		if err := ctx.Err(); err != nil {
			return w.Result(), err
		}
		now = min(now.Add(pace), w.Ends())
		w.Advance(now)
		if watch != nil {
			watch(now)
		}
	}
	return w.Result(), nil
}
