package hunt_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// failing is a bundle that a bug by luck has left.
func failing(t *testing.T) *hunt.Bundle {
	s, err := scenarios.Find("literal")
	require.NoError(t, err)
	for _, setting := range []string{"servers=8", "partitions=12", "outages=28"} {
		require.NoError(t, s.Set(setting))
	}
	for seed := uint64(1); ; seed++ {
		r, err := hunt.Play(context.Background(), s, seed, stage.Options{}, nil)
		require.NoError(t, err)
		if r.Verdict == world.Fail {
			return hunt.NewBundle(s, r, "this-build")
		}
	}
}

func TestABundleIsShrunk(t *testing.T) {
	b := failing(t)
	small, err := b.Shrink(context.Background(), 0, nil)
	require.NoError(t, err)
	require.NoError(t, small.Stopped)
	require.True(t, small.After.Within(small.Before))
	require.Less(t, small.After.Faults, small.Before.Faults)
	again, err := hunt.Play(context.Background(), small.Plan, uint64(b.Seed), stage.Options{}, nil)
	require.NoError(t, err)
	require.Equal(t, again, small.Run)
	require.Equal(t, b.Property(), small.Run.Violations[0].Property)

	passing, found := small.Passing()
	require.True(t, found)
	r, err := hunt.Play(context.Background(), passing, uint64(b.Seed), stage.Options{}, nil)
	require.NoError(t, err)
	require.Equal(t, world.Pass, r.Verdict, "it goes on until all is judged")
}

// What runs out keeps the best so far, which is the bundle's own plan at worst.
func TestAShrinkingOfFewRunsKeepsItsBest(t *testing.T) {
	b := failing(t)
	for _, runs := range []int{1, 8} {
		told := 0
		small, err := b.Shrink(context.Background(), runs, func(runs int, _ *scenarios.Scenario) { told = runs })
		require.NoError(t, err)
		require.ErrorIs(t, small.Stopped, hunt.ErrRunsUsed)
		require.Equal(t, runs, small.Runs)
		require.Equal(t, runs, told)
		require.True(t, small.After.Within(small.Before))
		require.Equal(t, world.Fail, small.Run.Verdict)
	}
}

func TestAShrinkingThatNeverBeganIsAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b := failing(t)
	_, err := b.Shrink(ctx, 0, nil)
	require.ErrorIs(t, err, context.Canceled)

	b.Violations[0].Property = "no-such-property"
	_, err = b.Shrink(context.Background(), 0, nil)
	require.ErrorIs(t, err, shrink.ErrHeld)
}

// Only what is in the verdict of a failed run counts, and only for the first time.
func TestWhatARunSaysOfAProperty(t *testing.T) {
	r := &world.Result{Verdict: world.Fail, Violations: []checkers.Violation{
		{Property: "a", At: 1}, {Property: "b", At: 2}, {Property: "b", At: 3},
	}}
	require.Equal(t, shrink.Outcome{Broken: true, At: 2}, hunt.Judged(r, world.Fail, "b"))
	require.Equal(t, shrink.Outcome{}, hunt.Judged(r, world.Fail, "c"), "another one is broken")
	require.Equal(t, shrink.Outcome{Broken: true, At: 2}, hunt.Judged(r, world.Unknown, "b"))
	r.Verdict = world.Unknown // nothing was promised
	require.Equal(t, shrink.Outcome{}, hunt.Judged(r, world.Fail, "b"))
	require.Equal(t, shrink.Outcome{Broken: true, At: 2}, hunt.Judged(r, world.Unknown, "b"))
	require.Equal(t, shrink.Outcome{}, hunt.Judged(&world.Result{Verdict: world.Vacuous}, world.Fail, "b"),
		"it proves nothing")
	require.Equal(t, shrink.Outcome{Passed: true},
		hunt.Judged(&world.Result{Verdict: world.Pass}, world.Fail, "b"))
}
