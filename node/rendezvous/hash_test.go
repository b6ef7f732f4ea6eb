package rendezvous

import (
	"hash/fnv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Golden vectors: servers of different releases must agree, so these never change.
func TestGoldenVectors(t *testing.T) {
	require.Equal(t, Hash(0xefd01f60ba992926), HashString(""))
	require.Equal(t, Hash(0xe4f4866004a1e43e), HashString("origin-0.example.com:443"))
	require.Equal(t, Hash(0xefd01f60ba992926), HashNumber(0))
	require.Equal(t, Hash(0xedaf4f2e6a282634), HashNumber(1))
	require.Equal(t, uint64(0x54dc835db75c9228), Score(HashNumber(1), HashString("cache-sjc01000")))
}

// "fmix64" of MurmurHash3: the reference implementation maps 1 to this value and 0 to 0.
func TestFinaliserMatchesMurmur(t *testing.T) {
	require.Equal(t, uint64(0xb456bcfc34c2cb2c), fmix64(1))
	require.Equal(t, uint64(0), fmix64(0))
}

// HashString is the finaliser of 64-bit FNV-1a as in the standard library.
func TestHashStringIsFinalisedFNV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		reference := fnv.New64a()
		reference.Write([]byte(s))
		require.Equal(t, Hash(fmix64(reference.Sum64())), HashString(s))
	})
}
