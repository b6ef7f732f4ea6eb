package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

func TestWantedFollowsTheLastWord(t *testing.T) {
	w := newWanted(Origins{Count: 3, Configured: 1})
	order := func(at clock.Time, origin uint32, up bool) bool {
		return w.observe(&Observation{At: at, Kind: OriginRegistered, Origin: origin, Up: up})
	}
	require.True(t, order(clock.At(2*second), 2, true))
	require.False(t, order(clock.At(3*second), 2, true))
	require.True(t, order(clock.At(5*second), 0, false))
	require.False(t, order(clock.At(6*second), 1, false))
	require.Equal(t, []bool{false, false, true}, w.is)
	w.advance(clock.At(9 * second))
	require.EqualValues(t, 5e6+7e6, w.microseconds) // origin 0 from 0 to 5 s, origin 2 from 2 to 9 s
}

// "spans which follow each other add up"
func TestMicrosecondsAddUp(t *testing.T) {
	sum := int64(0)
	for at := clock.Time(0); at < 10_000; at += 400 {
		sum += microsecondsBetween(at, at+400)
	}
	require.Equal(t, microsecondsBetween(0, 10_000), sum)
	require.EqualValues(t, 10, sum)
}
