package plots

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

const slack = 1e-9 // for what rounding takes

func TestSpreadKeepsTheGapTheOrderAndTheRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wanted := drawHeights(t)
		spreadOut := spread(wanted, 10, 0, 200)
		require.Len(t, spreadOut, len(wanted))
		for i, height := range spreadOut {
			require.GreaterOrEqual(t, height, vg.Length(-slack))
			require.LessOrEqual(t, height, vg.Length(200+slack))
			if i > 0 {
				require.GreaterOrEqual(t, height-spreadOut[i-1], vg.Length(10-slack))
			}
		}
	})
}

// Least squares: no other heights with these gaps are nearer to what was wanted.
func TestSpreadMovesNoFartherThanNeeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wanted, other := drawHeights(t), drawHeights(t)
		other = other[:min(len(other), len(wanted))]
		wanted = wanted[:len(other)]
		for i := range other {
			other[i] += 10 * vg.Length(i)
		}
		require.LessOrEqual(t, moved(wanted, spread(wanted, 10, -1e6, 1e6)), moved(wanted, other)+slack)
	})
}

// drawHeights returns heights from 0 to 200 in ascending order.
func drawHeights(t *rapid.T) []vg.Length {
	drawn := rapid.SliceOfN(rapid.IntRange(0, 200), 1, 20).Draw(t, "heights")
	slices.Sort(drawn)
	heights := make([]vg.Length, len(drawn))
	for i, height := range drawn {
		heights[i] = vg.Length(height)
	}
	return heights
}

// moved is the sum of the squares of the ways.
func moved(from, to []vg.Length) (sum vg.Length) {
	for i := range from {
		sum += (from[i] - to[i]) * (from[i] - to[i])
	}
	return sum
}

func TestSpreadOfTooManyLabelsBeginsAtTheLowerEdge(t *testing.T) {
	require.Equal(t, []vg.Length{0, 10, 20}, spread([]vg.Length{5, 5, 5}, 10, 0, 15))
}
