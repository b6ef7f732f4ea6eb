package rumor

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// s = e^-m for every variant of push (section 1.4): an update goes to a site at random, so m of
// them per site miss one with that chance, whoever sends them and for how long. Of n sites one
// knows from the start, and each other is missed by n·m contacts with one of n-1.
func TestPushMissesAShareThatOnlyItsTrafficDecides(t *testing.T) {
	for _, variant := range []string{
		"push-feedback-counter", "push-feedback-coin", "push-blind-counter", "push-blind-coin",
	} {
		t.Run(variant, func(t *testing.T) {
			t.Parallel()
			row := summary(t, variant, 2)
			const others = siteCount - 1
			m := row.Traffic.Mean
			missed := others * math.Pow(1-1.0/others, siteCount*m) / siteCount
			require.InDelta(t, math.Exp(-m), missed, 0.002, "the formula of the paper")
			allowed := 3 * (row.Residue.Error + missed*row.Traffic.Error)
			require.InDelta(t, missed, row.Residue.Mean, allowed)
		})
	}
}

// No push misses as few for its traffic as pulling does (section 1.4, table 3 beside table 1):
// e^-2.7 is 0.067, and pulling misses 0.031.
func TestPullMissesFewerForTheSameTraffic(t *testing.T) {
	row := summary(t, "pull-feedback-counter", 1)
	require.Less(t, row.Residue.Mean+3*row.Residue.Error, 0.6*math.Exp(-row.Traffic.Mean))
}

// s = e^-(k+1)(1-s) is where the differential equations end (section 1.4): 20 % are missed with
// k = 1, 6 % with k = 2.
func TestTheResidueOfFeedbackAndCoinSolvesItsEquation(t *testing.T) {
	for k, want := range map[int]float64{1: 0.20319, 2: 0.05952, 3: 0.01983} {
		t.Run(fmt.Sprint(k), func(t *testing.T) {
			t.Parallel()
			solution := 0.5
			for range 100 {
				solution = math.Exp(-float64(k+1) * (1 - solution))
			}
			require.InDelta(t, want, solution, 0.00001)
			row := summary(t, "push-feedback-coin", k)
			require.InDelta(t, solution, row.Residue.Mean, 3*row.Residue.Error)
		})
	}
}
