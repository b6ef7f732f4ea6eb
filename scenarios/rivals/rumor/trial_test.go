package rumor

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSummarise(t *testing.T) {
	plan := Plan{K: 2, Servers: 10}
	row := Summarise(plan, []Trial{
		{Residue: 0.1, Traffic: 3, MeanDelay: 4, LastDelay: 9},
		{Residue: 0.1, Traffic: 5, MeanDelay: 6, LastDelay: 12},
	})
	require.Equal(t, Row{
		Plan: plan, Trials: 2,
		Residue: Estimate{0.1, 0}, Traffic: Estimate{4, 1},
		MeanDelay: Estimate{5, 1}, LastDelay: Estimate{10.5, 1.5},
	}, row, "the error is the spread, sqrt(2) times half the difference, by sqrt(2)")
	require.Equal(t, Estimate{3, 0}, Summarise(plan, []Trial{{Traffic: 3}}).Traffic)
	require.Equal(t, Row{Plan: plan}, Summarise(plan, nil))
}
