package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// order is a run to be carried out.
type order struct {
	scenario scenarios.Scenario
	seed     hunt.Seed
	trace    string // file, or empty
	verify   bool   // twice, in lockstep
	quiet    bool   // without telling the progress
	again    string // the command line that does it again
	// timeline, if any, records a run that is not verified.
	timeline *checkers.Timeline
}

// played is a run that is over, one way or another.
type played struct {
	scenario scenarios.Scenario // expanded
	observed
	wall time.Duration
	// interrupted: the run was stopped before its end.
	interrupted bool
}

// observed is what came out of a run.
type observed struct {
	result *world.Result
	// divergence is where two runs of the seed parted, nil if they did not or were not compared.
	divergence *world.Divergence
	// compared: the seed was run twice.
	compared bool
}

// play runs one seed. It fails if the trace cannot be written or the harness panics; being
// interrupted is no failure.
func (a *app) play(ctx context.Context, o order) (*played, error) {
	if o.trace != "" && o.scenario.Datacenters > 0 {
		return nil, fmt.Errorf("-trace %s: a trace is of one data centre, and %s has %d",
			o.trace, o.scenario.Name, o.scenario.Datacenters)
	}
	tape, err := a.record(o.trace, o.scenario.Name, o.seed)
	if err != nil {
		return nil, err
	}
	o.scenario = decided(o.scenario, uint64(o.seed))
	options := stage.Options{Trace: tape.trace(), Timeline: o.timeline}
	start := time.Now()
	outcome := hunt.Attempt(ctx, uint64(o.seed), a.method(o, options))
	p := &played{scenario: o.scenario, observed: outcome.Value, wall: time.Since(start)}
	p.interrupted = outcome.Err != nil && outcome.Err == ctx.Err()
	if outcome.Err != nil && !p.interrupted {
		tape.drop()
		return nil, harnessFault(o.seed, outcome.Err, o.again)
	}
	if p.result == nil { // stopped where nothing can be said yet
		tape.drop()
		p.result = &world.Result{
			Scenario: o.scenario.Name, Seed: uint64(o.seed), Verdict: world.Unknown,
		}
		return p, nil
	}
	return p, tape.finish()
}

// decided is the scenario with everything decided by the seed. Of a planet that is done for each data
// centre on its own.
func decided(s scenarios.Scenario, seed uint64) scenarios.Scenario {
	if s.Datacenters > 0 {
		return s
	}
	return s.Expand(seed)
}

// method is how the run is carried out: once and watched, or twice and compared; a planet as many data
// centres at a time as there are cores.
func (a *app) method(o order, options stage.Options) hunt.Run[observed] {
	if o.scenario.Datacenters > 0 {
		return func(ctx context.Context, _ uint64) (observed, error) { return a.playPlanet(ctx, o) }
	}
	if o.verify {
		return func(ctx context.Context, seed uint64) (observed, error) {
			return verify(ctx, o.scenario, seed, options)
		}
	}
	return func(ctx context.Context, seed uint64) (observed, error) {
		watch, end := a.watch(o)
		defer end()
		result, err := hunt.Play(ctx, o.scenario, seed, options, watch)
		return observed{result: result}, err
	}
}

// watch tells the progress of a run in virtual seconds.
func (a *app) watch(o order) (watch func(now clock.Time), end func()) {
	if o.quiet {
		return nil, func() {}
	}
	shown := a.follow(int64(o.scenario.Duration.Duration() / time.Second))
	watch = func(now clock.Time) {
		shown.step(int64(now.Since()/time.Second), func() string {
			return fmt.Sprintf("%s: %v of %v simulated",
				o.scenario.Name, now.Since(), o.scenario.Duration)
		})
	}
	return watch, shown.end
}

// verify runs a seed twice in lockstep. Lockstep cannot be stopped half-way: when ctx ends it is
// left behind, for the process is about to end too.
func verify(
	ctx context.Context, s scenarios.Scenario, seed uint64, options stage.Options,
) (observed, error) {
	done := make(chan hunt.Outcome[observed], 1)
	go func() {
		done <- hunt.Attempt(ctx, seed, func(context.Context, uint64) (observed, error) {
			result, divergence := stage.Verify(s, seed, options)
			return observed{result, divergence, true}, nil
		})
	}()
	select {
	case o := <-done:
		return o.Value, o.Err
	case <-ctx.Done():
		return observed{}, ctx.Err()
	}
}

// harnessFault says in one line that the harness failed, and how to see it again.
func harnessFault(seed hunt.Seed, err error, again string) error {
	text := fmt.Sprintf("harness fault: seed %v: %v (again: %s)", seed, err, again)
	var panicked *hunt.Panic
	if errors.As(err, &panicked) && debugging() {
		text += "\n" + panicked.Stack
	}
	return endWith(exitHarness, "%s", text)
}

// debugging reports whether stacks are asked for.
func debugging() bool { return os.Getenv("BUTTERFLY_DEBUG") != "" }
