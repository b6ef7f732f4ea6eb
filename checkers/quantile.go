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
	rank := (len(s)*percent + 99) / 100
	return s[rank-1]
}

func (s samples) sort() { slices.Sort(s) }
