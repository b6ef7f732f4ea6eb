package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDetectionTerms(t *testing.T) {
	config := DefaultConfig()
	require.Equal(t, DetectionTerms{
		FirstProbe: 15 * time.Second, Verdict: time.Second, Suspicion: 4 * time.Second,
	}, config.DetectionTerms(8), "each of a few finds out itself, in 2n-1 periods")
	require.Equal(t, DetectionTerms{
		FirstProbe: 25 * time.Second, Verdict: time.Second, Suspicion: 12 * time.Second,
		Spread: 16 * time.Second, Repair: 24 * time.Second,
	}, config.DetectionTerms(1000), "of many somebody does, and tells")
	require.Equal(t, 20*time.Second, config.DetectionBound(8))
	require.Equal(t, 78*time.Second, config.DetectionBound(1000))
}

// A larger group never has a smaller bound.
func TestDetectionBoundGrows(t *testing.T) {
	config := DefaultConfig()
	for n := 1; n < 3000; n++ {
		require.LessOrEqual(t, config.DetectionBound(n), config.DetectionBound(n+1), "n=%d", n)
	}
}
