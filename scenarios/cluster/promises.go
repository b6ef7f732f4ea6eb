package cluster

import (
	"time"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios"
)

// checkers returns the promises that the run is held to, each with its bound: those of any design, and
// those of our own servers.
func (c *cluster) checkers(gaps *checkers.CauseGaps) []checkers.Checker {
	all := append(c.coverage(gaps), c.truth()...)
	all = append(all, c.settled())
	if !c.ours() {
		return all
	}
	b, bound := &c.bounds, c.scenario.Bound
	all = append(all,
		checkers.NewStrongEventual(),
		checkers.NewMembership(bound(checkers.PropertyCompleteness, b.Completeness())).
			RestAfter(b.Completeness()),
		checkers.NewPatience(c.byFastest(c.config.Health.RankWait)),
		checkers.NewAdmission(c.byFastest(c.config.JoinGrace)),
		checkers.NewTransitions(),
		checkers.NewRetention(c.config.Swim.DeadRetention+b.Pause),
		checkers.NewConvergence(bound(checkers.PropertyConvergence, b.Convergence())),
		c.expected(),
	)
	if c.scenario.Merge != scenarios.Literal {
		all = append(all, c.survival(), c.standing())
	}
	return append(all, c.history()...)
}

// ours reports whether the servers are agents of ours.
func (c *cluster) ours() bool {
	design := c.scenario.Design.OrOurs()
	return design == scenarios.Ours || design == scenarios.HashRing
}

// coverage returns the promises about who checks what: never nobody, and not many. gaps, if any, is
// told of the gaps without a probe.
func (c *cluster) coverage(gaps *checkers.CauseGaps) []checkers.Checker {
	b, origins, bound := &c.bounds, c.origins(), c.scenario.Bound
	if gaps == nil {
		gaps = NewGaps(&c.scenario)
	}
	fastest := c.intervals()
	interval := func(origin uint32) time.Duration { return fastest[origin] }
	return []checkers.Checker{
		checkers.NewAtLeastOne(checkers.Coverage{
			Origins: origins.Count, Configured: origins.Configured, Seeds: origins.Seeds,
			Bound: bound(checkers.PropertyAtLeastOne, b.Gap.Total()),
			Terms: c.termsOf(checkers.PropertyAtLeastOne, b.gapTerms().String()), Grace: b.Join,
			Extra: b.Extra, Registration: b.Notice, Owner: c.owner, Causes: gaps,
		}),
		checkers.NewOwnership(bound(checkers.PropertyOwnership, b.Ownership()), origins, c.owner),
		checkers.NewDuplicates(bound(checkers.PropertyDuplicates, b.Ownership()), origins),
		checkers.NewBudget(origins.Count, interval),
		checkers.NewStampede(bound(checkers.PropertyNoStampede, b.Ownership()), origins.Count, interval),
		checkers.NewDisruption(bound(checkers.PropertyMinimalDisruption, b.Ownership()), origins, c.owner),
		checkers.NewUnchecked(origins, b.Notice, b.Join),
		statement{b, bound(checkers.PropertyAtLeastOne, b.Gap.Total())},
	}
}

// truth returns the promises about what servers believe of origins, and where they send requests.
func (c *cluster) truth() []checkers.Checker {
	b, origins, bound := &c.bounds, c.origins(), c.scenario.Bound
	routing := &c.config.Routing
	leaving := func(unhealthy, known int) time.Duration {
		return c.bySlowest(routing.LeavingBound(unhealthy, known).Total())
	}
	return []checkers.Checker{
		checkers.NewHealthTruth(bound(checkers.PropertyHealth, b.Truth()), origins, c.believed),
		checkers.NewHealthKnown(checkers.Knowing{
			Origins: origins, Settle: b.Checked(1),
			Bound: bound(checkers.PropertyHealthKnown, b.Known()),
			Terms: c.termsOf(checkers.PropertyHealthKnown, b.knownTerms()),
		}),
		checkers.NewFlips(checkers.Thresholds{
			Origins: origins.Count, Definition: c.definition, Needs: c.needs,
		}),
		checkers.NewGrounds(c.scenario.Origins),
		checkers.NewCondemnation(checkers.Innocence{
			Origins: origins.Count, Verdict: b.Verdict, After: c.longestProbe(),
		}),
		checkers.NewUsers(checkers.Traffic{
			Origins:  origins,
			Place:    c.place,
			Settle:   b.Checked,
			Bound:    bound(checkers.PropertyRoutesAround, b.Known()),
			Terms:    c.termsOf(checkers.PropertyRoutesAround, b.knownTerms()),
			Leaving:  leaving,
			PanicPPM: routing.PanicPPM,
			Recovery: c.bySlowest(routing.ReturningBound()),
		}),
		checkers.NewRotation(checkers.Balancing{
			Origins: origins, Place: c.place, PanicPPM: routing.PanicPPM,
			ChurnPPM: routing.ChurnPPM, ChurnWindow: routing.ChurnWindow,
			Leaving: leaving, Debounce: routing.Debounce, LongestDebounce: routing.LongestDebounce,
			Drift: checkers.DriftPPM(drift(c.scenario.Faults)),
		}),
	}
}

// termsOf says what a bound is made of, unless it has been set.
func (c *cluster) termsOf(property, derived string) string {
	if check, _ := c.scenario.Checkers.Of(property); check.Bound > 0 {
		return "set by hand"
	}
	return derived
}

// origins are those of the scenario.
func (c *cluster) origins() checkers.Origins {
	return checkers.Origins{
		Count: c.scenario.Origins, Configured: c.scenario.Configured(), Seeds: seedsOf(&c.scenario),
	}
}

// intervals returns the shortest time between two probes of each origin, by any of the definitions it
// has in this run and by the fastest clock.
func (c *cluster) intervals() []time.Duration {
	shortest := make([]time.Duration, c.scenario.Origins)
	take := func(origin uint32, number uint16) {
		d := &c.config.Health.Definitions[number]
		interval := d.Interval
		if d.FastInterval > 0 {
			interval = min(interval, d.FastInterval)
		}
		interval = c.byFastest(interval)
		if shortest[origin] == 0 || interval < shortest[origin] {
			shortest[origin] = interval
		}
	}
	for origin := range shortest {
		take(uint32(origin), c.definition(uint32(origin)))
	}
	for i := range c.scenario.Faults {
		f := &c.scenario.Faults[i]
		for _, origin := range f.Origins {
			if f.Kind == scenarios.Register {
				take(origin, f.Definition)
			}
		}
	}
	return shortest
}

// definition is by which definition an origin is checked before anybody says otherwise.
func (c *cluster) definition(origin uint32) uint16 {
	return c.scenario.Definition(origin, scenarios.Plain)
}

// needs is what it takes by a definition to change a status.
func (c *cluster) needs(number uint16, healthy bool) checkers.Evidence {
	d := &c.config.Health.Definitions[number]
	switch {
	case d.Semantics == health.Immediate:
		return checkers.Evidence{Needed: 1, Of: 1}
	case d.Semantics == health.Window && healthy:
		return checkers.Evidence{Needed: d.Threshold, Of: d.Window}
	case d.Semantics == health.Window:
		return checkers.Evidence{Needed: d.Window - d.Threshold + 1, Of: d.Window}
	case healthy:
		return checkers.Evidence{Needed: d.Rise, Of: d.Rise}
	}
	return checkers.Evidence{Needed: d.Fall, Of: d.Fall}
}

// longestProbe is after how long at most a server that comes back has a result.
func (c *cluster) longestProbe() (longest time.Duration) {
	for i := range c.config.Health.Definitions {
		d := &c.config.Health.Definitions[i]
		longest = max(longest, 2*(d.Interval+d.Jitter)+d.Timeout)
	}
	return longest
}

// place is the pool of an origin, and its weight there.
func (c *cluster) place(origin uint32) (pool uint32, weight uint16) {
	return c.scenario.Pool(origin), 1
}

// owner is the placement: the live server with the highest score.
func (c *cluster) owner(origin uint32, live []node.ID) node.ID {
	owner, best := node.Nobody, uint64(0)
	for _, id := range live {
		if score := c.config.Placement.Score(origin, id); owner == node.Nobody || score > best {
			owner, best = id, score
		}
	}
	return owner
}
