package scenarios_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
)

func drawTroubles(t *rapid.T) scenarios.Troubles {
	count := func(kind string) int { return rapid.IntRange(0, 4).Draw(t, kind) }
	return scenarios.Troubles{
		Restarts: count("restarts"), LongCrashes: count("long crashes"),
		Snapshots: count("snapshots"), TornSaves: count("torn saves"), Moves: count("moves"), FullDisks: count("full disks"),
		SlowHosts: count("slow hosts"), Neighbours: count("neighbours"),
		Collections: count("collections"), Joins: count("joins"), Upgrades: count("upgrades"),
		Clocks:      count("clocks"),
		PausePreset: rapid.SampledFrom(scenarios.PausePresets()).Draw(t, "preset"),
	}
}

// troubled returns what a storm of troubles from the first minute to the fifth comes to.
func troubled(servers int, seed uint64, troubles scenarios.Troubles) scenarios.Scenario {
	s := stormy(servers, scenarios.Storm{From: seconds(60), To: seconds(300), Troubles: troubles})
	s.Other = &scenarios.Other{}
	return s.Expand(seed)
}

// Whatever is asked for: faults lie within the storm, but for those that keep a server away from the
// start; two servers stay up, and none is struck by two faults at once.
func TestTroublesStayInsideTheirTimesAndTheBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers := rapid.IntRange(1, 12).Draw(t, "servers")
		expanded := troubled(servers, rapid.Uint64().Draw(t, "seed"), drawTroubles(t))
		require.NoError(t, expanded.Validate())
		for i := range expanded.Faults {
			f := &expanded.Faults[i]
			require.True(t, f.At >= seconds(60) || f.At == 0 && f.Kind == scenarios.Crash, "%s", f)
			require.LessOrEqual(t, f.End(), seconds(300), "%s", f)
			checkBudget(t, expanded.Faults, f.At, servers)
		}
	})
}

// "No host whose wall clock is wrong at times ever forgets, or has a second such clock."
func TestAWrongClockStrikesNobodyWhoForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		faults := troubled(4, rapid.Uint64().Draw(t, "seed"), drawTroubles(t)).Faults
		wrong := map[node.ID]int{}
		for _, f := range faults {
			if f.Kind == scenarios.Clock {
				wrong[f.Hosts[0]]++
				require.Equal(t, 1, wrong[f.Hosts[0]])
			}
		}
		for _, f := range faults {
			keeps := f.Kind != scenarios.DiskFull &&
				(f.Kind != scenarios.Crash || f.Keep && f.Old == 0 && !f.Torn)
			require.True(t, keeps || wrong[f.Hosts[0]] == 0, "%s", &f)
		}
	})
}

// What each kind consists of, for a seed with room for all of it.
func TestWhatEachTroubleConsistsOf(t *testing.T) {
	for name, c := range map[string]struct {
		troubles scenarios.Troubles
		fits     func(faults []scenarios.Fault) bool
	}{
		"restarts": {scenarios.Troubles{Restarts: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 1 && f[0].For >= millis(100) && f[0].For <= seconds(2)
		}},
		"moves": {scenarios.Troubles{Moves: 2}, func(f []scenarios.Fault) bool {
			return len(f) == 2 && f[0].Moved && f[1].Moved &&
				min(f[0].For, f[1].For) <= seconds(2) && max(f[0].For, f[1].For) >= seconds(90)
		}},
		"long crashes": {scenarios.Troubles{LongCrashes: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 1 && f[0].For >= seconds(90) && f[0].For <= seconds(120)
		}},
		"snapshots": {scenarios.Troubles{Snapshots: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 2 && f[0].Keep && f[1].Keep && f[1].Old == f[1].At-f[0].At
		}},
		"torn saves": {scenarios.Troubles{TornSaves: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 1 && f[0].Torn
		}},
		"full disks": {scenarios.Troubles{FullDisks: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 3 && f[0].Kind == scenarios.DiskFull &&
				f[0].At <= f[1].At && f[1].End() < f[0].End() && f[1].End() < f[2].At
		}},
		"slow hosts": {scenarios.Troubles{SlowHosts: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 1 && f[0].Kind == scenarios.Slow && f[0].Cost >= millis(1)/2 &&
				f[0].Cost <= millis(8)
		}},
		"neighbours": {scenarios.Troubles{Neighbours: 1}, func(f []scenarios.Fault) bool {
			return len(f) > 3 && f[0].Kind == scenarios.Slow && f[0].For <= seconds(4)
		}},
		"joins": {scenarios.Troubles{Joins: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 1 && f[0].At == 0 && f[0].For >= seconds(60)
		}},
		"clocks": {scenarios.Troubles{Clocks: 1}, func(f []scenarios.Fault) bool {
			return len(f) == 2 && f[0].Kind == scenarios.Clock && f[1].Keep &&
				f[0].At <= f[1].At && f[1].End() <= f[0].End() && max(f[0].RatePPM, -f[0].RatePPM) <= 1000
		}},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20) {
				faults := troubled(8, seed, c.troubles).Faults
				require.True(t, len(faults) == 0 || c.fits(faults), "seed %d: %v", seed, faults)
				if len(faults) > 0 {
					return
				}
			}
			require.Fail(t, "no seed of 20 has any")
		})
	}
}

func millis(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Millisecond) }

// "Upgrades restart servers one after the other, from server 0 on", each back before the next goes.
func TestUpgradesGoFromServerToServer(t *testing.T) {
	faults := troubled(5, 1, scenarios.Troubles{Upgrades: 7}).Faults
	require.Len(t, faults, 5)
	for i, f := range faults {
		require.Equal(t, hosts(node.ID(i)), f.Hosts)
		require.True(t, i == 0 || faults[i-1].End() < f.At)
	}
}

// The presets are those of published figures: "go exponential mean 0.1 ms; zgc <= 2 ms; g1 log-normal
// median 40 ms, 1 % > 400 ms; full-gc 2-18 s; vm-freeze 10-60 s" (ours, illustrative). Means and
// shares over the pauses of 400 seeds, some thousands for the first three.
func TestPausesAreAsLongAsThePresetSays(t *testing.T) {
	for preset, c := range map[scenarios.PausePreset]struct {
		shortest, longest, leastMedian, mostMedian time.Duration
	}{
		scenarios.GoPauses: {time.Microsecond, 5 * time.Millisecond,
			65 * time.Microsecond, 73 * time.Microsecond}, // ln 2 of the mean
		scenarios.ZGCPauses: {time.Microsecond, 2 * time.Millisecond,
			950 * time.Microsecond, 1050 * time.Microsecond},
		scenarios.G1Pauses: {time.Microsecond, 5 * time.Second,
			37 * time.Millisecond, 43 * time.Millisecond},
		scenarios.FullGC:   {2 * time.Second, 18 * time.Second, 8 * time.Second, 12 * time.Second},
		scenarios.VMFreeze: {10 * time.Second, time.Minute, 30 * time.Second, 40 * time.Second},
	} {
		var lengths []time.Duration
		for seed := range uint64(400) {
			troubles := scenarios.Troubles{Collections: 1, PausePreset: preset}
			for _, f := range troubled(8, seed, troubles).Faults {
				require.Equal(t, scenarios.Pause, f.Kind)
				lengths = append(lengths, f.For.Duration())
			}
		}
		slices.Sort(lengths)
		median := lengths[len(lengths)/2]
		require.GreaterOrEqual(t, lengths[0], c.shortest, preset)
		require.LessOrEqual(t, lengths[len(lengths)-1], c.longest, preset)
		require.True(t, c.leastMedian <= median && median <= c.mostMedian, "%s: %v", preset, median)
	}
}

func TestAnUnknownPausePresetIsRefused(t *testing.T) {
	s, err := scenarios.Find("gc-pauses")
	require.NoError(t, err)
	require.EqualError(t, s.Set("pause_preset=gc"),
		`-set pause_preset=gc: "gc", expected one of [go zgc g1 full-gc vm-freeze]`)
}
