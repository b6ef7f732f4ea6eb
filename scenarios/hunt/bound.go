package hunt

import "math"

// FailureBound is the share of failing seeds that n seeds without a failure leave possible, at 95 %
// confidence: the rule of three, 3/n, which is never below the exact 1 - 0.05^(1/n) (Hanley and
// Lippman-Hand, JAMA 249, 1983).
func FailureBound(n uint64) float64 { return math.Min(1, 3/float64(n)) }
