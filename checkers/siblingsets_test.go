package checkers

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Sets packed into four bytes are meant to be the same as a map of slices.
func TestSiblingSetsAgreeWithAPlainMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sets := rapid.SliceOfN(rapid.SliceOfN(rapid.Int32Range(1, 9), 1, 3), 30, 30).Draw(t, "sets")
		var packed siblingSets
		plain := map[int32][]int32{}
		for i, set := range sets {
			key := int32(i*i) % 7
			packed.set(key, set...)
			plain[key] = set
			for key := range int32(9) {
				require.Equal(t, plain[key], slices.Clone(packed.at(key)))
			}
		}
		require.LessOrEqual(t, len(packed.links), 1+7*3, "memory of sets that shrank is used again")
	})
}

// After a storm nearly all sets have one write again, and "take four bytes".
func TestSiblingSetsGiveMemoryBack(t *testing.T) {
	const keys = 1 << 12
	var packed siblingSets
	for key := range int32(keys) {
		packed.set(key, key+1, key+2, key+3)
	}
	require.Len(t, packed.links, 1+3*keys)
	for key := range int32(keys - 1) {
		packed.set(key, key+1)
	}
	require.LessOrEqual(t, cap(packed.links), smallestLinks+4*3)
	require.Equal(t, []int32{keys - 1}, packed.at(keys-2))
	require.Equal(t, []int32{keys, keys + 1, keys + 2}, packed.at(keys-1))
}

func TestSiblingSetsDoNotAllocate(t *testing.T) {
	var packed siblingSets
	grow := func() {
		for key := range int32(20) {
			packed.set(key, key+1, key+2, key+3)
		}
		for key := range int32(20) {
			packed.set(key, packed.at(key)[2])
		}
	}
	require.Zero(t, testing.AllocsPerRun(10, grow))
}
