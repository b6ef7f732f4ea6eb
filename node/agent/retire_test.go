package agent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
)

// retires is how long three servers need to retire a life, generously: a sweep takes seconds.
const retires = time.Minute

// requireRetired demands that those servers that run have retired a life, or that none has.
func (h *hands) requireRetired(life crdt.Actor, want bool) {
	for _, s := range h.all {
		if s.Agent != nil && !s.deaf {
			retired := s.store.Versions().Seq(life) == crdt.Retired
			require.Equal(h.t, want, retired, "server %d", s.id)
		}
	}
}

// restart begins another life of a server and returns its last one.
func (h *hands) restart(id node.ID) (last crdt.Actor) {
	last = h.all[id].Actor()
	h.start(id)
	return last
}

// die cuts a server off, and plays until it is dead to the others.
func (h *hands) die(id node.ID) {
	h.all[id].deaf = true
	terms := h.config.Swim.DetectionTerms(len(h.all))
	h.advance(terms.Total())
}

// "No write that a running server holds is lost by retirement, whatever parts the network falls
// into and for however long": server 2 alone has heard of a registration when it is cut off and
// server 1, where it was made, begins anew.
func TestARegistrationHeardOfOnTheOtherSideSurvives(t *testing.T) {
	h := newOperated(t, 3, 10)
	h.all[0].deaf = true
	h.register(1, 10, 0)
	h.advance(3 * time.Second)
	_, known := h.all[2].Known(10)
	require.True(t, known)

	h.all[0].deaf, h.all[2].deaf = false, true
	last := h.restart(1)
	h.advance(5 * time.Minute)
	_, known = h.all[0].Known(10)
	require.False(t, known)
	h.all[2].deaf = false
	h.advance(time.Minute)
	h.requireKnown(10, 0, true)
	h.requireRetired(last, false)

	h.register(0, 10, 0)
	h.advance(retires)
	h.requireRetired(last, true)
}

// "Retired once every server of the placement has been in the group, or has left": one that is dead
// is waited for, even when it is forgotten, and so is one that has never been there.
func TestLivesAreRetiredWhenEverybodyIsThere(t *testing.T) {
	h := newOperated(t, 3, 10)
	h.die(2)
	last := h.restart(1)
	h.advance(h.config.Swim.DeadRetention + 5*time.Minute)
	require.Equal(t, 1, h.all[0].saw(node.MemberForgotten))
	h.requireRetired(last, false)
	h.start(2)
	h.advance(retires)
	h.requireRetired(last, true)

	h = newHands(t, 3, 10)
	h.start(0)
	h.start(1)
	h.advance(30 * time.Second)
	last = h.restart(1)
	h.advance(5 * time.Minute)
	h.requireRetired(last, false)
	h.start(2)
	h.advance(retires)
	h.requireRetired(last, true)
}

// A server that has left is not waited for, nor when it has been forgotten: the second life that is
// retired is so by server 0, which remembers, and server 1, which never knew, takes it over.
func TestWhoLeavesIsNotWaitedFor(t *testing.T) {
	h := newOperated(t, 3, 10)
	leaver := h.all[2]
	leaver.Leave(h.now, &leaver.out)
	h.advance(10 * time.Second)
	leaver.deaf = true
	last := h.restart(1)
	h.advance(retires)
	h.requireRetired(last, true)

	h.advance(h.config.Swim.DeadRetention)
	require.Equal(t, 1, h.all[0].saw(node.MemberForgotten))
	last = h.restart(1)
	h.advance(retires)
	h.requireRetired(last, true)
}
