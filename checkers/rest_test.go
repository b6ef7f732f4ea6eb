package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

func TestRestBeginsABoundAfterTheLastDisturbance(t *testing.T) {
	r := rest{bound: 5 * second}
	require.False(t, r.demanded(clock.At(100*second)), "no fault was ever declared over")

	r.observe(&Observation{Kind: Healed, At: clock.At(10 * second)})
	require.False(t, r.demanded(clock.At(15*second)-1))
	require.True(t, r.demanded(clock.At(15*second)))

	for _, kind := range []Kind{HostUp, HostDown, Reachability} {
		r.observe(&Observation{Kind: kind, At: clock.At(20 * second)})
		require.False(t, r.demanded(clock.At(25*second)-1))
		require.True(t, r.demanded(clock.At(25*second)))
		r.calm = 0
	}
	r.observe(&Observation{Kind: ProbeStarted | Event | OriginChanged, At: clock.At(30 * second)})
	require.True(t, r.demanded(clock.At(30*second)), "not a disturbance")
}

func TestRestBeginsOncePerDisturbance(t *testing.T) {
	r := rest{bound: 5 * second, healed: true}
	require.False(t, r.begins(clock.At(4*second)))
	require.True(t, r.begins(clock.At(7*second)))
	require.False(t, r.begins(clock.At(8*second)))
	r.disturb(clock.At(9 * second))
	require.False(t, r.begins(clock.At(13*second)))
	require.True(t, r.begins(clock.At(14*second)))
}
