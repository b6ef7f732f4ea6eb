package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHealingSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, healing()), []string{
		"Ours heal whatever the cut, memberlist rarely after the suspicions end",
		"Runs in which every server found every other again, of 40 runs each; " +
			"the bars are 95 % intervals.",
		"10 servers, cut in halves", "32 servers, cut in halves", "healed runs (%)", "0", "100",
		"butterfly", "memberlist rules", "memberlist 0.7.0 measured", "4", "25",
		"time for which the halves were cut from each other (s, log)",
	})
	requireLegible(t, healing())
}

func TestHealingReadsSharesInPercentInTheOrderOfTheCuts(t *testing.T) {
	rows := &Healing{Rows: []HealingRow{
		{Servers: 10, Rules: "b", CutSeconds: 9, Healed: 1, Trials: 4, Low: 0.1, High: 0.5},
		{Servers: 10, Rules: "a", CutSeconds: 3, Healed: 4, Trials: 4, Low: 0.5, High: 1},
		{Servers: 10, Rules: "b", CutSeconds: 6, Healed: 2, Trials: 4, Low: 0.2, High: 0.8},
		{Servers: 32, Rules: "b", CutSeconds: 1, Trials: 5, High: 0.5},
	}}
	require.Equal(t, []reading{{6, 50, 20, 80}, {9, 25, 10, 50}}, rows.of(10, "b"))
	require.Equal(t, []string{"b", "a"}, rows.rules())
	require.Contains(t, rows.subtitle(), "of 4 to 5 runs each")
	requireLegible(t, rows)
}

func TestHealingRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Healing{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 row")
	for want, spoil := range map[string]func(r *HealingRow){
		"1 servers cannot be cut in halves":          func(r *HealingRow) { r.Servers = 1 },
		"10 servers cannot be cut in halves for 0 s": func(r *HealingRow) { r.CutSeconds = 0 },
		"10 servers cannot be cut in halves for +Inf s": func(r *HealingRow) {
			r.CutSeconds = math.Inf(1)
		},
		"40 of 39 runs cannot heal":                 func(r *HealingRow) { r.Trials = 39 },
		"-1 of 40 runs cannot heal":                 func(r *HealingRow) { r.Healed = -1 },
		"0 of 0 runs cannot heal":                   func(r *HealingRow) { r.Healed, r.Trials = 0, 0 },
		"0 to 0.5 is no interval around 40 of 40":   func(r *HealingRow) { r.Low, r.High = 0, 0.5 },
		"0.9 to 100 is no interval around 40 of 40": func(r *HealingRow) { r.Low, r.High = 0.9, 100 },
	} {
		rows := healing()
		spoil(&rows.Rows[0])
		_, err := rows.Figure()
		require.ErrorContains(t, err, want)
	}
}

func TestTableOfHealingHasOneLineARow(t *testing.T) {
	rows := &Healing{Rows: []HealingRow{{10, "memberlist rules", 12.5, 39, 40, 0.85, 0.99}}}
	require.Equal(t, []string{
		"rules,servers,cut_seconds,healed_runs,runs,low_95_share,high_95_share",
		"memberlist rules,10,12.5,39,40,0.85,0.99",
	}, table(t, rows))
}
