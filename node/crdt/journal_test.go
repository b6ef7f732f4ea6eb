package crdt

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRecordsAndSlotsHoldAllOfANumber(t *testing.T) {
	for _, seq := range []uint64{1, math.MaxUint32, math.MaxUint32 + 1, maxSeq, 2*maxSeq - 1} {
		for _, p := range []place{0, 7, MaxKeys - 1} {
			require.Equal(t, seq, newRecord(seq, p).seq())
			require.Equal(t, p, newRecord(seq, p).place())
		}
		s := newSlot[string](seq)
		require.Equal(t, seq, s.seq())
	}
}

func TestAfterIsExclusive(t *testing.T) {
	j := journal{}
	for _, seq := range []uint64{2, 3, 7} {
		j.records = append(j.records, newRecord(seq, place(seq)))
	}
	for seq, left := range []int{3, 3, 2, 1, 1, 1, 1, 0, 0} {
		require.Len(t, j.after(uint64(seq)), left, "after %d", seq)
	}
}

// However often a key is written, there is room for few records that are outdated.
func TestOutdatedRecordsAreDropped(t *testing.T) {
	a, b := newReplica(0, 1), newReplica(1, 1)
	keys := []string{"i", "j", "k", "l", "m"}
	for i := range 10_000 {
		a.Put(keys[i*i%len(keys)], "v")
		if i%100 == 0 {
			require.True(t, pull(b, a))
			requireSound(t, b)
		}
	}
	for _, m := range []*testMap{a, b} {
		requireSound(t, m)
		for _, j := range m.writers.journals {
			require.LessOrEqual(t, cap(j.records), 4*len(keys))
		}
	}
}

// An entry goes with the first actor of which the other side lacks a write, so that those of the
// second come out of order. The journals are in order all the same, and answers with them.
func TestJournalsAreSortedAfterAnAnswer(t *testing.T) {
	a, b, c := newReplica(0, 1), newReplica(1, 1), newReplica(2, 1)
	for _, key := range []string{"i", "j", "k", "l", "m"} {
		b.Put(key, "of b")
	}
	for _, key := range []string{"l", "j"} {
		a.Put(key, "of a")
	}
	require.True(t, pull(b, a))
	var delta testDelta
	b.Answer(contextOf(c), 0, &delta)
	order := func() (keys []string) {
		for _, e := range delta.Entries {
			keys = append(keys, e.Key)
		}
		return keys
	}
	require.Equal(t, []string{"l", "j", "i", "k", "m"}, order())
	require.True(t, c.Apply(&delta, nil))
	requireSound(t, c)

	since := CausalContext{Vector: VersionVector{{a.self, 2}, {b.self, 1}}}
	c.Answer(&since, 0, &delta)
	require.Equal(t, []string{"j", "k", "l", "m"}, order())
	require.True(t, slices.IsSorted(order()))
}
