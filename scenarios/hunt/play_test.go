package hunt_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/hunt"
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
	stepped, err := hunt.Play(context.Background(), s, 7, cluster.Options{},
		func(now clock.Time) { seen = append(seen, now) })
	require.NoError(t, err)
	require.Equal(t, cluster.Build(s, 7, cluster.Options{}).Run(), stepped)
	require.Len(t, seen, 11)
	require.Equal(t, clock.At(10500*time.Millisecond), seen[10])
}

func TestARunCanBeStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	stop := func(now clock.Time) {
		if now == clock.At(3*time.Second) {
			cancel()
		}
	}
	result, err := hunt.Play(ctx, small(t, "calm", time.Minute), 1, cluster.Options{}, stop)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, world.Unknown, result.Verdict)
	require.Less(t, result.Virtual, clock.At(4*time.Second))
	require.NotZero(t, result.Events)
}
