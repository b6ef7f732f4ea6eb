package swim

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDetectionTerms(t *testing.T) {
	config := DefaultConfig()
	require.Equal(t, DetectionTerms{
		FirstProbe: 15 * time.Second, Verdict: time.Second, Suspicion: (24 + 4) * time.Second,
	}, config.DetectionTerms(8), "each of a few finds out itself, in 2n-1 periods")
	require.Equal(t, DetectionTerms{
		FirstProbe: 31 * time.Second, Verdict: time.Second, Suspicion: 12 * time.Second,
		Spread: 6400 * time.Millisecond,
	}, config.DetectionTerms(1000), "of many three do, and tell")
	require.Equal(t, 44*time.Second, config.DetectionBound(8))
	require.Equal(t, 50400*time.Millisecond, config.DetectionBound(1000))

	config.GossipInterval, config.SyncInterval = 0, 2*time.Second
	require.Equal(t, DetectionTerms{
		FirstProbe: 31 * time.Second, Verdict: time.Second, Suspicion: 8 * time.Second,
		Spread: 24 * time.Second,
	}, config.DetectionTerms(100), "by piggyback: 12 periods for each of two spreads")
	config.RetransmitMult = 1
	require.Equal(t, DetectionTerms{
		FirstProbe: 31 * time.Second, Verdict: time.Second, Suspicion: 8 * time.Second,
		Spread: 6 * time.Second,
		Repair: (6 + 2 + 48 + 8) * time.Second,
	}, config.DetectionTerms(100), "12 copies do not reach all: who is missed asks")
	config.SyncInterval = 0
	require.Equal(t, DetectionTerms{
		FirstProbe: 199 * time.Second, Verdict: time.Second, Suspicion: (48 + 8) * time.Second,
	}, config.DetectionTerms(100), "or, where nobody asks, finds out itself")
}

// The bound grows with the group, but for one step: from 10 members on the news of a crash has 32
// copies, enough to reach all, and before 16.
func TestDetectionBoundGrows(t *testing.T) {
	config := DefaultConfig()
	for n := 1; n < 3000; n++ {
		if n != 9 {
			require.LessOrEqual(t, config.DetectionBound(n), config.DetectionBound(n+1), "n=%d", n)
		}
	}
	require.Positive(t, config.DetectionTerms(10).Spread)
	require.Zero(t, config.DetectionTerms(9).Spread)
}

// c or fewer of a Poisson number of probers of mean t: e^-t (1 + t + ... + t^c/c!), exactly. t is the
// least number of periods for which that is below 2e-11.
func TestCertainPeriodsAreThePoissonTail(t *testing.T) {
	bound := big.NewRat(2, 100_000_000_000)
	for c, periods := range certainPeriods {
		require.Negative(t, poissonTail(c, periods).Cmp(bound), "%d periods for %d", periods, c)
		require.Positive(t, poissonTail(c, periods-1).Cmp(bound), "%d are too few", periods-1)
	}
}

// poissonTail returns e^-t (1 + t + ... + t^c/c!) with 1/e^t from 300 terms of its series.
func poissonTail(c, t int) *big.Rat {
	sum, series := new(big.Rat), new(big.Rat)
	term := big.NewRat(1, 1)
	for i := range 300 {
		series.Add(series, term)
		if i <= c {
			sum.Add(sum, term)
		}
		term = new(big.Rat).Mul(term, big.NewRat(int64(t), int64(i+1)))
	}
	return sum.Quo(sum, series)
}
