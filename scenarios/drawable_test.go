package scenarios_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// asked is a cluster with three of something in its storm; found is false if the setting is of no storm.
func asked(t *testing.T, key string, servers int, budget scenarios.Budget) (s scenarios.Scenario, found bool) {
	s = stormy(servers, scenarios.Storm{From: seconds(60), To: seconds(300)})
	s.Racks, s.Budget, s.Other = min(2, servers), budget, &scenarios.Other{}
	if s.Set(key+"=3") != nil || !slices.Equal(s.Storm.Parts(), []string{key}) {
		return s, false
	}
	return s, true
}

// isDrawn reports whether any of many seeds draws a fault.
func isDrawn(s scenarios.Scenario) bool {
	for seed := range uint64(40) {
		if len(s.Expand(seed).Faults) > 0 {
			return true
		}
	}
	return false
}

// A part of a storm is refused where no seed draws it, and only there: of each of them, in clusters of
// each small size, inside the budget and beyond.
func TestAStormIsRefusedWhereNothingOfItCanBeDrawn(t *testing.T) {
	keys, _ := scenarios.Settings()
	parts, refused := 0, 0
	for _, key := range keys {
		for _, budget := range scenarios.Budgets() {
			for servers := 1; servers <= 4; servers++ {
				s, found := asked(t, key, servers, budget)
				if !found {
					continue
				}
				err := s.Validate()
				require.Equal(t, isDrawn(s), err == nil, "%s of %d, budget %s: %v", key, servers, budget, err)
				parts++
				if err != nil {
					require.ErrorContains(t, err, "storm."+key+": 3, but expected ")
					refused++
				}
			}
		}
	}
	require.Equal(t, 40*2*4, parts, "forty parts")
	require.Greater(t, refused, 40)
}

func TestWhatAStormNeedsIsSaid(t *testing.T) {
	for key, want := range map[string]string{
		"rack_splits": "storm.rack_splits: 3, but expected racks: at least 2, not 1",
		"bridges":     "storm.bridges: 3, but expected servers: at least 3, not 1",
		"crashes": "storm.crashes: 3, but expected servers: at least 3, not 1: " +
			"2 run at all times inside the fault budget; budget: off goes beyond",
	} {
		s, found := asked(t, key, 1, scenarios.BudgetOn)
		require.True(t, found)
		require.EqualError(t, s.Validate(), want)
	}
	s, _ := asked(t, "sockets", 5, scenarios.BudgetOn)
	s.Guest, s.Origins, s.Merge, s.Other = &scenarios.Guest{}, 0, "", nil
	require.EqualError(t, s.Validate(),
		"storm.sockets: 3, but expected origins: at least 1, not 0: servers have nothing to probe")
}

// A server crashes twice, and not at once.
func TestTwoCrashesNeedTime(t *testing.T) {
	for _, key := range []string{"snapshots", "full_disks"} {
		s, _ := asked(t, key, 5, scenarios.BudgetOn)
		s.Storm.To = s.Storm.From + seconds(10)
		require.False(t, isDrawn(s))
		require.EqualError(t, s.Validate(), "storm.to: from 1m0s to 1m10s, expected more than 10s for "+
			"snapshots and full_disks, of which each is two crashes")
		s.Storm.To += seconds(2)
		require.NoError(t, s.Validate())
		require.True(t, isDrawn(s))
	}
}

// "A range of servers whose upper end will do passes", and so does a count that may be none.
func TestWhatSomeSeedsDrawIsTaken(t *testing.T) {
	s, _ := asked(t, "crashes", 5, scenarios.BudgetOn)
	require.NoError(t, s.Set("servers=1-5"))
	require.NoError(t, s.Validate())
	require.NoError(t, s.Set("crashes=0-3"))
	require.NoError(t, s.Validate())
	require.NoError(t, s.Set("servers=2"))
	require.ErrorContains(t, s.Validate(), "storm.crashes: 3, but expected servers: at least 3, not 2")
	require.NoError(t, s.Set("crashes=0"))
	require.NoError(t, s.Validate())
}

// one is a rate of a kind for what it is counted for, of the fewest that it may strike.
func one(kind scenarios.FaultKind, each scenarios.Scope) scenarios.Rate {
	r := scenarios.Rate{Kind: kind, Each: each, Every: seconds(5), From: seconds(60), To: seconds(160)}
	if each == scenarios.EachRow {
		r.Strikes = &scenarios.Range[int]{Least: 1, Most: 1}
	}
	return r
}

// The same of rates, of each kind and for each of what they are counted for, where there are racks.
func TestARateIsRefusedWhereNothingOfItCanBeDrawn(t *testing.T) {
	refused := 0
	for _, kind := range scenarios.StormKinds() {
		for _, each := range scenarios.Scopes() {
			for servers := 2; servers <= 5; servers++ {
				for racks := 2; racks <= servers; racks++ {
					s := stormy(servers, scenarios.Storm{})
					s.Storm, s.Racks, s.Rates = nil, racks, []scenarios.Rate{one(kind, each)}
					err := s.Validate()
					if err != nil && strings.Contains(err.Error(), "strikes no single") {
						continue
					}
					require.Equal(t, isDrawn(s), err == nil, "%s of %d in %d: %v", &s.Rates[0].Kind, servers, racks, err)
					if err != nil {
						refused++
					}
				}
			}
		}
	}
	require.Greater(t, refused, 20)
}

func TestRacksThatFailHaveToBeThere(t *testing.T) {
	for _, each := range []scenarios.Scope{scenarios.EachRack, scenarios.EachRow, scenarios.EachRound} {
		s := rated(one(scenarios.Loss, each))
		for racks := range 2 {
			s.Racks = racks
			require.EqualError(t, s.Validate(), fmt.Sprintf(
				"rates[0].each: %s, but expected racks: at least 2, not %d", each, racks))
		}
		s.Racks = 2
		require.NoError(t, s.Validate())
	}
}

func TestWhatARateHasNoRoomForIsSaid(t *testing.T) {
	of := func(r scenarios.Rate, change func(*scenarios.Rate)) scenarios.Rate {
		change(&r)
		return r
	}
	crash := one(scenarios.Crash, scenarios.EachCluster)
	for want, rate := range map[string]scenarios.Rate{
		"rates[0].to: from 1m0s to 1m4s, expected at least 5s for crash inside the fault budget; " +
			"budget: off goes beyond": of(crash, func(r *scenarios.Rate) { r.To = seconds(64) }),
		"rates[0].kind: crash strikes 3 of 4 servers at least, expected 2 to run at all times inside the " +
			"fault budget; budget: off goes beyond": of(crash, func(r *scenarios.Rate) {
			r.Strikes = &scenarios.Range[int]{Least: 3, Most: 4}
		}),
		"rates[0].strikes: 2 to 2, expected 1 to 1": of(one(scenarios.Partition, scenarios.EachRow),
			func(r *scenarios.Rate) { r.Strikes = &scenarios.Range[int]{Least: 2, Most: 2} }),
		"rates[0].kind: no-sockets, but there are no origins": one(scenarios.NoSockets, ""),
	} {
		s := stormy(4, scenarios.Storm{})
		s.Storm, s.Racks, s.Rates = nil, 2, []scenarios.Rate{rate}
		if rate.Kind == scenarios.NoSockets {
			s.Group, s.Origins, s.Merge = &scenarios.Group{Preset: scenarios.Lan, Rules: scenarios.Butterfly}, 0, ""
		}
		require.EqualError(t, s.Validate(), want)
		s.Budget = scenarios.BudgetOff
		require.Equal(t, rate.Kind != scenarios.Crash, s.Validate() != nil)
	}
	s := stormy(1, scenarios.Storm{})
	s.Storm, s.Rates = nil, []scenarios.Rate{one(scenarios.Partition, "")}
	require.EqualError(t, s.Validate(),
		"rates[0].kind: partition strikes 1 of 1 servers, expected another to part them from")
}
