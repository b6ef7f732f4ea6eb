package search_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/search"
)

// Four kinds of faults of links, for which the budget always has room, have 15 subsets that are not
// empty. Each is as likely: chi-square of 15 classes over 3000 seeds is above 36.1 in 1 of 1000 cases.
func TestSwarmLeavesOutEachSubsetAsOften(t *testing.T) {
	base := find(t, "bad-network", "servers=5", "loss=0%", "crashes=0", "partitions=0", "outages=0", "losses=0")
	s := strategy(t, search.Swarm, base)
	const seeds, classes = 3000, 15
	seen := map[string]int{}
	for seed := range uint64(seeds) {
		seen[fmt.Sprint(kindsOf(s.Plan(seed).Faults))]++
	}
	require.Len(t, seen, classes)
	chiSquare, expected := 0.0, float64(seeds)/classes
	for _, n := range seen {
		chiSquare += (float64(n) - expected) * (float64(n) - expected) / expected
	}
	require.Less(t, chiSquare, 36.1)
}

func kindsOf(faults []scenarios.Fault) (kinds []scenarios.FaultKind) {
	for _, kind := range scenarios.FaultKinds() {
		if count(faults, kind) > 0 {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// What is left keeps its number: what the scenario asks for is what its budget is made for.
func TestWhatSwarmLeavesKeepsItsNumber(t *testing.T) {
	base := find(t, "bad-network", "servers=5")
	s := strategy(t, search.Swarm, base)
	for seed := range uint64(100) {
		n := count(s.Plan(seed).Faults, scenarios.BurstLoss)
		require.Contains(t, []int{0, base.Storm.Bursts}, n)
	}
}

// "And of operations: registrations, unregistrations, writes where a scenario has such counts." Each is
// on half the time: of 400 seeds 160 to 240, but for 1 case in 16,000.
func TestSwarmLeavesOperationsOut(t *testing.T) {
	on := map[string]int{}
	note := func(name string, has bool) {
		if has {
			on[name]++
		}
	}
	cluster := strategy(t, search.Swarm, find(t, "storm", "servers=5", "origins=30"))
	replicas := strategy(t, search.Swarm, find(t, "map-truncated", "servers=5"))
	group := strategy(t, search.Swarm, find(t, "swim-update", "servers=5"))
	restart := strategy(t, search.Swarm, find(t, "swim-slow", "servers=5", "loss=1%"))
	for seed := range uint64(400) {
		plan := cluster.Plan(seed)
		note("registrations", count(plan.Faults, scenarios.Register) > 0)
		note("unregistrations", count(plan.Faults, scenarios.Unregister) > 0)
		note("loss", plan.LossPPM > 0)
		note("writes", replicas.Plan(seed).Replicas.Writes > 0)
		note("update", group.Plan(seed).Group.UpdateAt > 0)
		note("trial", len(restart.Plan(seed).Faults) > 0)
	}
	// Of swim-update's two features one always stays: each is on in two of three subsets.
	require.InDelta(t, 267, on["update"], 40)
	delete(on, "update")
	require.Len(t, on, 5)
	for name, n := range on {
		require.InDelta(t, 200, n, 44, name)
	}
}

// A trial may strike a single server.
func TestSwarmMayLetATrialStrikeOne(t *testing.T) {
	s := strategy(t, search.Swarm, find(t, "swim-mass-crash", "servers=16"))
	struck := map[int]bool{}
	for seed := range uint64(40) {
		for _, f := range s.Plan(seed).Faults {
			struck[len(f.Hosts)] = true
		}
	}
	require.Equal(t, map[int]bool{1: true, 4: true}, struck)
}

// The rates of a kind are left out together: four kinds have 15 subsets that are not empty. At every 20 s
// for 2 min there is hardly a seed that has none of a kind.
func TestSwarmLeavesOutTheRatesOfKinds(t *testing.T) {
	base := find(t, "calm", "servers=9", "origins=30", "rate=crash:20s", "rate=loss:20s", "rate=clog:20s",
		"rate=mtu:20s")
	twice := base.Rates[1]
	twice.Every *= 2
	base.Rates = append(base.Rates, twice)
	require.NoError(t, base.Validate())
	for _, name := range []search.Name{search.Swarm, search.Weighted} {
		s, seen := strategy(t, name, base), map[string]bool{}
		for seed := range uint64(300) {
			plan, all := s.Plan(seed), base.Expand(seed)
			require.True(t, plan.Expanded())
			for _, kind := range kindsOf(plan.Faults) {
				require.Equal(t, count(all.Faults, kind), count(plan.Faults, kind), "%s: all of a kind stay", kind)
			}
			seen[fmt.Sprint(kindsOf(plan.Faults))] = true
		}
		require.GreaterOrEqual(t, len(seen), 15, name)
	}
	require.Len(t, base.Rates, 5, "the scenario has not been changed")
}

// With one kind there is nothing to leave out.
func TestRatesOfOneKindAreThoseOfRandom(t *testing.T) {
	base := find(t, "calm", "servers=9", "origins=30", "rate=crash:20s")
	require.Equal(t, base.Expand(4), strategy(t, search.Swarm, base).Plan(4))
}

// "A cluster with all that a storm may ask for, rates of every kind and loss has 63" features: the last of
// them comes up half of the time.
func TestASetHasRoomForAllFeatures(t *testing.T) {
	base := find(t, "storm", "servers=30", "origins=30", "racks=2")
	keys, _ := scenarios.Settings()
	for _, key := range keys {
		changed := base
		if changed.Set(key+"=1") == nil && len(changed.Storm.Parts()) > len(base.Storm.Parts()) {
			base = changed
		}
	}
	base.Other = &scenarios.Other{}
	for _, kind := range scenarios.StormKinds() {
		require.NoError(t, base.Set("rate="+string(kind)+":60s"))
	}
	require.NoError(t, base.Validate())
	require.Equal(t, 62, len(base.Storm.Parts())+len(base.Rates))
	s, loss := strategy(t, search.Swarm, base), 0
	for seed := range uint64(400) {
		if s.Plan(seed).LossPPM > 0 {
			loss++
		}
	}
	require.InDelta(t, 200, loss, 44)
}
