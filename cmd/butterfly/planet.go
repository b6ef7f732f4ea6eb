package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/planet"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// playPlanet plays the data centres of a planet on all cores. There are never more worlds at a time
// than that, and the result is that of one after the other.
func (a *app) playPlanet(ctx context.Context, o order) (observed, error) {
	parts := planet.Parts(o.scenario, uint64(o.seed))
	shown, outcomes := a.follow(int64(len(parts))), []planet.Outcome(nil)
	defer shown.end()
	var divergence *world.Divergence
	take := func(part hunt.Outcome[datacentre]) error {
		if part.Err != nil {
			return part.Err
		}
		outcomes = append(outcomes, part.Value.Outcome)
		if divergence = part.Value.divergence; divergence != nil {
			return errDiverged
		}
		if !o.quiet {
			shown.step(int64(len(outcomes)), func() string {
				return fmt.Sprintf("%s: %d of %d data centres", o.scenario.Name, len(outcomes), len(parts))
			})
		}
		return nil
	}
	all := hunt.Plan{Last: hunt.Seed(len(parts) - 1)}
	err := hunt.Sweep(ctx, all, runtime.GOMAXPROCS(0),
		func(ctx context.Context, number uint64) (datacentre, error) {
			return playPart(ctx, parts[number], o.verify)
		}, take)
	if errors.Is(err, errDiverged) {
		err = nil
	}
	result := planet.Merge(o.scenario.Name, uint64(o.seed), parts, outcomes)
	return observed{result, divergence}, err
}

// errDiverged ends a planet whose runs differ.
var errDiverged = errors.New("two runs of a data centre differ")

// datacentre is what became of one data centre.
type datacentre struct {
	planet.Outcome
	divergence *world.Divergence
}

// playPart plays a data centre: once, or twice in lockstep.
func playPart(ctx context.Context, p planet.Part, twice bool) (d datacentre, err error) {
	d.View = planet.NewView(p.Scenario.Origins)
	options := stage.Options{Extra: []checkers.Checker{d.View}, Gaps: newGaps(&p.Scenario)}
	if !twice {
		d.Result, err = hunt.Play(ctx, p.Scenario, p.Seed, options, nil)
		return d, err
	}
	both, err := verify(ctx, p.Scenario, p.Seed, options)
	d.Result, d.divergence = both.result, both.divergence
	return d, err
}

// blamed returns the data centre that first broke a promise of a planet, and its result: a failure is
// looked into where it happened, and fifty times faster.
func blamed(s scenarios.Scenario, whole *world.Result) (scenarios.Scenario, *world.Result) {
	p, found := planet.Blamed(planet.Parts(s, whole.Seed), whole)
	if !found {
		return s, whole
	}
	return p.Scenario, stage.Build(p.Scenario, p.Seed, stage.Options{}).Run()
}

// perspectives says in how far data centres differed in what they took for dead.
func (s *sheet) perspectives(p *played) {
	for _, situation := range p.result.Sometimes {
		if situation.Name == planet.SituationApart {
			s.row("perspectives", "%s taken for dead in some data centres only, at some time",
				counted(situation.Count, "origin"))
		}
	}
}
