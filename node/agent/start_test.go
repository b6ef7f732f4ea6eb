package agent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/swim"
)

// "If nobody answers, [...] it waits for JoinGrace and then begins: alone is a cluster too."
func TestAloneItBeginsAfterTheGrace(t *testing.T) {
	h := newHands(t, 3, 10)
	s := h.start(0)
	h.advance(h.config.JoinGrace - 1)
	require.False(t, s.Ready())
	require.Empty(t, s.probed, "an agent checks nothing before it is ready (invariant 1)")
	h.advance(1)
	require.True(t, s.Ready())
	require.Equal(t, 1, s.saw(node.Ready))
	h.advance(h.interval())
	require.Len(t, s.probed, 10, "and then it checks all origins")
	require.Zero(t, s.pulls, "there is nobody to pull from")
}

// "... or nobody has a record yet because all are starting": an empty map is no reason to begin.
func TestColdStartWaitsForTheGrace(t *testing.T) {
	h := newHands(t, 3, 10)
	for id := range node.ID(3) {
		h.start(id)
	}
	h.advance(h.config.JoinGrace - 1)
	for _, s := range h.all {
		require.True(t, s.swim.Joined())
		require.Positive(t, s.pulls)
		require.False(t, s.Ready())
	}
	h.advance(1)
	for _, s := range h.all {
		require.True(t, s.Ready())
		require.Equal(t, 1, s.saw(node.Ready))
	}
}

// "It joins through any of its seeds, gets the map from a member, and only then takes part in the
// checking, so that a server that comes back does not check all origins as if it were alone."
func TestNewcomerBeginsWithTheMap(t *testing.T) {
	h := newHands(t, 4, 200)
	for id := range node.ID(3) {
		h.start(id)
	}
	h.advance(10 * time.Second)
	began := h.now
	s := h.start(3)
	require.False(t, s.Ready())
	for !s.Ready() {
		h.advance(10 * time.Millisecond)
	}
	require.Less(t, h.now.Sub(began), 2*h.config.Gossip.Period, "no need to wait for the grace")
	require.Equal(t, 1, s.pulls)
	require.Less(t, s.checks.CheckingCount(), 200*2/3, "it checks a share, not everything")
	require.Positive(t, s.checks.CheckingCount())
}

// "Incarnations and the dots of the map carry [the generation], so that a life never continues the
// numbering of an earlier one": even of one that began at the same instant.
func TestRestartBeginsANewGeneration(t *testing.T) {
	h := newHands(t, 1, 1)
	s := h.start(0)
	first := s.swim.Generation()
	require.NotEmpty(t, s.disk)
	s = h.start(0)
	second := s.swim.Generation()
	require.Greater(t, second, first)
	s = h.start(0)
	require.Greater(t, s.swim.Generation(), second)
	h.advance(h.config.JoinGrace + 2*h.interval())
	record, found := s.result(0)
	require.True(t, found)
	require.Equal(t, s.swim.Generation(), record.Dot.Actor.Boot())
}

// A server that leaves "goes on checking: whoever takes over has to hear of it first".
func TestLeaveHandsOverWithoutAGap(t *testing.T) {
	h := newHands(t, 3, 60)
	h.startAll()
	h.advance(30 * time.Second)
	for origin, count := range h.checking() {
		require.Equal(t, 1, count, "origin %d", origin)
	}
	s := h.all[2]
	mine := s.checks.CheckingCount()
	require.Positive(t, mine)
	s.Leave(h.now, &s.out)
	h.settle()
	require.Equal(t, mine, s.checks.CheckingCount())
	require.Equal(t, swim.Left, h.all[0].swim.State(2))
	for range 500 {
		h.advance(10 * time.Millisecond)
		for origin, count := range h.checking() {
			require.Positive(t, count, "origin %d", origin)
		}
	}
	require.Equal(t, 60, h.all[0].checks.CheckingCount()+h.all[1].checks.CheckingCount())
}

// Equal construction and equal inputs give equal effects, so the digests are equal too; and they
// tell states apart.
func TestDigestTellsStatesApart(t *testing.T) {
	run := func(d time.Duration) uint64 {
		h := newHands(t, 2, 10)
		h.startAll()
		h.advance(d)
		h.all[0].down = true
		h.advance(d)
		return h.all[0].Digest()
	}
	require.Equal(t, run(20*time.Second), run(20*time.Second))
	h := newHands(t, 2, 10)
	fresh := h.start(0).Digest()
	require.NotEqual(t, fresh, run(20*time.Second))
}

func TestTimersAreDistinct(t *testing.T) {
	require.LessOrEqual(t, int(timerGrace), node.MaxTimers-1)
	require.GreaterOrEqual(t, int(timerGossip), swim.Timers)
}
