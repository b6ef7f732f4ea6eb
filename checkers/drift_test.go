package checkers_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
)

// A clock that runs a quarter fast shows 5 s after 4 s; one that runs a fifth slow shows 4 s after 5 s.
func TestSpansByWrongClocks(t *testing.T) {
	const slack = 2 * time.Nanosecond // by rounding
	require.Equal(t, 4*time.Second-slack, checkers.DriftPPM(250_000).Earliest(5*time.Second))
	require.Equal(t, 5*time.Second+slack, checkers.DriftPPM(200_000).Latest(4*time.Second))
	require.Equal(t, time.Second, checkers.DriftPPM(0).Earliest(time.Second))
	require.Equal(t, time.Second, checkers.DriftPPM(0).Latest(time.Second))
}
