package group

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// binomialTails are the probabilities of at most, and of at least, so many hits in so many trials.
// A chance whose tails are both above a half of 1 % lies in the 99 % interval of Clopper and
// Pearson (1934) around the hits.
func binomialTails(hits, trials int, chance float64) (atMost, atLeast float64) {
	for k := range trials + 1 {
		p := math.Exp(logChoose(trials, k) +
			float64(k)*math.Log(chance) + float64(trials-k)*math.Log1p(-chance))
		if k <= hits {
			atMost += p
		}
		if k >= hits {
			atLeast += p
		}
	}
	return atMost, atLeast
}

// fisherTails are the probabilities that, of two series with one chance, the first has at most, and
// at least, so many of the hits of both (Fisher's exact test).
func fisherTails(hits, trials, otherHits, otherTrials int) (atMost, atLeast float64) {
	all := hits + otherHits
	for k := max(0, all-otherTrials); k <= min(all, trials); k++ {
		p := math.Exp(logChoose(trials, k) + logChoose(otherTrials, all-k) -
			logChoose(trials+otherTrials, all))
		if k <= hits {
			atMost += p
		}
		if k >= hits {
			atLeast += p
		}
	}
	return atMost, atLeast
}

func logChoose(n, k int) float64 { return logFactorial(n) - logFactorial(k) - logFactorial(n-k) }

func logFactorial(n int) float64 {
	result, _ := math.Lgamma(float64(n + 1))
	return result
}

func TestBinomialTails(t *testing.T) {
	atMost, atLeast := binomialTails(1, 3, 0.5)
	require.InDelta(t, 0.5, atMost, 1e-12)
	require.InDelta(t, 0.875, atLeast, 1e-12)
	_, atLeast = binomialTails(39, 40, 0.8684) // the 95 % interval of 39 of 40 begins there
	require.InDelta(t, 0.025, atLeast, 1e-4)
}

// Fisher's own example: the lady who told 3 of 4 cups right, of 8 (The Design of Experiments,
// 1935).
func TestFisherTails(t *testing.T) {
	_, atLeast := fisherTails(3, 4, 1, 4)
	require.InDelta(t, 17.0/70, atLeast, 1e-12)
	atMost, _ := fisherTails(0, 40, 0, 40)
	require.InDelta(t, 1, atMost, 1e-12)
}

func TestStandardErrors(t *testing.T) {
	require.InDelta(t, 2.5758, standardErrors99, 1e-4)
	require.InDelta(t, 1.9600, standardErrors(0.05), 1e-4)
}
