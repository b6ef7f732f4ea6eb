package plots

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// naiveFront is the definition: no other row is as good in all three figures and better in one.
func naiveFront(rows []ParetoRow, i int) bool {
	return !slices.ContainsFunc(rows, func(other ParetoRow) bool {
		asGood := other.DetectionSeconds <= rows[i].DetectionSeconds &&
			other.FalseDeaths <= rows[i].FalseDeaths &&
			other.BytesPerNodeSecond <= rows[i].BytesPerNodeSecond
		better := other.DetectionSeconds < rows[i].DetectionSeconds ||
			other.FalseDeaths < rows[i].FalseDeaths ||
			other.BytesPerNodeSecond < rows[i].BytesPerNodeSecond
		return asGood && better
	})
}

func TestFrontIsWhatNoOtherDominates(t *testing.T) {
	figure := rapid.Map(rapid.IntRange(0, 6), func(x int) float64 { return float64(x) })
	row := rapid.Custom(func(t *rapid.T) ParetoRow {
		return ParetoRow{
			Label: rapid.StringN(0, 3, -1).Draw(t, "label"), Front: rapid.Bool().Draw(t, "was on the front"),
			DetectionSeconds: figure.Draw(t, "s"), FalseDeaths: figure.Draw(t, "deaths"),
			BytesPerNodeSecond: figure.Draw(t, "bytes/s"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(row, 0, 30).Draw(t, "rows")
		before := slices.Clone(rows)
		marked := Front(rows)
		require.Equal(t, before, rows, "the rows of the caller stay as they are")
		require.Len(t, marked, len(rows))
		for i := range rows {
			want := rows[i]
			want.Front = naiveFront(rows, i)
			require.Equal(t, want, marked[i])
		}
	})
}

func TestEqualRowsAreOnTheFrontTogether(t *testing.T) {
	marked := Front([]ParetoRow{{DetectionSeconds: 1}, {DetectionSeconds: 1}, {DetectionSeconds: 2}})
	require.True(t, marked[0].Front && marked[1].Front)
	require.False(t, marked[2].Front)
}
