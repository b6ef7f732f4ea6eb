package search

import (
	"fmt"
	"slices"

	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Name names a strategy.
type Name string

const (
	// Random leaves all to the scenario: its storm or trial, as [scenarios.Scenario.Expand] draws them.
	Random Name = "random"
	// Swarm leaves out a random subset of what the scenario asks for.
	Swarm Name = "swarm"
	// Weighted leaves things out, too, and learns which are worth having together.
	Weighted Name = "weighted"
	// PCT gives the run a [scenarios.Schedule].
	PCT Name = "pct"
	// Exhaustive goes through all plans of one to three faults on three servers.
	Exhaustive Name = "exhaustive"
	// Rapid draws plans with the generators of pgregory.net/rapid.
	Rapid Name = "rapid"
)

// Names returns all strategies, the default first.
func Names() []Name { return []Name{Random, Swarm, Weighted, PCT, Exhaustive, Rapid} }

// Strategy decides what a seed's run is like. All that it decides stands in the scenario that it
// returns, as plain data: bundles, replays and shrinking need not know of it.
type Strategy interface {
	// Plan returns the run of a seed, expanded: the same for the same seed, base and knowledge. It may be
	// called from several goroutines at once.
	Plan(seed uint64) scenarios.Scenario
	// Learn takes in what came of a plan. It is called for each seed once, in the order of the seeds.
	// Plan and result are nil if the run panicked.
	Learn(seed uint64, plan *scenarios.Scenario, result *world.Result)
	// Generation is how many seeds are planned on the same knowledge: when so many have been learned,
	// all at once is known, and plans are other ones from then on. No seed is to be planned before the
	// generation before its own is learned, and none after its own is. 0: nothing is ever learned, and
	// all seeds may be planned at any time.
	Generation() int
	// Count is how many plans there are in all, if that is bounded; any so many seeds in a row then have
	// each of them once.
	Count() (plans uint64, bounded bool)
	// Scope is what plans are confined to, nil if to nothing but what the scenario asks for. The caller
	// must not modify it.
	Scope() *Scope
}

// New returns the strategy of a name for a scenario that is valid. It refuses scenarios that leave it
// nothing to vary. The empty name is [Random].
func New(name Name, base scenarios.Scenario) (Strategy, error) {
	if name == "" || name == Random {
		return random{base: base}, nil
	}
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("%q, expected one of %v", name, Names())
	}
	if base.Datacenters > 0 {
		return nil, fmt.Errorf("%s: the clusters of %s draw their own luck, which only %s leaves to them",
			name, base.Name, Random)
	}
	strategy, err := choose(name, base)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return strategy, nil
}

func choose(name Name, base scenarios.Scenario) (Strategy, error) {
	switch name {
	case Swarm:
		return newSwarm(base)
	case Weighted:
		return newWeighted(base)
	case PCT:
		return newPCT(base)
	case Exhaustive:
		return newExhaustive(base)
	}
	return newRapid(base)
}

// nothingToVary says why a strategy that leaves things out refuses a scenario.
func nothingToVary(base *scenarios.Scenario) error {
	return fmt.Errorf("there is nothing to vary in %s, which has neither a storm, a trial nor rates", base.Name)
}

// nothingToPlan says why a strategy that puts plans together from single faults refuses a scenario. Those
// of rates are too many for that.
func nothingToPlan(base *scenarios.Scenario) error {
	err := fmt.Errorf("there is nothing to vary in %s, which has neither a storm nor a trial", base.Name)
	if len(base.Rates) > 0 {
		err = fmt.Errorf("%w, and rates are for %s, %s and %s", err, Random, Swarm, Weighted)
	}
	return err
}

// random is the strategy of that name.
type random struct {
	unlearned
	base scenarios.Scenario
}

func (s random) Plan(seed uint64) scenarios.Scenario { return s.base.Expand(seed) }

// unlearned is what strategies have in common that learn nothing and know no end.
type unlearned struct{}

func (unlearned) Learn(uint64, *scenarios.Scenario, *world.Result) {}

func (unlearned) Generation() int { return 0 }

func (unlearned) Count() (plans uint64, bounded bool) { return 0, false }

func (unlearned) Scope() *Scope { return nil }
