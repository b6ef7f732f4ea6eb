package hunt_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// small is a scenario of the catalogue, small enough to be run often.
func small(t *testing.T, name string, duration time.Duration) scenarios.Scenario {
	s, err := scenarios.Find(name)
	require.NoError(t, err)
	for _, setting := range []string{"servers=4", "origins=10", "duration=" + duration.String()} {
		require.NoError(t, s.Set(setting))
	}
	return s
}

func TestPlayingInStepsIsTheSameRun(t *testing.T) {
	s := small(t, "crash", 10500*time.Millisecond)
	var seen []clock.Time
	stepped, err := hunt.Play(context.Background(), s, 7, stage.Options{},
		func(now clock.Time) { seen = append(seen, now) })
	require.NoError(t, err)
	require.Equal(t, stage.Build(s, 7, stage.Options{}).Run(), stepped)
	require.Len(t, seen, 11)
	require.Equal(t, clock.At(10500*time.Millisecond), seen[10])
}

// What is hunted may vary in size; the bundle of a seed holds what was drawn, and is the same run.
func TestTheBundleOfAVariedRunHoldsItsSize(t *testing.T) {
	s, err := scenarios.Find("swim-crash")
	require.NoError(t, err)
	require.NoError(t, s.Set("servers=5-12"))
	require.NoError(t, s.Set("loss=0-5%"))
	sizes := map[int]bool{}
	for seed := range uint64(10) {
		r, err := hunt.Play(context.Background(), s, seed, stage.Options{}, nil)
		require.NoError(t, err)
		text, err := hunt.NewBundle(s, r, "build-1").Encode()
		require.NoError(t, err)
		b, err := hunt.DecodeBundle(text)
		require.NoError(t, err)
		again, err := hunt.Play(context.Background(), b.Scenario, seed, stage.Options{}, nil)
		require.NoError(t, err)
		require.Empty(t, b.Differences(again))
		sizes[b.Scenario.Servers] = true
	}
	require.Greater(t, len(sizes), 2)
}

func TestARunCanBeStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	stop := func(now clock.Time) {
		if now == clock.At(3*time.Second) {
			cancel()
		}
	}
	result, err := hunt.Play(ctx, small(t, "calm", time.Minute), 1, stage.Options{}, stop)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, world.Unknown, result.Verdict)
	require.Less(t, result.Virtual, clock.At(4*time.Second))
	require.NotZero(t, result.Events)
}
