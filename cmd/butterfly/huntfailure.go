package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/world"
)

// failure is a seed of a hunt that broke something, promised or not.
type failure struct {
	*hunter
	run  seedRun
	into *finds
	// packed is its bundle, nil before somebody needs it; kept is the file of that, if there is one.
	// tried: it has been written, or cannot be.
	packed *hunt.Bundle
	kept   string
	tried  bool
}

// takeFailure puts a failed run to those that look alike. The first of its kind, and the first that
// broke a property, leave a bundle, which it returns. What is not shrunk is of no kind of its own where
// others of its property were. What was broken where nothing was promised is kept apart.
func (h *hunter) takeFailure(ctx context.Context, run seedRun, fresh []string) string {
	f := &failure{hunter: h, run: run, into: &h.finds}
	if run.result.Verdict != world.Fail {
		f.into = &h.excused
	}
	if len(fresh) > 0 { // safe before it is shrunk, which may take long
		f.keep()
	}
	for _, property := range fresh {
		f.into.bundles[property] = f.kept
	}
	small := f.shrink(ctx)
	group, first := f.into.groups.Add(f.property(), shapeOf(small), hunt.Seed(run.result.Seed))
	if first && (small != nil || len(f.into.groups.Of(f.property())) == 1) {
		f.fill(group, small)
	}
	return f.kept
}

// property is what was broken first.
func (f *failure) property() string { return f.run.result.Violations[0].Property }

func (f *failure) bundle() *hunt.Bundle {
	if f.packed == nil {
		f.packed = f.newBundle(f.run.scenario, f.run.result)
	}
	return f.packed
}

// keep writes the bundle, once.
func (f *failure) keep() {
	if !f.tried {
		f.tried = true
		f.shown.end()
		f.kept = f.keepAs(filepath.Join(f.folder, f.fileName(f.bundle().FileName())), f.bundle())
	}
}

// shrink looks for the least plan that fails, if it may turn out to be of a new shape. It returns nil
// if there is none.
func (f *failure) shrink(ctx context.Context) *hunt.Shrunk {
	if f.shrinkRuns == 0 || !f.into.groups.WorthShrinking(f.property()) {
		return nil
	}
	b := f.bundle()
	small, err := b.Shrink(ctx, f.shrinkRuns, func(runs int, best *scenarios.Scenario) {
		f.shown.step(int64(f.tally.Seeds), func() string {
			return fmt.Sprintf("shrinking seed %v of %s", b.Seed, shrinkNote(b, runs, best))
		})
	})
	switch {
	case err == nil:
		return small
	case errors.Is(err, shrink.ErrHeld):
		f.diverge(divergedSeed{
			b.Seed, "the end", b.Property() + " was broken", b.Property() + " held",
		})
	case ctx.Err() == nil:
		f.warn("seed %v is not shrunk: %v", b.Seed, err)
	}
	return nil
}

// shapeOf is the shape of a plan, if there is one.
func shapeOf(small *hunt.Shrunk) hunt.Shape {
	if small == nil {
		return ""
	}
	return hunt.ShapeOf(&small.Plan)
}

// fill says of a group what its first failure is, and puts that into the corpus, if it is one.
func (f *failure) fill(group *hunt.Group, small *hunt.Shrunk) {
	f.keep()
	least := f.bundle()
	group.Bundle = f.kept
	if small != nil {
		least = hunt.NewBundle(small.Plan, small.Run, f.build())
		path := filepath.Join(f.folder, f.fileName(least.FileName()))
		group.ShrunkBundle = f.keepAs(besideBundle(path), least)
	}
	group.Faults = len(least.Scenario.Faults)
	group.Promised = least.Verdict == world.Fail && f.into == &f.excused
	if least.Verdict == world.Fail {
		f.corpus.add(f.app, least)
	}
}
