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
		require.LessOrEqual(t, len(packed.several), 1+7, "memory of sets that shrank is used again")
	})
}
