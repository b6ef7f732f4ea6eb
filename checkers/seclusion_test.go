package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// recluse is a checker that only keeps a seclusion, and settles it at once.
type recluse struct{ seclusion seclusion }

func (r *recluse) Watches() Kind { return secluding }

func (r *recluse) Observe(o *Observation, view View, _ *Report) {
	r.seclusion.observe(o, view)
	for _, host := range r.seclusion.changed {
		r.seclusion.settle(host, o.At)
	}
}

func TestSeclusionTakesAllThree(t *testing.T) {
	r := &recluse{newSeclusion(Origins{Count: 4}, 0)}
	s := play(t, r, 3)
	until := func(want clock.Time) {
		t.Helper()
		require.Equal(t, want, r.seclusion.until(0))
	}
	s.at(1*second).cut(1, 0)
	for origin := range uint32(4) {
		s.emit(0, node.CheckBegan, origin)
	}
	s.emit(0, node.NetworkLost, 0)
	s.at(2*second).origin(0, false)
	until(beforeStart)
	s.at(3*second).origin(1, false)
	until(clock.Never)
	s.at(4*second).origin(1, false) // is down already
	s.at(5*second).emit(0, node.CheckEnded, 0)
	until(clock.At(5 * second)) // 1 of 3
	s.at(6*second).emit(0, node.CheckEnded, 2)
	until(clock.Never)
	s.at(7*second).emit(0, node.NetworkFound, 0)
	until(clock.At(7 * second))
	s.at(8*second).emit(0, node.NetworkLost, 0)
	until(clock.Never)
	s.at(9 * second).join()
	until(clock.At(9 * second))
	s.at(10 * second).down(1)
	until(clock.At(9 * second))
	s.at(11 * second).down(2)
	until(clock.Never)
}

func TestSeclusionIsOfOneLife(t *testing.T) {
	r := &recluse{newSeclusion(Origins{Count: 1}, 0)}
	s := play(t, r, 2)
	s.at(1 * second).down(1)
	s.origin(0, false)
	s.emit(0, node.CheckBegan, 0)
	s.emit(0, node.NetworkLost, 0)
	require.Equal(t, clock.Never, r.seclusion.until(0))
	s.at(2 * second).down(0)
	s.at(3 * second).up(0)
	require.Equal(t, beforeStart, r.seclusion.until(0))
	s.emit(0, node.NetworkLost, 0)
	s.emit(0, node.CheckBegan, 0)
	require.Equal(t, clock.Never, r.seclusion.until(0))
}

// "Or with strangers only": one that was there when it left the others is company, one that starts there
// is not.
func TestSeclusionAmongStrangers(t *testing.T) {
	r := &recluse{newSeclusion(Origins{Count: 1, Seeds: []node.ID{2}}, 10*second)}
	s := play(t, r, 3)
	s.origin(0, false)
	s.at(20*second).cut(1, 0, 1)
	s.emit(0, node.CheckBegan, 0)
	s.emit(0, node.NetworkLost, 0)
	require.Equal(t, beforeStart, r.seclusion.until(0))
	s.at(25 * second).down(1)
	s.at(30 * second).up(1)
	require.Equal(t, clock.Never, r.seclusion.until(0))
	s.at(40 * second).join()
	require.Equal(t, clock.At(40*second), r.seclusion.until(0))
}
