package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// An answer of one entry at a time must not go to what the other side cannot use, for ever: B holds
// a write of k2 that C has something newer for, and C one of k1. The writer, who could tell either
// that this is all, is gone.
func TestShortAnswersStarveNobody(t *testing.T) {
	a, b, c := newReplica(0, 1), newReplica(1, 1), newReplica(2, 1)
	write := func(keys ...string) {
		for _, key := range keys {
			a.Put(key, "a")
		}
	}
	write("k1", "k1", "k2", "k9")
	pullShort(b, a, 1)
	pullShort(c, a, 2)
	write("k2", "k8")
	pullShort(b, a, 2)
	write("k1", "k2")
	pullShort(c, a, 3)
	for range 6 {
		pullShort(b, c, 1)
		pullShort(c, b, 1)
	}
	requireSame(t, b, c)

	since := contextOf(b)
	var delta testDelta
	c.Answer(since, 1, &delta)
	require.Empty(t, delta.Entries, "what is of no use is not sent again")
}

// pullShort pulls answers of one entry.
func pullShort(to, from *testMap, times int) {
	for range times {
		pullAtMost(1, to, from)
	}
}
