package hashring

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLoadsCountEveryKeyOnce(t *testing.T) {
	for _, s := range Schemes() {
		sum := 0
		for _, load := range s.Loads(7, 1000) {
			sum += load
		}
		require.Equal(t, 1000, sum, s)
	}
}

// deviation is the coefficient of variation of the loads.
func deviation(loads []int) float64 {
	sum, squares := 0.0, 0.0
	for _, load := range loads {
		sum += float64(load)
		squares += float64(load) * float64(load)
	}
	mean := sum / float64(len(loads))
	return math.Sqrt(squares/float64(len(loads))-mean*mean) / mean
}

// "The shares have a coefficient of variation of about 1 / sqrt(v). At rendezvous hashing only the
// keys vary, sqrt((n-1) / K)." Of the 64 servers that are a sample here, the standard deviation of
// a normal distribution varies by 9 %, that of an exponential one (single arcs) by 18 %: within
// three and two of these.
func TestBalanceIsWhatTheFormulasSay(t *testing.T) {
	const servers, keys = 64, 50_000
	binomial := math.Sqrt((servers - 1.0) / keys)
	for scheme, want := range map[Scheme]struct{ deviation, within float64 }{
		Rendezvous:  {binomial, 0.27},
		Modulo:      {binomial, 0.27},
		Circle:      {math.Hypot(1/math.Sqrt(DefaultPoints), binomial), 0.27},
		SinglePoint: {1, 0.36},
	} {
		require.InEpsilon(t, want.deviation, deviation(scheme.Loads(servers, keys)), want.within, scheme)
	}
}

// The mean of the greatest load over the mean load of 64 servers with 50,000 keys is 1.0854 and its
// 99th percentile 1.1354, by simulation of the binomial; a ring of 100 points is beyond that.
func TestTheGreatestLoad(t *testing.T) {
	require.InDelta(t, 1.0854, Rendezvous.Imbalance(64, 50_000), 0.05)
	require.Greater(t, Circle.Imbalance(64, 50_000), 1.15)
	require.Greater(t, SinglePoint.Imbalance(64, 50_000), 2.0)
	require.InDelta(t, 1.0, Rendezvous.Imbalance(1, 10), 0)
}

// "Adding moves each key with a probability of 1/(n+1), only to the new one", in both kinds of
// hashing: within four standard deviations of 20,000 keys, for a ring those of its arcs too. "With
// hash modulo n it is n / (n+1)."
func TestDisruptionIsWhatTheFormulasSay(t *testing.T) {
	const keys = 20_000
	for _, servers := range []int{3, 10, 63} {
		least := 1 / float64(servers+1)
		binomial := math.Sqrt(least * (1 - least) / keys)
		arcs := least / math.Sqrt(DefaultPoints)
		require.InDelta(t, least, Rendezvous.Moved(servers, keys), 4*binomial)
		require.InDelta(t, least, Circle.Moved(servers, keys), 4*math.Hypot(binomial, arcs))
		require.InDelta(t, 1-least, Modulo.Moved(servers, keys), 4*binomial)
	}
}

// Whoever joins takes keys from others and gives them none.
func TestKeysMoveOnlyToTheNewServer(t *testing.T) {
	for _, s := range []Scheme{Rendezvous, Circle, SinglePoint} {
		before, after := s.Owners(Span(0, 9), 5000), s.Owners(Span(0, 10), 5000)
		for key := range before {
			if before[key] != after[key] {
				require.EqualValues(t, 9, after[key], s)
			}
		}
	}
}

// "Ownership disagreement between two views equals 1 - Jaccard similarity": within four standard
// deviations of 20,000 keys, for a ring those of its arcs too. Modulo gives nearly every key to
// another server, however much the views have in common.
func TestDisagreementIsTheJaccardDistance(t *testing.T) {
	const servers, keys = 64, 20_000
	for shift := 1; shift <= servers; shift += 9 {
		a, b := Span(0, servers), Span(shift, servers+shift)
		distance := 1 - float64(servers-shift)/float64(servers+shift)
		binomial := math.Sqrt(distance * (1 - distance) / keys)
		arcs := math.Sqrt(distance*(1-distance)/(servers+float64(shift))) / math.Sqrt(DefaultPoints)
		require.InDelta(t, distance, Rendezvous.Disagreement(a, b, keys), 4*binomial+1e-12)
		require.InDelta(t, distance, Circle.Disagreement(a, b, keys),
			4*math.Hypot(binomial, arcs)+1e-12)
		require.Greater(t, Modulo.Disagreement(a, b, keys), 0.95)
	}
}

func TestSchemesHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range append(Schemes(), Scheme(99)) {
		require.False(t, seen[s.String()])
		seen[s.String()] = true
	}
	require.Len(t, seen, 5)
}
