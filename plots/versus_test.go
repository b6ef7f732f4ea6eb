package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVersusSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, contest()), []string{
		"Ours keeps every promise at the price of one checker an origin",
		"16 servers, 500 origins, 5 seeds of talk.", "longest gap, s, worst",
		"everyone", "multicast", "leader", "raft", "hashring", "ours", "rivals",
		"least to most of a run", "61,234", "1.03", "never", "30 (3 of 5)", "design",
	})
	requireLegible(t, contest())
}

// Nothing is a height like any other, and what differs much has a logarithmic scale.
func TestScalesOfAComparison(t *testing.T) {
	of := func(values ...float64) *columns {
		b := &columns{}
		for _, v := range values {
			b.all = append(b.all, VersusRow{Value: v, Most: v, Runs: 1, All: 1})
		}
		return b
	}
	for _, c := range []struct {
		columns *columns
		unit    float64
		wide    bool
	}{
		{of(0, 0), 1, false}, {of(0, 3, 40), 1, false}, {of(0, 3, 400), 1, true},
		{of(0.02, 5), 0.01, true}, {of(1e-9, 5), 1e-6, true},
	} {
		unit, wide := c.columns.unit()
		require.Equal(t, c.wide, wide)
		require.InEpsilon(t, c.unit, unit, 1e-9)
	}
}

func TestNumbersAreShort(t *testing.T) {
	for value, want := range map[float64]string{
		0: "0", 1.0345: "1.03", 61234.4: "61,234", 999.6: "1,000", 0.000123456: "0.000123",
	} {
		require.Equal(t, want, valueText(&VersusRow{Value: value, Runs: 2, All: 2}))
	}
	require.Equal(t, "5 (1 of 3)", valueText(&VersusRow{Value: 5, Runs: 1, All: 3}))
}

func TestVersusRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Versus{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 row")
	for want, r := range map[string]VersusRow{
		"raft, gap: measured in 3 of 2 runs cannot be": {Runs: 3, All: 2},
		"raft, gap: measured in 0 of 0 runs cannot be": {},
		"raft, gap: -1 of -1 to 0 cannot be":           {Value: -1, Least: -1, Runs: 1, All: 1},
		"raft, gap: 2 of 3 to 4 cannot be":             {Value: 2, Least: 3, Most: 4, Runs: 1, All: 1},
		"raft, gap: NaN of 0 to 0 cannot be":           {Value: math.NaN(), Runs: 1, All: 1},
	} {
		r.Design, r.Quantity = "raft", "gap"
		_, err := (&Versus{Rows: []VersusRow{r}}).Figure()
		require.EqualError(t, err, want)
	}
}

func TestTableOfAComparison(t *testing.T) {
	v := &Versus{Rows: []VersusRow{
		{"raft", "gap, s", 1.5, 1, 2, 4, 5}, {Design: "leader", Quantity: "gap, s", All: 5},
	}}
	require.Equal(t, []string{
		"design,quantity,value,least,most,measured_runs,runs",
		`raft,"gap, s",1.5,1,2,4,5`, `leader,"gap, s",,,,0,5`,
	}, table(t, v))
}
