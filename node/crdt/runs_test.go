package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// Slots keep their order while they move from the entry to runs of 4, 8, 16, ... slots, whichever
// end they come in at.
func TestEntriesOutgrowTheirRoom(t *testing.T) {
	const writers = 40
	const stride = 13 // relatively prime to writers: new actors come in everywhere
	m, key := newReplica(writers, 1), "k"
	for i := range writers {
		writer := newReplica(node.ID(i*stride%writers), 1)
		writer.Put(key, "of "+writer.self.String())
		require.True(t, pull(m, writer))
		require.Len(t, m.Siblings(key), i+1)
		requireSound(t, m)
	}
	for i, s := range m.Siblings(key) {
		require.Equal(t, Dot{NewActor(node.ID(i), 1), 1}, s.Dot)
		require.Equal(t, "of "+s.Dot.Actor.String(), s.Value)
	}
	m.Put(key, "last")
	require.Len(t, m.Siblings(key), 1, "a write overwrites them all")
	requireSound(t, m)
}

// An entry that shrinks gives back what it does not need, and its slots stay in order.
func TestEntriesShrink(t *testing.T) {
	const writers = 20
	m := newReplica(writers, 1)
	for id := range node.ID(writers) {
		writer := newReplica(id, 1)
		writer.Put("k", "of "+writer.self.String())
		require.True(t, pull(m, writer))
	}
	e := &m.entries[0]
	for left := m.writers.actors[e.size-1]; e.size > 0; left = m.dot(m.at(e, 0)).Actor {
		size := e.size
		m.discount(found{0, m.digest(e)})
		m.keep(e, func(s *slot[string]) bool { return m.dot(s).Actor != left })
		m.count(found{0, m.digest(e)})
		require.Equal(t, size-1, e.size)
		if e.size == 0 {
			break
		}
		for i, s := range m.Siblings("k") {
			require.Equal(t, "of "+s.Dot.Actor.String(), s.Value)
			require.True(t, i == 0 || m.Siblings("k")[i-1].Dot.Actor < s.Dot.Actor)
		}
	}
	for _, s := range m.runs.slots {
		require.Zero(t, s, "nothing is left in runs given back")
	}
	taken := len(m.runs.slots)
	for class := 0; class <= 4; class++ {
		m.runs.take(class)
	}
	require.Len(t, m.runs.slots, taken, "and all are free")
}

// What one entry has outgrown the next one takes.
func TestRunsAreUsedAgain(t *testing.T) {
	var r runs[string]
	first := r.resize(0, 0, 2)
	r.slots[first] = slot[string]{low: 1, value: "v"}
	second := r.resize(first, 2, 3)
	require.NotEqual(t, first, second)
	require.Equal(t, slot[string]{low: 1, value: "v"}, r.slots[second], "slots move along")
	require.Equal(t, second, r.resize(second, 3, 4), "there is room")
	require.Equal(t, first, r.resize(0, 0, 2))
	require.Zero(t, r.slots[first], "nothing is left in a run given back")
	require.Len(t, r.slots, 2+4)
}
