package hunt_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/hunt"
)

// The rule of three is a bound: it never says less than the exact one, 1 - 0.05^(1/n).
func TestTheFailureBoundIsNeverTooLow(t *testing.T) {
	for _, n := range []uint64{1, 2, 3, 10, 100, 2000, 1_000_000} {
		exact := -math.Expm1(math.Log(0.05) / float64(n))
		require.GreaterOrEqual(t, hunt.FailureBound(n), exact, "%d seeds", n)
	}
	require.InDelta(t, 0.0015, hunt.FailureBound(2000), 1e-12)
}
