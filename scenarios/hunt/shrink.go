package hunt

import (
	"context"
	"errors"

	"butterfly/scenarios"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// Shrunk is a failure made small.
type Shrunk struct {
	*shrink.Result
	// Run is the run of the least plan.
	Run *world.Result
	// Stopped is why there may be a lesser plan: the error of the context, [ErrRunsUsed], or the
	// *[Panic] of a plan on the way; nil if the search came to its end.
	Stopped error
}

// ErrRunsUsed: a shrinking took as many runs as it was allowed.
var ErrRunsUsed = errors.New("the runs are used up")

// Property is what the bundle's run broke first, and what shrinking keeps broken; empty if it broke
// nothing.
func (b *Bundle) Property() string {
	if len(b.Violations) == 0 {
		return ""
	}
	return b.Violations[0].Property
}

// Shrink looks for the least plan that breaks, with the bundle's seed, the property that the bundle's
// run broke first. It takes no more runs than allowed; 0 is no limit. watch, if there is one, is told
// after every run how many there were, and the best plan so far.
//
// It fails with [shrink.ErrHeld] if this build does not break the property, and with the error of the
// run if there was none that did. A search that is stopped later is none that failed: what was found
// by then is returned.
func (b *Bundle) Shrink(
	ctx context.Context, runs int, watch func(runs int, best *scenarios.Scenario),
) (*Shrunk, error) {
	j := &judge{ctx: ctx, bundle: b, most: runs}
	found, err := shrink.Shrink(b.Scenario, j.judge, watch)
	if j.latest == nil || errors.Is(err, shrink.ErrHeld) {
		return nil, err
	}
	return &Shrunk{found, j.latest, err}, nil
}

// judge runs plans with the seed of a bundle.
type judge struct {
	ctx    context.Context
	bundle *Bundle
	runs   int
	most   int
	// latest is the latest run that broke the property. Every plan that breaks it is taken, so that
	// it is the run of the least plan.
	latest *world.Result
}

func (j *judge) judge(plan scenarios.Scenario) (shrink.Outcome, error) {
	if j.runs++; j.most > 0 && j.runs > j.most {
		return shrink.Outcome{}, ErrRunsUsed
	}
	o := Attempt(j.ctx, uint64(j.bundle.Seed),
		func(ctx context.Context, seed uint64) (*world.Result, error) {
			return Play(ctx, plan, seed, stage.Options{}, nil)
		})
	if o.Err != nil {
		return shrink.Outcome{}, o.Err
	}
	outcome := Judged(o.Value, j.bundle.Verdict, j.bundle.Property())
	if outcome.Broken {
		j.latest = o.Value
	}
	return outcome, nil
}

// Judged is what a run says of a property that a run of the given verdict broke. A failure stays one.
// What was broken where nothing was promised may be broken by a plan for which something is: that plan
// is worth more.
func Judged(r *world.Result, verdict world.Verdict, property string) shrink.Outcome {
	for _, v := range r.Violations {
		if v.Property == property && (r.Verdict == world.Fail || verdict == world.Unknown) {
			return shrink.Outcome{Broken: true, At: scenarios.Span(v.At.Since())}
		}
	}
	return shrink.Outcome{Passed: r.Verdict == world.Pass}
}
