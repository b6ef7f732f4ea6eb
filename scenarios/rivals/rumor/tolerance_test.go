package rumor

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tolerance is by how much a figure of ours may differ from one of theirs: three standard errors of
// the difference, and what theirs was rounded by. Their error is ours, scaled to their trials; 0
// trials are so many that they have none.
func tolerance(ours float64, trials int, rounding float64) float64 {
	squares := ours * ours
	if trials > 0 {
		squares *= 1 + float64(trialCount())/float64(trials)
	}
	return 3*math.Sqrt(squares) + rounding
}

// residueError is the least standard error of a residue: that of as many lone sites, left out by
// chance (Poisson's law), as it expects of all our trials. Where that is less than one, the trials
// need not show any, and then they show no spread either.
func residueError(residue float64) float64 {
	return math.Sqrt(residue / float64(siteCount*trialCount()))
}

// parseFigure returns a figure and half a unit of its last digit.
func parseFigure(t testing.TB, printed string) (value, rounding float64) {
	value, err := strconv.ParseFloat(printed, 64)
	require.NoError(t, err)
	_, digits, _ := strings.Cut(printed, ".")
	return value, 0.5 * math.Pow10(-len(digits))
}

func TestAFigureIsRoundedToItsLastDigit(t *testing.T) {
	for printed, want := range map[string]float64{"38": 0.5, "1.7": 0.05, "0.0012": 0.00005} {
		_, rounding := parseFigure(t, printed)
		require.InEpsilon(t, want, rounding, 1e-9)
	}
}
