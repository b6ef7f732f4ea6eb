package fidelity

import (
	"math"
	"slices"
)

// quantile returns the smallest of ascending values such that at least a share of them is not above
// it: the nearest rank. It needs a value, and 0 < share <= 1.
func quantile(ascending []float64, share float64) float64 {
	rank := int(math.Ceil(share * float64(len(ascending))))
	return ascending[max(rank, 1)-1]
}

// median is the middle of ascending values, or the mean of the two in the middle.
func median(ascending []float64) float64 {
	n := len(ascending)
	return (ascending[(n-1)/2] + ascending[n/2]) / 2
}

// medianInterval returns two of ascending values between which the median of whatever they were
// drawn from is with a probability of at least the given confidence; the least and the greatest if
// there are too few values for that. How many of n values are below that median is binomial with a
// chance of one half, whatever the distribution (Thompson, "On confidence ranges for the median",
// 1936).
func medianInterval(ascending []float64, confidence float64) (low, high float64) {
	n, cut := len(ascending), 0
	tail, below := (1-confidence)/2, 0.0 // below is the probability of at most k
	for k := 0; ; k++ {
		if below += halfBinomial(n, k); below > tail {
			return ascending[cut], ascending[n-1-cut]
		}
		cut = k
	}
}

// halfBinomial is the probability of k heads in n throws of a coin.
func halfBinomial(n, k int) float64 {
	factorial := func(m int) float64 {
		logarithm, _ := math.Lgamma(float64(m + 1))
		return logarithm
	}
	return math.Exp(factorial(n) - factorial(k) - factorial(n-k) - float64(n)*math.Ln2)
}

// Distance is the two-sample Kolmogorov-Smirnov distance: the largest difference between the shares
// of two samples that are not above some value. Both are not empty.
func Distance(a, b []float64) float64 {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	largest := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		value := min(a[i], b[j])
		for i < len(a) && a[i] <= value {
			i++
		}
		for j < len(b) && b[j] <= value {
			j++
		}
		shares := float64(i)/float64(len(a)) - float64(j)/float64(len(b))
		largest = max(largest, math.Abs(shares))
	}
	return largest
}

// CriticalDistance is the distance that two samples of n and m values from one continuous
// distribution exceed once in twenty times: 1.358 sqrt((n+m)/(nm)), where n and m are large
// (Smirnov, "Table for estimating the goodness of fit of empirical distributions", 1948).
func CriticalDistance(n, m int) float64 {
	return 1.358 * math.Sqrt(float64(n+m)/(float64(n)*float64(m)))
}
