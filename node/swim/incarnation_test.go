package swim

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

func TestIncarnationIsGenerationThenRefutations(t *testing.T) {
	i := incarnationOf(1700) + 2
	require.Equal(t, uint64(1700), i.Generation())
	require.Equal(t, uint64(2), i.Refutations())
	require.Equal(t, "1700.2", i.String())
	require.Less(t, i, incarnationOf(1701), "any later life beats any refutation")

	last := incarnationOf(1700) + 1<<refutationBits - 1
	require.Equal(t, incarnationOf(1701), last+1, "refutations carry into the generation")
}

func saved(generation uint64) []byte { return binary.LittleEndian.AppendUint64(nil, generation) }

func TestGenerationOfALife(t *testing.T) {
	at := clock.At(5 * time.Second)
	require.Equal(t, uint64(5001), newGeneration(at, nil))
	require.Equal(t, uint64(5001), newGeneration(at, saved(17)))
	require.Equal(t, uint64(9001), newGeneration(at, saved(9000)), "the clock went back")
	require.Equal(t, uint64(5001), newGeneration(at, []byte("torn")))
	require.Equal(t, uint64(5001), newGeneration(at, saved(math.MaxUint64)), "no generation at all")
	require.Equal(t, uint64(1), newGeneration(0, nil), "never the zero incarnation")
}

func TestPlausible(t *testing.T) {
	const skew = time.Second
	now, held := clock.At(10*time.Second), incarnationOf(20_000)
	require.True(t, plausible(now, skew, held, 0))
	require.True(t, plausible(now, skew, held, held+maxJump))
	require.False(t, plausible(now, skew, held, held+maxJump+1))
	require.True(t, plausible(now, skew, 0, incarnationOf(11_001)))
	require.False(t, plausible(now, skew, 0, incarnationOf(11_002)))
	require.False(t, plausible(now, skew, held, math.MaxUint64))
	require.True(t, plausible(now, skew, math.MaxUint64-1, math.MaxUint64))
}
