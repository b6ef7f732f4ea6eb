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
	p := &tour{parts: planet.Parts(o.scenario, uint64(o.seed)), verify: o.verify}
	p.shown = a.follow(int64(len(p.parts)))
	defer p.shown.end()
	all := hunt.Plan{Last: hunt.Seed(len(p.parts) - 1)}
	err := hunt.Sweep(ctx, all, runtime.GOMAXPROCS(0), p.play, func(d hunt.Outcome[datacentre]) error {
		if err := p.take(d); err != nil || o.quiet {
			return err
		}
		p.tell(o.scenario.Name)
		return nil
	})
	if errors.Is(err, errDiverged) {
		err = nil
	}
	result := planet.Merge(o.scenario.Name, uint64(o.seed), p.parts, p.outcomes)
	return observed{result, p.divergence, o.verify}, err
}

// tour is a planet that is being played.
type tour struct {
	parts  []planet.Part
	verify bool
	shown  *progress

	outcomes   []planet.Outcome
	divergence *world.Divergence
}

// datacentre is what became of one data centre.
type datacentre struct {
	planet.Outcome
	divergence *world.Divergence
}

// errDiverged ends a planet whose runs differ.
var errDiverged = errors.New("two runs of a data centre differ")

// take is given the data centres in their order.
func (t *tour) take(d hunt.Outcome[datacentre]) error {
	if d.Err != nil {
		return d.Err
	}
	t.outcomes = append(t.outcomes, d.Value.Outcome)
	if t.divergence = d.Value.divergence; t.divergence != nil {
		return errDiverged
	}
	return nil
}

func (t *tour) tell(name string) {
	t.shown.step(int64(len(t.outcomes)), func() string {
		return fmt.Sprintf("%s: %d of %s", name, len(t.outcomes), counted(len(t.parts), "data centre"))
	})
}

// play plays the data centre of a number: once, or twice in lockstep. It is called for several at once.
func (t *tour) play(ctx context.Context, number uint64) (d datacentre, err error) {
	p := t.parts[number]
	d.View = planet.NewView(p.Scenario.Origins)
	options := stage.Options{Extra: []checkers.Checker{d.View}}
	if !t.verify {
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
