package gossip

import (
	"math"
	"slices"
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

// "When a Seen has more of a closed life than the candidate, this life and the closed ones after it
// are taken out of the candidate": here the first n of node 1, whose last life is open.
func TestClosedLivesOfWhichThereIsMoreAreSpared(t *testing.T) {
	candidate := crdt.VersionVector{dot(1, 3, 2), dot(1, 5, 3), dot(1, 7, 1), dot(2, 4, 9)}
	without := func(lives ...int) (v crdt.VersionVector) {
		for i, dot := range candidate {
			if !slices.Contains(lives, i) {
				v = append(v, dot)
			}
		}
		return v
	}
	for name, c := range map[string]struct {
		heard []crdt.Dot
		left  crdt.VersionVector
	}{
		"the same":              {candidate, candidate},
		"less":                  {candidate[2:], candidate},
		"more of an open life":  {[]crdt.Dot{dot(1, 7, 9), dot(2, 4, 10)}, candidate},
		"a later life":          {[]crdt.Dot{dot(1, 8, 1), dot(2, 5, 1), dot(3, 1, 1)}, candidate},
		"before an open life":   {[]crdt.Dot{dot(1, 6, 1), dot(2, 3, 1)}, candidate},
		"a retired life":        {[]crdt.Dot{dot(1, 5, math.MaxUint64)}, candidate},
		"more of the first":     {[]crdt.Dot{dot(1, 3, 4)}, without(0, 1)},
		"more of the second":    {[]crdt.Dot{dot(1, 5, 4)}, without(1)},
		"before the first":      {[]crdt.Dot{dot(1, 2, 1)}, without(0, 1)},
		"between the two":       {[]crdt.Dot{dot(1, 4, 1)}, without(1)},
		"several dots of a one": {[]crdt.Dot{dot(1, 5, 5), dot(1, 5, 7)}, without(1)},
	} {
		s := sweep{candidate: candidate.Clone()}
		s.spare(c.heard)
		require.Equal(t, c.left, s.candidate, name)
	}
}

// spared is what is said of the candidate, by definition: nothing in it may be retired of which, or
// of what was before, more was seen.
func spared(candidate crdt.VersionVector, seen []crdt.Dot) bool {
	for _, dot := range seen {
		for i, life := range candidate {
			closed := i+1 < len(candidate) && candidate[i+1].Actor.Node() == life.Actor.Node()
			before := dot.Actor.Node() == life.Actor.Node() && dot.Actor <= life.Actor
			if closed && before && dot.Seq != crdt.Retired && !candidate.Covers(dot) {
				return false
			}
		}
	}
	return true
}

// No life is spared that need not be.
func TestSparesWhatItSays(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) (v crdt.VersionVector) {
		for range rapid.IntRange(0, 8).Draw(t, "dots") {
			id := node.ID(rapid.IntRange(0, 2).Draw(t, "node"))
			v.Advance(dot(id, rapid.Uint64Range(0, 3).Draw(t, "boot"),
				rapid.Uint64Range(1, 3).Draw(t, "seq")))
		}
		return v
	})
	rapid.Check(t, func(t *rapid.T) {
		candidate, seen := draw.Draw(t, "candidate"), draw.Draw(t, "seen")
		s := sweep{candidate: candidate.Clone()}
		s.spare(seen)
		require.True(t, spared(s.candidate, seen))
		require.True(t, candidate.CoversAll(&s.candidate))
		if spared(candidate, seen) {
			require.Equal(t, candidate.Clone(), s.candidate)
		}
	})
}

// "The sweep does without it": of life 1 of server 0 there is only a dot beyond a gap left. All
// else is collected, in this sweep and in all others.
func TestALostWriteHoldsNothingUp(t *testing.T) {
	s := begin(t, aligned(PullMode), 0, 2, 3)
	s.store.Put(1, 1)
	s.Start(0, sink{&s.out})
	own, ahead := dot(0, 2, 1), []crdt.Dot{dot(0, 1, 7)}
	for sweeps := range 3 {
		require.Len(t, s.store.collected, sweeps)
		for _, peer := range []node.ID{1, 2} {
			seen, reply := crdt.CausalContext{Vector: crdt.VersionVector{own}, Cloud: ahead}, message{}
			s.Serve(0, peer, &message{Kind: Pull, Seen: seen}, &reply)
		}
	}
	require.Equal(t, crdt.VersionVector{own}, s.store.collected[2])
}

// "What a sweep collects, every peer has seen. And none has seen more of a closed life in it", in
// any run in which nobody restarts meanwhile. Before, servers have restarted in the middle of
// spreading what their earlier lives wrote.
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
			s.sweep.begin(s.store.Versions(), true)
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
				require.True(t, spared(stable, seen.Vector) && spared(stable, seen.Cloud))
			}
		}
		s.store.collected = nil
	}
	return collections
}
