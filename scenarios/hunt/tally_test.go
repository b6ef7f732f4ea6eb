package hunt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

func TestATallySumsUp(t *testing.T) {
	crash := func(effect string) []world.FaultReport {
		return []world.FaultReport{{Kind: scenarios.Crash, Count: 2, Effect: effect}}
	}
	broke := func(properties ...string) (all []checkers.Violation) {
		for _, p := range properties {
			all = append(all, checkers.Violation{Property: p})
		}
		return all
	}
	var tally hunt.Tally
	add := func(r world.Result) []string { return tally.Add(&r) }
	require.Empty(t, add(world.Result{
		Seed: 1, Verdict: world.Pass, Events: 10, Faults: crash("bit"), Virtual: clock.At(time.Hour),
		Sometimes: []world.Situation{
			{Name: "always", Count: 9}, {Name: "seen", Count: 3}, {Name: "never", Count: 0},
		},
	}))
	require.Equal(t, []string{"b", "a"}, add(world.Result{
		Seed: 2, Verdict: world.Fail, Events: 20, Faults: crash(""), Violations: broke("b", "a"),
	}))
	require.Equal(t, []string{"c"}, add(world.Result{
		Seed: 3, Verdict: world.Fail, Violations: broke("a", "c"),
		Sometimes: []world.Situation{{Name: "seen", Count: 0}, {Name: "always", Count: 1}},
		Virtual:   clock.At(1500 * time.Millisecond),
	}))
	require.Empty(t, add(world.Result{Seed: 4, Verdict: world.Vacuous}))
	require.Empty(t, add(world.Result{Seed: 5, Verdict: world.Unknown}))
	require.Empty(t, add(world.Result{Seed: 6, Verdict: world.Pass, Beyond: "the loss"}))
	tally.AddPanic()
	tally.AddDivergence()

	require.Equal(t, [8]uint64{8, 2, 2, 1, 3, 1, 1, 1}, [8]uint64{
		tally.Seeds, tally.Passed, tally.Failed, tally.Vacuous, tally.Unknown, tally.Faults,
		tally.Diverged, tally.Unpromised,
	})
	require.Equal(t, uint64(30), tally.Events)
	require.Equal(t, uint64(3_601_500), tally.VirtualMillis)
	require.Equal(t, []hunt.Broken{
		{Property: "b", First: 2, Seeds: 1},
		{Property: "a", First: 2, Seeds: 2},
		{Property: "c", First: 3, Seeds: 1},
	}, tally.Broken())
	require.Equal(t, []hunt.Bite{{Kind: scenarios.Crash, Count: 4, Seeds: 2, Bitten: 1}}, tally.Bites())
	require.Equal(t, []hunt.Sight{
		{Name: "never", Seeds: 1, Seen: 0}, {Name: "seen", Seeds: 2, Seen: 1},
		{Name: "always", Seeds: 2, Seen: 2},
	}, tally.Sights())
}

// What is broken where nothing is promised is no failure, and is listed apart from failures.
func TestATallyTellsWhatWasNotPromisedApart(t *testing.T) {
	var tally hunt.Tally
	run := func(seed uint64, verdict world.Verdict, beyond string) []string {
		return tally.Add(&world.Result{
			Seed: seed, Verdict: verdict, Beyond: beyond, Violations: []checkers.Violation{{Property: "a"}},
		})
	}
	require.Equal(t, []string{"a"}, run(1, world.Unknown, "the loss"))
	require.Empty(t, run(2, world.Unknown, "the way"))
	require.Equal(t, []string{"a"}, run(3, world.Fail, ""), "the first that failed")
	tally.Add(&world.Result{Seed: 4, Verdict: world.Unknown})
	require.Equal(t, [3]uint64{1, 3, 2}, [3]uint64{tally.Failed, tally.Unknown, tally.Excused})
	require.Equal(t, "the loss", tally.Beyond)
	require.Equal(t, []hunt.Broken{{Property: "a", First: 3, Seeds: 1}}, tally.Broken())
	require.Equal(t, []hunt.Broken{{Property: "a", First: 1, Seeds: 2}}, tally.ExcusedBroken())
}
