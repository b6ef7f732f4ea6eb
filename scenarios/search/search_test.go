package search_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
	"butterfly/scenarios/search"
	"butterfly/scenarios/stage"
)

// find returns a scenario of the catalogue with settings.
func find(t testing.TB, name string, settings ...string) scenarios.Scenario {
	s, err := scenarios.Find(name)
	require.NoError(t, err)
	for _, setting := range settings {
		require.NoError(t, s.Set(setting))
	}
	return s
}

// strategy returns the strategy of a name that has to be there.
func strategy(t testing.TB, name search.Name, base scenarios.Scenario) search.Strategy {
	s, err := search.New(name, base)
	require.NoError(t, err, "%s for %s", name, base.Name)
	return s
}

// bases are of all three kinds that leave something to the seed, and small. None asks for so much that it
// takes long to count all plans.
func bases(t testing.TB) []scenarios.Scenario {
	return []scenarios.Scenario{
		find(t, "storm", "servers=3-6", "origins=30", "loss=0-1%",
			"pauses=0", "leaves=0", "losses=1", "flaps=1", "registrations=2", "unregistrations=0"),
		find(t, "bad-network", "servers=5", "origins=30", "crashes=0"),
		find(t, "swim-mass-restart", "servers=6"), find(t, "swim-slow", "servers=4-6"),
		find(t, "swim-partition", "servers=5"), find(t, "swim-crash", "servers=3-8"),
		find(t, "map-storm", "servers=5", "crashes=0"), find(t, "map-truncated", "servers=4"),
		find(t, "bad-network", "servers=5", "origins=30", "crashes=0", "rate=pause:10s", "rate=clog:50s"),
	}
}

// "Everything it decides stands in the scenario it returns": the plan is expanded and valid, and expands
// to itself, in a file as well.
func TestEveryPlanIsPlainData(t *testing.T) {
	for _, base := range bases(t) {
		for _, name := range search.Names() {
			s := strategy(t, name, base)
			for seed := range uint64(8) {
				plan := s.Plan(seed)
				require.NoError(t, stage.Validate(&plan), "%s of %s, seed %d", name, base.Name, seed)
				require.Equal(t, plan, plan.Expand(seed))
				require.Nil(t, plan.Storm)
				require.Nil(t, plan.Trial)
				require.Nil(t, plan.Vary)
				require.True(t, slices.IsSortedFunc(plan.Faults, byTime))
				if seed == 0 {
					requireSameInFile(t, plan)
				}
			}
		}
	}
}

func byTime(a, b scenarios.Fault) int { return cmp.Compare(a.At, b.At) }

func requireSameInFile(t *testing.T, plan scenarios.Scenario) {
	t.Helper()
	text := file.Print(&plan)
	back, err := file.Parse("plan", text)
	require.NoError(t, err, "%s", text)
	if len(plan.Faults) == 0 { // none is nil in a file
		plan.Faults = nil
	}
	require.Equal(t, plan, back)
}

// The same seed is the same plan: from the same strategy, from another one made for the same scenario,
// and whatever was planned in between.
func TestTheSameSeedIsTheSamePlan(t *testing.T) {
	for _, base := range bases(t) {
		for _, name := range search.Names() {
			one, other := strategy(t, name, base), strategy(t, name, base)
			first := one.Plan(7)
			one.Plan(8)
			require.Equal(t, first, one.Plan(7), "%s of %s", name, base.Name)
			require.Equal(t, first, other.Plan(7), "%s of %s", name, base.Name)
			again, err := search.New(name, base)
			require.NoError(t, err)
			require.Equal(t, first, again.Plan(7), "the scenario has not been changed")
		}
	}
}

// What a strategy chooses is within the budget. What the scenario says itself is not its choice.
func TestEveryPlanOfAStormIsWithinTheBudget(t *testing.T) {
	for _, base := range bases(t) {
		if base.Storm == nil {
			continue
		}
		for _, name := range search.Names() {
			s := strategy(t, name, base)
			for seed := range uint64(50) {
				plan := s.Plan(seed)
				chosen := without(plan.Faults, base.Faults)
				require.True(t, scenarios.WithinBudget(chosen, plan.Servers),
					"%s of %s, seed %d: %v", name, base.Name, seed, chosen)
				for _, kind := range scenarios.FaultKinds() {
					rated := slices.ContainsFunc(base.Rates, func(r scenarios.Rate) bool { return r.Kind == kind })
					if !rated && (kind != scenarios.OriginDown || base.Storm.Flaps == 0) {
						require.LessOrEqual(t, count(chosen, kind), base.Storm.Counts(kind), "%s: %s", name, kind)
					}
				}
			}
		}
	}
}

// without returns the faults that are not among the others.
func without(all, others []scenarios.Fault) []scenarios.Fault {
	return slices.DeleteFunc(slices.Clone(all), func(f scenarios.Fault) bool {
		return slices.ContainsFunc(others, func(o scenarios.Fault) bool { return reflect.DeepEqual(f, o) })
	})
}

func count(faults []scenarios.Fault, kind scenarios.FaultKind) (n int) {
	for _, f := range faults {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// Different seeds are different plans, but for those of few plans in all.
func TestSeedsDiffer(t *testing.T) {
	base := bases(t)[0]
	for _, name := range search.Names() {
		s, plans := strategy(t, name, base), map[string]bool{}
		for seed := range uint64(60) {
			plan := s.Plan(seed)
			plans[fmt.Sprint(plan.Faults, plan.Schedule)] = true
		}
		require.Greater(t, len(plans), 50, string(name))
	}
}

// "For those where a strategy has nothing to vary, New says so in a clear error."
func TestWhatLeavesNothingToVaryIsRefused(t *testing.T) {
	for _, c := range []struct {
		name search.Name
		base scenarios.Scenario
		want string
	}{
		{search.Swarm, find(t, "calm"), "swarm: there is nothing to vary in calm, which has neither a storm, a trial nor rates"},
		{search.Weighted, find(t, "contest"), "weighted: there is nothing to vary in contest"},
		{search.Exhaustive, find(t, "cap-consistent"), "exhaustive: there is nothing to vary in cap-consistent"},
		{search.Rapid, find(t, "map-removals"), "rapid: there is nothing to vary in map-removals"},
		{search.Exhaustive, find(t, "first-year"), "exhaustive: there is nothing to vary in first-year, " +
			"which has neither a storm nor a trial, and rates are for random, swarm and weighted"},
		{search.Rapid, find(t, "first-year"), "neither a storm nor a trial, and rates are for random"},
		{search.Exhaustive, find(t, "rack-splits", "crashes=0", "outages=0"), "exhaustive: there is nothing " +
			"to vary in rack-splits, which asks for no single fault that 3 servers have room for"},
		{search.PCT, find(t, "crash", "servers=1"), "pct: crash has a single server"},
		{search.Exhaustive, find(t, "crash", "servers=2"), "exhaustive: crash has 2 servers, expected 3 or more"},
		{search.Swarm, find(t, "planet"), "swarm: the clusters of planet draw their own luck"},
		{"sworm", find(t, "storm"), `"sworm", expected one of [random swarm weighted pct exhaustive rapid]`},
	} {
		_, err := search.New(c.name, c.base)
		require.ErrorContains(t, err, c.want)
	}
	for _, s := range scenarios.Catalogue() {
		plan := strategy(t, "", s).Plan(3)
		require.Equal(t, s.Expand(3), plan, "random leaves all to the scenario")
	}
}
