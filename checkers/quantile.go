package checkers

import (
	"slices"
	"time"
)

// samples are measured spans.
type samples []time.Duration

func (s *samples) add(span time.Duration) { *s = append(*s, span) }

// quantile returns the exact percentile by nearest rank: the smallest sample such that at least
// percent of all samples are not above it. 0 < percent <= 100. It needs a sample, and s sorted.
func (s samples) quantile(percent int) time.Duration {
	return s[nearestRank(len(s), percent)-1]
}

// nearestRank returns which of count ascending samples is the percentile, from 1; 0 of none.
func nearestRank(count, percent int) int { return (count*percent + 99) / 100 }

func (s samples) sort() { slices.Sort(s) }

// mean returns the mean, rounded down to a nanosecond. It needs a sample.
func (s samples) mean() time.Duration {
	var sum time.Duration
	for _, span := range s {
		sum += span
	}
	return sum / time.Duration(len(s))
}

// mean returns the mean of counts, 0 of none.
func mean(counts []int) float64 {
	sum := 0
	for _, count := range counts {
		sum += count
	}
	return float64(sum) / float64(max(1, len(counts)))
}
