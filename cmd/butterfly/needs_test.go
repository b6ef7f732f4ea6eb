package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestADurationIsStretchedToWholeMinutes(t *testing.T) {
	for _, c := range []struct{ duration, healed, settle, want time.Duration }{
		{10 * time.Minute, 6 * time.Minute, 4 * time.Minute, 0},
		{10 * time.Minute, 6 * time.Minute, 5 * time.Minute, 13 * time.Minute}, // 12.5
		{time.Minute, 0, 2 * time.Minute, 2 * time.Minute},
		{time.Minute, time.Minute, 90 * time.Second, 3 * time.Minute}, // 2.5
	} {
		require.Equal(t, c.want, stretched(c.duration, c.healed, c.settle), "%+v", c)
	}
}

// What is asked for is enough, and asking leaves the scenario as it was.
func TestARunThatIsTooShortIsToldHowLongWouldDo(t *testing.T) {
	for seed := range uint64(20) {
		s, err := scenarios.Find(scenarios.Default)
		require.NoError(t, err)
		require.NoError(t, s.Set("duration=30s"))
		from := s.Storm.From
		need := enough(s, seed)
		require.Positive(t, need)
		require.Equal(t, from, s.Storm.From)
		require.Zero(t, enough(lasting(s, need), seed))
	}
}
