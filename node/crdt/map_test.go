package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestPutGetRemove(t *testing.T) {
	m := newReplica(0, 1)
	_, found := m.Get("k")
	require.False(t, found)
	_, removed := m.Remove("k")
	require.False(t, removed, "nothing to remove")
	require.Empty(t, *m.Versions(), "and no dot spent on it")

	dot := m.Put("k", "v")
	require.Equal(t, Dot{NewActor(0, 1), 1}, dot)
	got, found := m.Get("k")
	require.True(t, found)
	require.Equal(t, Sibling[string]{dot, "v"}, got)
	require.Equal(t, 1, m.Len())

	dot, removed = m.Remove("k")
	require.True(t, removed)
	require.Equal(t, uint64(2), dot.Seq, "a removal spends a dot")
	_, found = m.Get("k")
	require.False(t, found)
	require.Equal(t, 0, m.Len())
	requireSound(t, m)
}

// "Local write must overwrite all siblings": one write ends a conflict for everybody.
func TestWriteOverwritesAllSiblings(t *testing.T) {
	a, b := newReplica(0, 1), newReplica(1, 1)
	a.Put("k", "a1")
	b.Put("k", "b1")
	require.True(t, pull(a, b))
	require.Len(t, a.Siblings("k"), 2)
	dot := a.Put("k", "a2")
	require.True(t, pull(b, a))
	require.Equal(t, []Sibling[string]{{dot, "a2"}}, b.Siblings("k"))
	requireSame(t, a, b)
}

// A value written concurrently with a removal survives it: the remover had not seen it.
func TestConcurrentWriteSurvivesRemoval(t *testing.T) {
	a, b := newReplica(0, 1), newReplica(1, 1)
	a.Put("k", "old")
	pull(b, a)
	b.Put("k", "new")
	a.Remove("k")
	converge([]*testMap{a, b})
	got, found := a.Get("k")
	require.True(t, found)
	require.Equal(t, "new", got.Value)
	requireSame(t, a, b)
}

// Priority first, then the later dot: here two lives of one node have the same priority.
func TestPriorityTiesGoToTheLaterDot(t *testing.T) {
	earlier, later := newReplica(0, 1), newReplica(0, 2)
	earlier.Put("k", "earlier")
	later.Put("k", "later")
	converge([]*testMap{earlier, later})
	for _, m := range []*testMap{earlier, later} {
		got, _ := m.Get("k")
		require.Equal(t, "later", got.Value)
	}
}

func TestAllYieldsLiveKeys(t *testing.T) {
	m := newReplica(0, 1)
	for _, key := range []string{"c", "a", "b", "d"} {
		m.Put(key, "old "+key)
	}
	m.Put("a", "new a")
	m.Remove("b")
	keys, values := []string{}, []string{}
	for key, s := range m.All() {
		if key == "d" {
			break
		}
		keys, values = append(keys, key), append(values, s.Value)
	}
	require.Equal(t, []string{"c", "a"}, keys)
	require.Equal(t, []string{"old c", "new a"}, values)
}

// largePair returns two equal replicas of many keys: a has written the even keys, b the odd ones.
func largePair(tb testing.TB, keys int) (a, b *Map[uint32, uint64]) {
	tb.Helper()
	config := Config[uint32, uint64]{
		KeyHash:   func(k uint32) uint64 { return uint64(k) },
		ValueHash: func(v uint64) uint64 { return v },
		Priority:  func(k uint32, writer node.ID) uint64 { return uint64(k) ^ uint64(writer) },
	}
	a, b = New(NewActor(0, 1), config), New(NewActor(1, 1), config)
	for k := range uint32(keys) {
		if k%2 == 0 {
			a.Put(k, 0)
		} else {
			b.Put(k, 0)
		}
	}
	for range 2 {
		var delta Delta[uint32, uint64]
		b.Answer(contextOf(a), 0, &delta)
		require.True(tb, a.Apply(&delta, nil))
		a, b = b, a
	}
	return a, b
}

// Overwrites the replica's own writes among 100,000 keys, in scattered order.
func BenchmarkPut(b *testing.B) {
	m, _ := largePair(b, 100_000)
	key := uint32(0)
	b.ReportAllocs()
	for b.Loop() {
		key = (key + 7918) % 100_000
		m.Put(key, uint64(key))
	}
}
