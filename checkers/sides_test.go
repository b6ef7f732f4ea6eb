package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// tracker is a checker that only keeps sides.
type tracker struct{ sides sides }

func (k *tracker) Watches() Kind { return topology }

func (k *tracker) Observe(o *Observation, view View, _ *Report) {
	k.sides.fit(view.Hosts())
	switch o.Kind {
	case HostUp:
		k.sides.hostUp(o.Host, o.At)
	case HostDown:
		k.sides.hostDown(o.Host)
	case Reachability:
		k.sides.change(view, o.At)
	}
}

func TestSidesAreDisturbedByCutsAndJoinsAlone(t *testing.T) {
	k := new(tracker)
	s := play(t, k, 6)
	disturbed := func(seconds ...int) {
		t.Helper()
		for host, second := range seconds {
			require.Equal(t, clock.Time(second)*1e9, k.sides.disturbed[host], "host %d", host)
		}
	}
	s.at(1 * second).down(5)
	s.at(2 * second).up(5)
	disturbed(0, 0, 0, 0, 0, 0)
	s.at(3*second).cut(1, 3, 4, 5)
	disturbed(3, 3, 3, 3, 3, 3)
	s.at(4*second).cut(2, 5) // cuts the second half, and leaves the first alone
	disturbed(3, 3, 3, 4, 4, 4)
	s.at(5 * second).down(0) // sides are numbered anew
	disturbed(3, 3, 3, 4, 4, 4)
	s.at(6*second).cut(1, 5) // joins it again
	disturbed(3, 3, 3, 6, 6, 6)
	s.at(7 * second).up(0)
	s.at(8*second).cut(1, 2) // moves host 2 from one side to the other
	disturbed(8, 8, 8, 8, 8, 8)
}

func TestSidesKnowWhoIsTogetherAndSinceWhen(t *testing.T) {
	k := new(tracker)
	s := play(t, k, 3)
	s.at(1*second).cut(1, 2)
	require.True(t, k.sides.together(0, 1))
	require.False(t, k.sides.together(1, 2))
	s.at(2 * second).down(1)
	require.False(t, k.sides.together(0, 1))
	require.False(t, k.sides.together(1, 1))
	s.at(3 * second).up(1)
	require.Equal(t, clock.At(3*second), k.sides.undisturbedSince(node.ID(1)))
	require.Equal(t, clock.At(1*second), k.sides.undisturbedSince(node.ID(2)))
}
