package search_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/search"
)

// all returns every plan of a scenario, by its faults' text.
func all(t *testing.T, base scenarios.Scenario) (plans []scenarios.Scenario) {
	s := strategy(t, search.Exhaustive, base)
	count, bounded := s.Count()
	require.True(t, bounded)
	seen := map[string]bool{}
	for seed := uint64(1); seed <= count; seed++ {
		plan := s.Plan(seed)
		text, err := json.Marshal(plan.Faults)
		require.NoError(t, err)
		require.False(t, seen[string(text)], "seed %d is another plan than those before it: %s", seed, text)
		seen[string(text)] = true
		plans = append(plans, plan)
	}
	require.Equal(t, plans[0], s.Plan(count+1), "after the last comes the first again")
	return plans
}

// choose is how many subsets of k there are of n.
func choose(n, k int) int {
	if k == 0 {
		return 1
	}
	return choose(n-1, k-1) * n / k
}

// only is a map's storm of one kind of faults.
func only(t *testing.T, part string, count int) scenarios.Scenario {
	s := find(t, "map-storm", "servers=5", fmt.Sprintf("%s=%d", part, count))
	for _, other := range s.Storm.Parts() {
		if other != part {
			require.NoError(t, s.Set(other+"=0"))
		}
	}
	return s
}

// A loss strikes every link, at one of three times, for one of two lengths: 6 faults, of which a plan has
// one to three, and no more than the storm.
func TestPlansOfLinksAreAllSubsets(t *testing.T) {
	require.Len(t, all(t, only(t, "losses", 1)), 6)
	require.Len(t, all(t, only(t, "losses", 2)), 6+choose(6, 2))
	require.Len(t, all(t, only(t, "losses", 5)), 6+choose(6, 2)+choose(6, 3))
}

// Each of three servers may be cut off both ways, be heard no more, or hear nothing: 9 times 6 faults.
func TestPlansOfPartitions(t *testing.T) {
	require.Len(t, all(t, only(t, "partitions", 2)), 54+choose(54, 2))
}

// Two of three servers are up at all times: whom each of the faults of a plan strikes is free, but no two
// of their times may meet.
func TestPlansOfServersAreWithinTheBudget(t *testing.T) {
	base := only(t, "pauses", 3)
	apart := func(a, b scenarios.Fault) bool { return a.End() < b.At || b.End() < a.At }
	var times []scenarios.Fault // of server 0 alone
	for _, plan := range all(t, base)[:18] {
		require.Len(t, plan.Faults, 1)
		if plan.Faults[0].Hosts[0] == 0 {
			times = append(times, plan.Faults[0])
		}
	}
	require.Len(t, times, 6)
	want := 3 * len(times)
	for i, a := range times {
		for j, b := range times[:i] {
			if !apart(a, b) {
				continue
			}
			want += 9
			for _, c := range times[:j] {
				if apart(a, c) && apart(b, c) {
					want += 27
				}
			}
		}
	}
	require.Len(t, all(t, base), want)
	require.Greater(t, want, 18+9)
}

// Members of SWIM are interchangeable: there is one plan for each orbit under the 6 renamings of three
// servers. By Burnside's lemma that is the mean of how many plans each renaming leaves as they are. Of 9
// faults (3 servers at 3 times) the identity leaves all subsets; one of the 3 swaps leaves those made of the
// 3 faults of the third server, and of the 3 pairs that it swaps; one of the 2 rotations those made of the 3
// triples that it rotates.
func TestRenamedPlansAreLeftOut(t *testing.T) {
	identity := choose(9, 1) + choose(9, 2) + choose(9, 3)
	swap := 3 + (choose(3, 2) + 3) + (choose(3, 3) + 3*3)
	rotation := 3
	require.Len(t, all(t, find(t, "swim-partition", "servers=5")), (identity+3*swap+2*rotation)/6)
}

// Who is named in the scenario is not interchangeable: server 0, which has news, or those that join one
// after the other.
func TestServersWithAPartOfTheirOwnAreTold(t *testing.T) {
	base := find(t, "swim-partition", "servers=5")
	base.Group = &scenarios.Group{Preset: scenarios.Lan, Rules: scenarios.Butterfly}
	base.Group.UpdateAt = base.Trial.From
	require.Len(t, all(t, base), choose(9, 1)+choose(9, 2)+choose(9, 3))
}

// "Every plan numbered densely so that seed i is plan i", those with fewer faults first; all on three
// servers, and with nothing else going wrong.
func TestPlansAreSmallAndGrow(t *testing.T) {
	before := 1
	for _, plan := range all(t, find(t, "crash", "servers=3-9", "origins=30")) {
		require.Equal(t, 3, plan.Servers)
		require.GreaterOrEqual(t, len(plan.Faults), before)
		require.LessOrEqual(t, len(plan.Faults), 3)
		before = len(plan.Faults)
	}
	require.Equal(t, 3, before)
}

// What every plan has, whatever the scenario asks for, is said; and so is what none has.
func TestAScopeSaysWhatItLeavesOut(t *testing.T) {
	base := find(t, "storm", "servers=5-40", "origins=10-30", "loss=0-1%", "pauses=0", "leaves=0",
		"losses=1", "flaps=1", "registrations=0", "unregistrations=0", "blocks=0", "uplinks=0")
	base.Faults = []scenarios.Fault{{Kind: scenarios.Pause}}
	require.Equal(t, &search.Scope{
		Servers: 3, Asked: 40, Most: 3, Starts: 3,
		Kinds: []scenarios.FaultKind{
			scenarios.Crash, scenarios.Partition, scenarios.Loss, scenarios.OriginDown,
		},
		Left: []string{
			"faults of the scenario's own", "flaps", "fewer origins than 30", "less loss than 1%",
		},
	}, strategy(t, search.Exhaustive, base).Scope())
	trial := strategy(t, search.Exhaustive, find(t, "swim-partition")).Scope()
	require.Equal(t, []scenarios.FaultKind{scenarios.Partition}, trial.Kinds)
	require.Empty(t, trial.Left)
}

func TestOthersAreConfinedToTheirScenarioOnly(t *testing.T) {
	for _, name := range search.Names() {
		if name != search.Exhaustive {
			require.Nil(t, strategy(t, name, find(t, "swim-partition")).Scope(), name)
		}
	}
}

func TestMorePlansThanAnybodyRunsAreRefused(t *testing.T) {
	base := find(t, "storm", "servers=5", "bursts=3", "duplications=3", "reorderings=3", "corruptions=3",
		"losses=3", "partitions=3", "uplinks=3", "leaves=3", "blocks=3", "pauses=3")
	_, err := search.New(search.Exhaustive, base)
	require.ErrorContains(t, err, "exhaustive: more than 1048576 plans of up to 3 faults in storm, "+
		"expected fewer kinds: set the counts of some to 0")
}

// Three servers stand in three racks at most.
func TestPlansOfAFewRacksAreValid(t *testing.T) {
	for _, plan := range all(t, find(t, "rack-splits", "servers=8", "crashes=1", "outages=1")) {
		require.NoError(t, plan.Validate())
		require.Equal(t, 3, plan.Racks)
	}
}
