package gossip

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/crdt"
)

// sweeping returns server 0 of a group of count, which has written once: that is its candidate.
func sweeping(t testing.TB, count int) *server {
	s := begin(t, aligned(PullMode), 0, 1, count)
	s.store.Put(1, 1)
	s.Start(0, sink{&s.out})
	s.out = effects{}
	return s
}

// hears lets a server hear what a peer has seen, in a pull.
func (s *server) hears(from node.ID, vector ...crdt.Dot) {
	var reply message
	s.Serve(0, from, &message{Kind: Pull, Seen: crdt.CausalContext{Vector: vector}}, &reply)
}

// dot is write seq of life boot of a server.
func dot(id node.ID, boot, seq uint64) crdt.Dot {
	return crdt.Dot{Actor: crdt.NewActor(id, boot), Seq: seq}
}

// "When every present peer counts, the candidate is stable: Collect is called with it and the next
// sweep begins."
func TestASweepIsCompleteWhenAllHaveSeenTheCandidate(t *testing.T) {
	s := sweeping(t, 4)
	own := dot(0, 1, 1)
	s.hears(1, own)
	s.hears(1, own)
	s.hears(3, own)
	s.hears(2)
	s.store.Put(2, 2)
	require.Empty(t, s.store.collected)
	s.hears(2, own)
	require.Equal(t, []crdt.VersionVector{{own}}, s.store.collected, "and not what came later")

	later := dot(0, 1, 2)
	for _, peer := range []node.ID{1, 2, 3} {
		require.Len(t, s.store.collected, 1)
		s.hears(peer, later)
	}
	require.Equal(t, []crdt.VersionVector{{own}, {later}}, s.store.collected)
}

// "Every Seen that a node hears, in requests and replies, tells it something".
func TestRepliesAreHeard(t *testing.T) {
	for _, mode := range []Mode{PushMode, PushPullMode} {
		s := begin(t, aligned(mode), 0, 1, 2)
		s.store.Put(1, 1)
		s.Start(0, sink{&s.out})
		s.store.Put(2, 2)
		s.out = effects{}
		call := s.round(0)[0]
		reply := &message{Kind: Answer, Lacks: true}
		reply.Seen.Vector = crdt.VersionVector{dot(0, 1, 1)}
		s.Returned(0, 1, call.ID, reply, sink{&s.out})
		require.Equal(t, []crdt.VersionVector{{dot(0, 1, 1)}}, s.store.collected)
	}
}

// It is the peers present at the end that have to count.
func TestPeersThatComeAndGoDuringASweep(t *testing.T) {
	s := sweeping(t, 3)
	own := dot(0, 1, 1)
	s.hears(1, own)
	*s.roster = roster{1, 2, 3}
	s.hears(2, own)
	require.Empty(t, s.store.collected, "server 3 has come")
	*s.roster = roster{1, 2}
	s.hears(1, own)
	require.Len(t, s.store.collected, 1, "and has gone")
}

// A peer counts by what was "last heard": a new life of it begins with nothing.
func TestARestartedPeerIsAskedAgain(t *testing.T) {
	s := sweeping(t, 3)
	own := dot(0, 1, 1)
	s.hears(1, own)
	s.hears(1)
	s.hears(2, own)
	require.Empty(t, s.store.collected)
	s.hears(1, own)
	require.Len(t, s.store.collected, 1)
}

// "A node that is alone is rather cut off than the last one: it completes nothing."
func TestALonelyNodeCollectsNothing(t *testing.T) {
	s := sweeping(t, 3)
	*s.roster = nil
	s.hears(1, dot(0, 1, 1))
	require.Empty(t, s.store.collected)
}

func TestWithoutCollectNothingIsCollected(t *testing.T) {
	config := aligned(PullMode)
	config.Collect = false
	s := begin(t, config, 0, 1, 2)
	s.store.Put(1, 1)
	s.hears(1, dot(0, 1, 1))
	require.Empty(t, s.store.collected)
}

// "has nothing more of a closed life, one with a later life of its node in the candidate".
func TestMoreOfAClosedLifeExceeds(t *testing.T) {
	candidate := crdt.VersionVector{dot(1, 5, 3), dot(1, 7, 1), dot(2, 4, 9)}
	for name, c := range map[string]struct {
		heard    crdt.CausalContext
		exceeded bool
	}{
		"the same":               {crdt.CausalContext{Vector: candidate}, false},
		"less":                   {crdt.CausalContext{Vector: candidate[1:]}, false},
		"more of an open life":   {vectorOf(dot(1, 7, 9), dot(2, 4, 10)), false},
		"a later life":           {vectorOf(dot(1, 8, 1), dot(2, 5, 1), dot(3, 1, 1)), false},
		"more of a closed life":  {vectorOf(dot(1, 5, 4)), true},
		"an earlier closed life": {vectorOf(dot(1, 4, 1)), true},
		"a life in between":      {vectorOf(dot(1, 6, 1)), true},
		"an earlier life":        {vectorOf(dot(2, 3, 1)), true},
		"a dot ahead of it":      {crdt.CausalContext{Cloud: []crdt.Dot{dot(1, 5, 5)}}, true},
		"a dot of an open life":  {crdt.CausalContext{Cloud: []crdt.Dot{dot(1, 7, 5)}}, false},
		"a retired life":         {vectorOf(dot(1, 5, math.MaxUint64)), false},
	} {
		s := sweep{candidate: candidate}
		require.Equal(t, c.exceeded, s.exceeded(&c.heard), name)
	}
}

func vectorOf(dots ...crdt.Dot) crdt.CausalContext { return crdt.CausalContext{Vector: dots} }

// exceeded against its definition.
func TestExceededIsWhatItSays(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) (v crdt.VersionVector) {
		for range rapid.IntRange(0, 8).Draw(t, "dots") {
			id := node.ID(rapid.IntRange(0, 2).Draw(t, "node"))
			v.Advance(dot(id, rapid.Uint64Range(0, 3).Draw(t, "boot"),
				rapid.Uint64Range(1, 3).Draw(t, "seq")))
		}
		return v
	})
	rapid.Check(t, func(t *rapid.T) {
		s := sweep{candidate: draw.Draw(t, "candidate")}
		heard := crdt.CausalContext{Vector: draw.Draw(t, "heard")}
		want := false
		for _, dot := range heard.Vector {
			for _, later := range s.candidate {
				closed := later.Actor > dot.Actor && later.Actor.Node() == dot.Actor.Node()
				want = want || closed && !s.candidate.Covers(dot)
			}
		}
		require.Equal(t, want, s.exceeded(&heard))
	})
}

// "When a Seen has more of a closed life, the sweep begins anew": nobody counts then, and who said so
// does not before the candidate has it too.
func TestASweepThatBeginsAnewForgetsWhoCounted(t *testing.T) {
	s := begin(t, aligned(PullMode), 0, 2, 3)
	s.store.Put(1, 1)
	s.Start(0, sink{&s.out})
	own := dot(0, 2, 1)
	s.hears(1, own)
	s.hears(2, dot(0, 1, 7), own)
	require.Empty(t, s.store.collected, "server 2 has seen more of life 1 of server 0")
	s.hears(1, own)
	require.Empty(t, s.store.collected)
	s.hears(1, own)
	s.hears(2, own)
	require.Len(t, s.store.collected, 1)
}

// "What a sweep collects, every peer has seen. And none has seen more of a closed life", in any run
// in which nobody restarts meanwhile. Before, servers have restarted in the middle of spreading what
// their earlier lives wrote.
func TestWhatIsCollectedEverybodyHasSeen(t *testing.T) {
	const servers = 4
	collections := 0
	rapid.Check(t, func(rt *rapid.T) {
		mode := Mode(rapid.IntRange(0, 2).Draw(rt, "mode"))
		g := newGroup(t, aligned(mode), servers)
		for step, id := range rapid.SliceOfN(rapid.IntRange(0, 3*servers-1), 20, 40).Draw(rt, "first") {
			g.stir(step, id, mode)
		}
		for _, s := range g.all {
			s.sweep.begin(s.store.Versions())
			s.store.collected = nil
		}
		for step, id := range rapid.SliceOfN(rapid.IntRange(0, 3*servers-1), 60, 120).Draw(rt, "then") {
			if id/servers == 0 && step%3 == 0 {
				g.all[id].store.Put(uint32(step%5), uint64(step))
			}
			g.round(id % servers)
			collections += g.requireStable(rt)
		}
	})
	require.Greater(t, collections, 100, "nothing was tested")
}

// stir writes at a server, restarts it or lets it begin a round.
func (g *group) stir(step, event int, mode Mode) {
	id := event % len(g.all)
	switch event / len(g.all) {
	case 0:
		g.all[id] = begin(g.t, aligned(mode), node.ID(id), uint64(2+step), len(g.all))
	case 1:
		g.all[id].store.Put(uint32(step%5), uint64(step))
	case 2:
		g.round(id)
	}
}

// requireStable checks what servers have collected since the last time against what all have seen.
func (g *group) requireStable(t *rapid.T) (collections int) {
	for _, s := range g.all {
		for _, stable := range s.store.collected {
			collections++
			for _, other := range g.all {
				seen := other.seen()
				require.True(t, seen.Vector.CoversAll(&stable), "%d has not seen it", other.id)
				require.False(t, (&sweep{candidate: stable}).exceeded(&seen), "%d", other.id)
			}
		}
		s.store.collected = nil
	}
	return collections
}
