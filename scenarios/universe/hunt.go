package universe

import (
	"context"
	"errors"
	"runtime"

	"butterfly/scenarios/hunt"
)

// errFound ends a sweep that has found what it looked for.
var errFound = errors.New("found")

// Hunt plays the seeds from 1 to the given number and returns the failure of the lowest seed that
// breaks a property, shrunk; nil if all of them hold. It is for protocols that are known to fail,
// and for tests that demand it: [Test] is for those that should not. The error is that of a bad
// spec, or says that two runs of a seed differ.
func Hunt[M any](spec Spec[M], seeds uint64) (*Failure, error) {
	p, err := newPlayer(spec, "hunt")
	if err != nil {
		return nil, err
	}
	plan := hunt.Plan{First: 1, Last: hunt.Seed(seeds)}
	if err := plan.Validate(); err != nil {
		return nil, err
	}
	var failed run
	err = hunt.Sweep(context.Background(), plan, runtime.GOMAXPROCS(0), p.once,
		func(o hunt.Outcome[run]) error {
			if o.Err != nil || o.Value.broken() == "" {
				return o.Err
			}
			failed = o.Value
			return errFound
		})
	if !errors.Is(err, errFound) {
		return nil, err
	}
	return p.shrink(failed)
}

// once plays a seed one time.
func (p *player) once(_ context.Context, seed uint64) (run, error) {
	plan := p.plan(seed)
	return p.play(&plan, seed), nil
}
