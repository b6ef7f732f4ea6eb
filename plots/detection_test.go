package plots

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDetectionSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, detection()), []string{
		"A crash is known to all of 1,024 servers within a blink of the first to see it",
		"One server crashes. 100 runs of each size; the bands hold the middle 50 % and 90 % of them. " +
			"The marks of memberlist are means.", "8", "16", "256", "1,024", "servers (log)",
		"seconds since the crash", "median run", "50 % of the runs", "90 % of the runs",
		"theory, expected", "memberlist 0.7.0, measured",
	})
	requireLegible(t, detection())
}

func TestDetectionWithoutTheoryOrMemberlistSpeaksOfNeither(t *testing.T) {
	rows := detection()
	rows.Memberlist = nil
	for i := range rows.Rows {
		rows.Rows[i].TheorySeconds = 0
	}
	rows.Rows[0].FirstSeconds = rows.Rows[0].FirstSeconds[:2]
	rows.Rows[0].FullSeconds = rows.Rows[0].FullSeconds[:2]
	said := strings.Join(texts(t, rows), "\n")
	require.NotContains(t, said, "theory")
	require.NotContains(t, said, "memberlist")
	require.Contains(t, said, "2 to 100 runs of each size")
}

func TestDetectionTakesRowsInAnyOrder(t *testing.T) {
	turned := detection()
	turned.Rows[0], turned.Rows[3] = turned.Rows[3], turned.Rows[0]
	require.Equal(t, render(t, detection(), SVG), render(t, turned, SVG))
}

func TestDetectionRefusesWhatMakesNoFigure(t *testing.T) {
	for want, spoil := range map[string]func(d *Detection){
		"needs at least 2 sizes, not 1":  func(d *Detection) { d.Rows = d.Rows[:1] },
		"a cluster has no 0 servers":     func(d *Detection) { d.Rows[0].Servers = 0 },
		"two rows are about 16 servers":  func(d *Detection) { d.Rows[0].Servers = 16 },
		"0 first and 100 full":           func(d *Detection) { d.Rows[0].FirstSeconds = nil },
		"100 first and 1 full":           func(d *Detection) { d.Rows[0].FullSeconds = []float64{1} },
		"8 servers: a time that is none": func(d *Detection) { d.Rows[0].FirstSeconds[7] = math.NaN() },
		"16 servers: a time that is none": func(d *Detection) {
			d.Rows[1].TheorySeconds = math.Inf(1)
		},
		"memberlist at 0 servers": func(d *Detection) { d.Memberlist[1].Servers = 0 },
		"memberlist at 64 servers": func(d *Detection) {
			d.Memberlist[2].FullMeanSeconds = -1
		},
	} {
		rows := detection()
		spoil(rows)
		_, err := rows.Figure()
		require.ErrorContains(t, err, want)
	}
}

func TestTableOfDetectionTellsItsSources(t *testing.T) {
	rows := &Detection{
		Rows: []DetectionRow{{
			Servers: 8, FirstSeconds: []float64{5, 5.5}, FullSeconds: []float64{6, 6.25}, TheorySeconds: 5.4,
		}},
		Memberlist: []MemberlistDetection{{8, 5.86, 6.17}},
	}
	require.Equal(t, []string{
		"source,servers,first_detection_seconds,full_detection_seconds",
		"run,8,5,6",
		"run,8,5.5,6.25",
		`"theory, expected",8,5.4,`,
		`"memberlist 0.7.0, mean",8,5.86,6.17`,
	}, table(t, rows))
}
