package versus

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

func breaking(seed uint64, properties ...string) *world.Result {
	r := &world.Result{Seed: seed}
	for _, p := range properties {
		r.Violations = append(r.Violations, checkers.Violation{Property: p})
	}
	return r
}

func measuring(metric string, value float64) *world.Result {
	return &world.Result{Metrics: map[string]float64{metric: value}}
}

// "A seed draws the storm from the scenario alone": the same goes wrong for all.
func TestTheSameGoesWrongForAllDesigns(t *testing.T) {
	s, err := scenarios.Find("talk")
	require.NoError(t, err)
	for _, d := range scenarios.Designs() {
		under := Under(s, d)
		require.NoError(t, under.Validate())
		require.Equal(t, d, under.Design)
		require.Equal(t, s.Expand(7).Faults, under.Expand(7).Faults)
	}
	require.Empty(t, s.Design, "the scenario itself is left alone")
}

// "a figure of fewer runs than there are is too good to be true for the others": it says so.
func TestFiguresSayHowManyRunsMeasuredThem(t *testing.T) {
	c := New([]scenarios.Design{scenarios.Raft, scenarios.Ours})
	c.Add(0, measuring("believed_alike_seconds", 5))
	c.Add(1, measuring("believed_alike_seconds", 1))
	c.Add(0, &world.Result{})
	c.Add(1, measuring("believed_alike_seconds", 9))
	rows := c.Rows()
	require.Len(t, rows, 2)
	at := 0
	for i, q := range Quantities() {
		require.Len(t, rows[0].Figures, len(Quantities()))
		if q.Metric == "believed_alike_seconds" {
			at = i
		} else {
			require.Zero(t, rows[0].Figures[i], q.Metric)
		}
	}
	require.Equal(t, Figure{1, 5, 5, 5}, rows[0].Figures[at])
	require.Equal(t, Figure{2, 5, 1, 9}, rows[1].Figures[at])
	require.Equal(t, []int{2, 2}, []int{rows[0].Runs, rows[1].Runs})
	require.Equal(t, scenarios.Raft, rows[0].Design)
}

// A comparison that is stopped compares the seeds that all designs have been through.
func TestOnlySeedsOfAllDesignsCount(t *testing.T) {
	c := New([]scenarios.Design{scenarios.Raft, scenarios.Ours})
	require.Zero(t, c.Runs())
	c.Add(0, breaking(1))
	require.Zero(t, c.Runs())
	c.Add(1, breaking(1))
	c.Add(0, breaking(2, "a"))
	require.Equal(t, 1, c.Runs())
	require.Equal(t, 1, c.Rows()[0].Runs)
	require.Empty(t, c.Rows()[0].Broken)
}

func TestBrokenPromisesAreCountedByRun(t *testing.T) {
	c := New([]scenarios.Design{scenarios.Everyone})
	c.Add(0, breaking(3, "a", "b"))
	c.Add(0, breaking(4, "b"))
	c.Add(0, &world.Result{Beyond: "too much loss"})
	row := c.Rows()[0]
	require.Equal(t, []Broken{{"b", 2, 3}, {"a", 1, 3}}, row.Broken)
	require.Equal(t, "too much loss", row.Beyond)
}

// Each quantity is combined as its description says.
func TestFiguresCombineRuns(t *testing.T) {
	c := New([]scenarios.Design{scenarios.Ours})
	for _, value := range []float64{8, 1, 4, 2, 6, 3} {
		r := &world.Result{Metrics: map[string]float64{}}
		for _, q := range Quantities() {
			r.Metrics[q.Metric] = value
		}
		c.Add(0, r)
	}
	for i, q := range Quantities() {
		want := 4.0 // the mean
		switch {
		case strings.HasSuffix(q.Means, ", worst"):
			want = 8
		case strings.HasSuffix(q.Means, ", median"):
			want = 3.5
		}
		require.Equal(t, Figure{6, want, 1, 8}, c.Rows()[0].Figures[i], q.Metric)
	}
	require.Equal(t, 3.0, median([]float64{1, 3, 8}))
}

// Adding up three times 0.1 and dividing by three gives more than 0.1.
func TestAFigureIsWithinItsRange(t *testing.T) {
	q := Quantity{combine: mean}
	f := q.figure([]float64{0.1, 0.1, 0.1})
	require.Equal(t, Figure{3, 0.1, 0.1, 0.1}, f)
}
