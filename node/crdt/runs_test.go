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

// What one entry has outgrown the next one takes.
func TestRunsAreUsedAgain(t *testing.T) {
	var r runs[string]
	first := r.extend(0, 0)
	r.slots[first] = slot[string]{seq: 1, value: "v"}
	second := r.extend(first, shortestRun)
	require.NotEqual(t, first, second)
	require.Equal(t, slot[string]{seq: 1, value: "v"}, r.slots[second], "slots move along")
	require.Equal(t, second, r.extend(second, shortestRun+1), "there is room")
	require.Equal(t, first, r.extend(0, 0))
	require.Zero(t, r.slots[first], "nothing is left in a run given back")
	require.Len(t, r.slots, shortestRun+2*shortestRun)
}
