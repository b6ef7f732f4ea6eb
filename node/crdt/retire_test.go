package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// "Growth: entries = nodes x boots. 64 nodes x 1 deploy/day x 365 = 23,360 entries/yr." Here 8
// nodes restart 2,000 times, in turn, and each rewrites the quarter of 64 keys that is its own by
// then: most of a year of a deploy a day, and with the 10,000 restarts of BUTTERFLY_FULL=1 more
// than three. All collect after every other restart. There are few lives left of which a write
// survives.
func TestYearsOfRestartsTakeNoRoom(t *testing.T) {
	const nodes, keys = 8, 64
	c := newCluster(t, nodes, keys, 0)
	r := rng.Stream(1, "restarts", 0)
	longest := 0
	for turn := range rounds(2_000, 10_000) {
		who := turn % nodes
		c.replicas[who] = New(NewActor(node.ID(who), uint64(2+turn/nodes)), clusterConfig())
		c.pull(who, (who+1)%nodes)
		for range keys / 4 {
			c.replicas[who].Put(uint32(r.Intn(keys)), uint8(turn))
		}
		if turn%2 == 1 {
			c.sweep()
		}
		longest = max(longest, len(*c.replicas[who].Versions()))
	}
	require.Less(t, longest, 5*nodes, "entries of a vector")
	for _, m := range c.replicas {
		require.Equal(t, c.replicas[0].StateHash(), m.StateHash())
		require.Less(t, len(*m.Horizon()), 5*nodes)
		require.Less(t, len(m.writers.actors), 5*nodes)
		require.LessOrEqual(t, len(m.entries), keys)
		require.LessOrEqual(t, len(m.runs.slots), 8*keys)
	}
}

// sweep brings all replicas together and lets each collect what all have seen.
func (c *cluster) sweep() {
	for i := range c.replicas {
		c.pull(0, i)
	}
	for i := range c.replicas {
		c.pull(i, 0)
	}
	stable := c.replicas[0].Versions().Clone()
	for _, m := range c.replicas {
		m.Collect(&stable)
	}
}

// A life is retired when a later one is known to all, its writes are, and none survives; after the
// earlier lives of its node, not before.
func TestLivesRetireInOrder(t *testing.T) {
	m := newReplica(1, 1)
	live := func(boot uint64, key string) Actor {
		writer := newReplica(0, boot)
		require.True(t, pull(writer, m))
		writer.Put(key, "v")
		require.True(t, pull(m, writer))
		return writer.self
	}
	retired := func(life Actor) bool {
		m.Collect(m.Versions())
		requireSound(t, m)
		return m.Versions().Seq(life) == Retired
	}
	first, second := live(1, "k"), live(2, "l")
	require.False(t, retired(first), "its write survives")
	m.Put("l", "v")
	third := live(3, "m")
	require.False(t, retired(second), "the first life is not")
	m.Put("k", "v")
	m.Collect(&VersionVector{{first, 1}, {m.self, 9}})
	require.False(t, m.Versions().Seq(first) == Retired, "nobody need know of a later life")
	require.True(t, retired(first) && retired(second))
	require.False(t, retired(third), "there is no later one")
	require.Len(t, *m.Versions(), 3)
	require.Len(t, m.writers.free, 2, "their numbers are free")
	live(4, "m")
	require.Len(t, m.writers.actors, 4)
}

// A replica that knows nothing of a retirement learns it with the next answer, which is an ordinary
// one, and applies no single writes of those who know before that.
func TestRetirementSpreads(t *testing.T) {
	s := newStory().play("w(A) p(B<-A) p(C<-A) w(B) p(C<-B) crash(A) w(A,x) p(B<-A) p(C<-A) gc(B)")
	b, c := s.replicas[1], s.replicas[2]
	first := NewActor(0, 0)
	require.Equal(t, uint64(Retired), b.Versions().Seq(first))
	require.True(t, c.Versions().CoversAll(b.Horizon()))
	var mutation, delta testDelta
	b.Mutation("k", &mutation)
	require.False(t, c.Apply(&mutation, nil), "it does not show what of the life it overwrote")
	b.Answer(contextOf(c), 1, &delta)
	require.False(t, delta.Whole)
	require.True(t, c.Apply(&delta, nil))
	require.True(t, c.Apply(&mutation, nil))
	require.Equal(t, uint64(Retired), c.Versions().Seq(first))
	require.Nil(t, c.writers.journal(first))
	requireSound(t, c)
	requireSame(t, b, c)
}

// lost lets C alone see a second write of A's first life, and the others retire that life.
const lost = "w(C) p(A<-C) p(B<-C) w(A,x) p(B<-A) w(A,k) p(C<-A) crash(A) p(A<-B) w(A,x) p(B<-A)"

// What a replica that was cut off alone has seen of a life that the others have retired is lost; so
// is that it overwrote anything. All agree on what was before, in whatever order they meet.
func TestWritesOfRetiredLivesAreLost(t *testing.T) {
	for _, meeting := range []string{
		"p(C<-B)", "p(B<-C)", "p(B<-C) p(C<-B)", "p(A<-B) p(A<-C) p(C<-A)", "p(A<-C) p(B<-C)",
	} {
		s := newStory().play(lost + " gc(B)")
		require.Equal(t, uint64(Retired), s.replicas[1].Versions().Seq(NewActor(0, 0)))
		require.Equal(t, "c1 c1 a2", s.read("k"))
		s.replicas[2].Put("own", "of c")
		s.play(meeting).settle().requireConverged(t, "k", "c1")
		s.requireConverged(t, "own", "of c")
	}
}

// Unless it brings all it has: C has what it saw from before the others agreed.
func TestApplyRefusesMoreOfARetiredLife(t *testing.T) {
	s := newStory().play(lost)
	b, c := s.replicas[1], s.replicas[2]
	var late, whole testDelta
	c.Answer(contextOf(b), 0, &late)
	s.collect(b)
	require.False(t, b.Apply(&late, nil), "c has seen more of a life that b has retired")
	b.Answer(contextOf(c), 0, &whole)
	require.True(t, whole.Whole)
	require.True(t, c.Apply(&whole, nil))
	s.settle().requireConverged(t, "k", "c1")

	own := newReplica(0, 0)
	require.False(t, own.Apply(&whole, nil), "nobody retires the living")
}

// Also if it shows only in an entry, beyond the vector of its answer: C has a single write of the
// life, which overwrote what the others still read.
func TestApplyRefusesALoneWriteOfARetiredLife(t *testing.T) {
	s := newStory().play("w(C) p(A<-C) p(B<-C) w(A,x) p(B<-A) w(A,y) w(A,k)")
	b, c := s.replicas[1], s.replicas[2]
	var lone, late testDelta
	s.replicas[0].Mutation("k", &lone)
	require.True(t, c.Apply(&lone, nil))
	c.Answer(contextOf(b), 0, &late)
	s.play("crash(A) p(A<-B) w(A,x) p(B<-A) gc(B)")
	require.False(t, b.Apply(&late, nil))
	require.Equal(t, "c1 c1 a3", s.read("k"))
	s.settle().requireConverged(t, "k", "c1")
}

// Retiring a life covers all before it, so one of these of which only the cloud has something keeps
// it from that.
func TestALoneWriteKeepsLaterLivesFromRetiring(t *testing.T) {
	s := newStory().play("w(A,x) w(A,k)")
	a, b := s.replicas[0], s.replicas[1]
	var lone testDelta
	a.Mutation("k", &lone)
	require.True(t, b.Apply(&lone, nil))
	s.play("crash(A) w(A,x) p(B<-A) crash(A) p(A<-B) w(A,x) p(B<-A) gc(B)")
	require.Equal(t, VersionVector{{NewActor(0, 1), 1}, {NewActor(0, 2), 1}}, *b.Versions())
	requireSound(t, b)
	s.play("w(B,k) gc(B)")
	require.Equal(t, uint64(1), b.Versions().Seq(NewActor(0, 1)), "the write has been overwritten")
}

// Who has retired one life and hears of a later one's retirement knows by its horizon how much it
// had seen of the later one, and no more: it is not one that all have retired.
func TestLivesAreBuriedOneAfterAnother(t *testing.T) {
	s := newStory()
	b, c := s.replicas[1], s.replicas[2]
	s.collect = func(m *testMap) {
		m.Collect(&VersionVector{{NewActor(0, 0), 1}, {NewActor(0, 1), 1}, {NewActor(0, 2), 1}})
	}
	s.play("w(A,x) p(B<-A) p(C<-B) crash(A) p(A<-B) w(A,x) p(B<-A) p(C<-B) gc(B) p(C<-B)")
	require.Equal(t, VersionVector{{NewActor(0, 0), Retired}, {NewActor(0, 1), 1}}, *c.Versions())
	s.play("crash(A) p(A<-B) w(A,x) p(B<-A) p(C<-B) gc(B) p(C<-B)")
	require.Equal(t, VersionVector{{NewActor(0, 1), Retired}, {NewActor(0, 2), 1}}, *c.Versions())
	require.Equal(t, VersionVector{{NewActor(0, 0), 1}, {NewActor(0, 1), 1}}, *c.Horizon())
	requireSame(t, b, c)
}
