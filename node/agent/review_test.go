package agent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// orphaned returns a server, ready and with two others in its group, that has taken up a result of
// origin 3, which nobody is to check. rank is the server's for the origin.
func orphaned(t *testing.T, rank int) (h *hands, s *hand) {
	h = newHands(t, 3, 5)
	h.config.Configured = h.config.Configured[:3]
	above := func(a, b node.ID) bool {
		return h.config.Placement.Score(3, a) > h.config.Placement.Score(3, b)
	}
	for id := range node.ID(3) {
		others := 0
		for other := range node.ID(3) {
			if other != id && above(other, id) {
				others++
			}
		}
		if others == rank {
			s = h.start(id)
		}
	}
	h.advance(h.config.JoinGrace)
	for id := range node.ID(3) {
		if id != s.id {
			h.hear(s, node.MemberAlive, id)
		}
	}
	s.out.Reset()
	h.take(s, written{1, 9, health.Healthy})
	require.True(t, s.holds(), "removals wait for the next input")
	h.nothing(s)
	return h, s
}

// nothing gives a server an input that tells it nothing.
func (h *hands) nothing(s *hand) { s.Receive(h.now, 1, &wire.Message{}, &s.out) }

// holds reports whether a server's replica has a result of origin 3.
func (s *hand) holds() bool { return len(s.store.AppendSiblings(nil, origin.Result(3))) > 0 }

// "They are the orphans, and whoever is first in rank for one, by its own view, removes it."
func TestTheFirstInRankRemovesOrphans(t *testing.T) {
	h, s := orphaned(t, 0)
	require.False(t, s.holds())
	require.Contains(t, s.out.Events, node.Event{Kind: node.Wrote, Subject: origin.Result(3), A: 1})
	h.take(s, written{2, 9, health.Healthy})
	h.nothing(s)
	h.nothing(s)
	require.False(t, s.holds(), "and every later one")
}

func TestOrphansAreSparedByTheOthers(t *testing.T) {
	h, s := orphaned(t, 1)
	require.True(t, s.holds())
	for id := range node.ID(3) {
		if h.config.Placement.Score(3, id) > h.config.Placement.Score(3, s.id) {
			h.hear(s, node.MemberDead, id)
		}
	}
	require.False(t, s.holds(), "now it is first")
}

// "An agent [...] only then takes part": before, what it lacks of the map may be the registration.
func TestOrphansAreSparedUntilReady(t *testing.T) {
	h := newHands(t, 3, 5)
	h.config.Configured = nil
	s := h.start(0)
	h.take(s, written{1, 9, health.Healthy})
	h.nothing(s)
	require.True(t, s.holds())
	require.False(t, s.Ready())
	h.advance(h.config.JoinGrace)
	require.False(t, s.holds())
}

// An origin that is registered again before anybody removed its result keeps it.
func TestARegisteredOriginIsNoOrphan(t *testing.T) {
	h, s := orphaned(t, 2)
	s.Register(h.now, 3, 0, &s.out)
	for id := range node.ID(3) {
		if id != s.id {
			h.hear(s, node.MemberDead, id)
		}
	}
	require.True(t, s.holds())
	require.Empty(t, s.orphans.origins)
}

// "Invariant: listed[o] exactly if origins contains o, once", whatever is added again on a visit.
func TestShortlistsListOnce(t *testing.T) {
	s := shortlist{listed: make([]bool, 10)}
	for _, o := range []uint32{4, 2, 4, 7, 2, 9} {
		s.add(o)
	}
	require.Equal(t, []uint32{4, 2, 7, 9}, s.origins)
	var visited []uint32
	s.review(1, func(o uint32) {
		visited = append(visited, o)
		if o > 5 {
			s.add(o)
		}
	})
	require.Equal(t, []uint32{2, 7, 9}, visited)
	require.Equal(t, []uint32{4, 7, 9}, s.origins)
	for o, listed := range s.listed {
		require.Equal(t, o == 4 || o == 7 || o == 9, listed)
	}
}

// A storm puts all origins on the list, and "the same origins in less memory" are on it afterwards.
func TestAShortlistGivesMemoryBack(t *testing.T) {
	const origins = 1 << 12
	list := shortlist{listed: make([]bool, origins)}
	for o := range uint32(origins) {
		list.add(o)
	}
	list.review(0, func(o uint32) {
		if o%1000 == 0 {
			list.add(o)
		}
	})
	require.Equal(t, []uint32{0, 1000, 2000, 3000, 4000}, list.origins)
	require.LessOrEqual(t, cap(list.origins), 4*(5+smallestCrowd))
}
