package spread

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// estimate is a mean of so many trials, each of which deviates; or, of none, a mean known exactly.
type estimate struct {
	mean, deviation float64
	trials          int
}

// variance is that of the mean.
func (e estimate) variance() float64 {
	if e.trials == 0 {
		return 0
	}
	return e.deviation * e.deviation / float64(e.trials)
}

// standardErrors is by how many standard errors of their difference two means differ.
func standardErrors(theirs, ours estimate) float64 {
	return (ours.mean - theirs.mean) / math.Sqrt(theirs.variance()+ours.variance())
}

// requireAgreement demands that two means are within three standard errors of their difference.
func requireAgreement(t *testing.T, theirs, ours estimate, what any) {
	t.Helper()
	require.LessOrEqual(t, math.Abs(standardErrors(theirs, ours)), 3.0,
		"%+v: theirs %+v, ours %+v", what, theirs, ours)
}

func TestStandardErrors(t *testing.T) {
	theirs := estimate{mean: 10, deviation: 3, trials: 100}
	require.InDelta(t, 2, standardErrors(theirs, estimate{mean: 10.6}), 1e-12)
	require.InDelta(t, -1, standardErrors(theirs, estimate{9.5, 4, 100}), 1e-12)
}
