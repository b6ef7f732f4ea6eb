package cluster

import (
	"fmt"
	"slices"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/group"
	"butterfly/sim/rng"
)

// OtherConfig is what those servers of the scenario's cluster are configured with that are not like
// the rest, and whether there are any. It fails if the parameters do not go together.
func OtherConfig(s *scenarios.Scenario) (config agent.Config, any bool, err error) {
	config = Config(s)
	if s.Other == nil {
		return config, false, nil
	}
	group.Tune(&config.Swim, &s.Other.Tuning)
	if period := s.Other.PullPeriod; period != nil {
		config.Gossip.Period = period.Duration()
	}
	config.Swim.Seeds = seedsOf(s)
	if err := config.Validate(); err != nil {
		return config, true, fmt.Errorf("other: %w", err)
	}
	return config, true, nil
}

// administer gives each server the configuration that its administrator has chosen.
func (c *cluster) administer(d *design[wire.Message]) {
	config, any, err := OtherConfig(&c.scenario)
	if err != nil {
		panic("cluster: " + err.Error())
	}
	if !any {
		return
	}
	common := d.machine
	d.upgraded = func(id node.ID, rand rng.Rand) node.Machine[wire.Message] {
		return agent.New(config, id, rand)
	}
	d.machine = func(id node.ID, rand rng.Rand) node.Machine[wire.Message] {
		if c.scenario.Other.Has(id, c.scenario.Servers) {
			return d.upgraded(id, rand)
		}
		return common(id, rand)
	}
	if c.scenario.Other.Incompatible {
		d.dialect = nextVersion(&c.scenario)
	}
}

// seedsOf are the servers through which somebody joins: who speaks another version than the rest from the
// start has to find those who do, too.
func seedsOf(s *scenarios.Scenario) []node.ID {
	all := firstFrom(0, s.Servers)
	if s.Other.Apart() {
		all = append(all, firstFrom(s.Other.First(s.Servers), s.Servers)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// firstFrom are the first few servers from a number on.
func firstFrom(from node.ID, servers int) (first []node.ID) {
	for id := from; int(id) < servers && len(first) < mostSeeds; id++ {
		first = append(first, id)
	}
	return first
}

// mostSeeds is how many servers others join through.
const mostSeeds = 3

// widen makes bounds hold whichever of two configurations the servers concerned have. Of those that
// measure how a suspicion goes, the largest is the longest.
func (b *Bounds) widen(o *Bounds) {
	d, e := &b.Detection, &o.Detection
	d.FirstProbe, d.Verdict = max(d.FirstProbe, e.FirstProbe), max(d.Verdict, e.Verdict)
	d.Suspicion = max(d.Suspicion, e.Suspicion)
	d.Spread, d.Repair = max(d.Spread, e.Spread), max(d.Repair, e.Repair)
	b.Alone, b.Rumour, b.Heal = max(b.Alone, o.Alone), max(b.Rumour, o.Rumour), max(b.Heal, o.Heal)
	b.Spread, b.Join = max(b.Spread, o.Spread), max(b.Join, o.Join)
	b.Silence = max(b.Silence, o.Silence)
	b.Detour = max(b.Detour, o.Detour)
	b.period, b.lonely = max(b.period, o.period), max(b.lonely, o.lonely)
	b.accusers = max(b.accusers, o.accusers)
}
