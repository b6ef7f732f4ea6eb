package crdt

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/rng"
)

// "Tombstones are collected only when causally stable over the membership": the slot that a write
// overwrote goes when all have seen both, no sooner.
func TestCollectsWhatIsStable(t *testing.T) {
	a, b := newReplica(0, 1), newReplica(1, 1)
	a.Put("k", "a1")
	require.True(t, pull(b, a))
	b.Put("k", "b1")
	require.True(t, pull(a, b))

	a.Collect(&VersionVector{{a.self, 1}})
	require.Equal(t, int32(2), a.entries[0].size, "b's write is not stable yet")
	require.Equal(t, VersionVector{{a.self, 1}}, *a.Horizon())
	a.Collect(&VersionVector{{a.self, 1}, {b.self, 9}})
	require.Equal(t, int32(1), a.entries[0].size)
	require.Equal(t, VersionVector{{a.self, 1}, {b.self, 1}}, *a.Horizon(), "no more than was seen")
	requireSound(t, a)
	requireSame(t, a, b)
	require.True(t, pull(a, b) && pull(b, a))
	requireSame(t, a, b)
}

// Of a removed key that is stable nothing is left, and its place is used again.
func TestCollectedKeysLeaveNothing(t *testing.T) {
	m := newReplica(0, 1)
	for i := range 1_000 {
		key := strconv.Itoa(i)
		m.Put(key, "v")
		m.Remove(key)
		m.Collect(m.Versions())
	}
	require.Len(t, m.entries, 1)
	require.Equal(t, 0, m.index.keys)
	require.Len(t, m.index.cells, 8)
	require.Less(t, cap(m.writers.journals[ownNumber].records), 20)
	requireSound(t, m)
}

// What a storm of writes took is given back once it is collected, whatever of it survives: here six
// writers follow each other on every key, and then four write the first ten at a time.
func TestCollectionGivesMemoryBack(t *testing.T) {
	const keys, contested = 1_000, 10
	c := newCluster(t, 8, keys, 6)
	require.Greater(t, cap(c.replicas[0].runs.slots), 2*keys)
	for k := range uint32(contested) {
		for _, writer := range c.replicas[:4] {
			writer.Put(k, 1)
		}
	}
	c.sweep()
	for _, m := range c.replicas {
		require.Equal(t, c.replicas[0].StateHash(), m.StateHash())
		require.Len(t, m.Siblings(0), 4)
		require.Equal(t, 2*contested, cap(m.runs.slots))
		records := 0
		for _, j := range m.writers.journals {
			records += cap(j.records)
		}
		require.Less(t, records, 2*keys)
	}
}

// Collecting costs what has become stable: of 100,000 keys all others are made unreadable.
func TestCollectTouchesOnlyWhatHasBecomeStable(t *testing.T) {
	a, _ := largePair(t, 100_000)
	a.Collect(a.Versions())
	for k := range uint32(10) {
		a.Put(k, 1)
	}
	for i := range a.entries {
		if e := &a.entries[i]; e.key >= 10 {
			e.few[0].actor = 1 << 31
		}
	}
	a.Collect(a.Versions())
	for k := range uint32(10) {
		f, _ := a.find(k)
		require.Equal(t, int32(1), a.entries[f.place].size)
	}
}

// "A replica that returns from beyond that horizon is resynchronised, not trusted." What it wrote
// itself survives, also on top of what is gone.
func TestReturnFromBeyondTheHorizon(t *testing.T) {
	s := newStory().play("w(A,k) w(A,l) w(A,m) p(B<-A) p(C<-A) r(A,k) w(A,m) p(B<-A) gc(A) gc(B)")
	a, b, c := s.replicas[0], s.replicas[1], s.replicas[2]
	c.Put("l", "c1")
	require.True(t, pull(a, c))
	require.Equal(t, "- - a1", s.read("k"), "k has not come back")
	require.Equal(t, "c1 a2 c1", s.read("l"))

	var delta testDelta
	b.Answer(contextOf(c), 1, &delta)
	require.True(t, delta.Whole)
	require.Len(t, delta.Entries, 2, "whatever the limit")
	var changed []string
	require.True(t, c.Apply(&delta, func(key string) { changed = append(changed, key) }))
	require.ElementsMatch(t, []string{"m", "k"}, changed)
	require.Equal(t, "- - -", s.read("k"))
	s.settle().requireConverged(t, "l", "c1")
	b.Answer(contextOf(c), 1, &delta)
	require.False(t, delta.Whole, "it is one of them again")
}

// Two groups that collected without each other, each believing to be all there is, agree: in
// whatever order and direction they meet first.
func TestGroupsThatCollectedApartAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newUniverse(t, 4)
		u.run(drawPlan(t, 20)).meet()
		left, right := u.replicas[:2], u.replicas[2:]
		for _, group := range [][]*testMap{left, right} {
			for i, e := range drawPlan(t, 30) {
				m, key := group[e.a%2], u.keys[e.b%3]
				switch {
				case i%10 == 9:
					converge(group)
					m.Collect(m.Versions())
				case e.kind == evRemove:
					m.Remove(key)
				default:
					m.Put(key, strconv.Itoa(e.a))
				}
			}
		}
		x, y := left[0], right[0]
		expected := join(x, y)
		requireSame(t, expected, join(y, x))
		for range 2 { // one that has not retired a life has to pull first
			pull(x, y)
			pull(y, x)
		}
		requireSame(t, expected, x)
		requireSame(t, expected, y)
		converge(u.replicas)
		for _, m := range u.replicas {
			requireSame(t, u.replicas[0], m)
			requireSound(t, m)
		}
	})
}

// Collecting what is stable changes nothing that can be read or that has been seen, and allocates
// nothing in the steady state.
func TestSteadyCollectionAllocatesNothing(t *testing.T) {
	a, b := largePair(t, 1_000)
	var delta Delta[uint32, uint64]
	var since CausalContext
	value := uint64(0)
	round := func() {
		for k := range uint32(20) {
			value++
			a.Put(k, value)
		}
		a.Remove(0)
		b.Context(&since)
		a.Answer(&since, 0, &delta)
		b.Apply(&delta, nil)
		a.Collect(b.Versions())
		b.Collect(b.Versions())
	}
	for range 10 {
		round()
	}
	require.Zero(t, testing.AllocsPerRun(100, round))
	require.Equal(t, a.StateHash(), b.StateHash())
	require.Equal(t, 999, b.Len())
}

// 1 % of 100,000 keys becomes stable between two collections; the 1,000 writes are timed as well.
func BenchmarkCollectOnePercent(b *testing.B) {
	m, _ := largePair(b, 100_000)
	key := uint32(1)
	b.ReportAllocs()
	for b.Loop() {
		for range 1_000 {
			key = uint32(rng.Mix(uint64(key)) % 100_000)
			m.Put(key, uint64(key))
		}
		m.Collect(m.Versions())
	}
}
