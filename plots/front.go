package plots

import (
	"cmp"
	"slices"
)

// Front returns the rows with those marked, and no others, that no other row dominates: none is at
// least as good in detection time, false deaths and bytes and better in one of them. Equal rows are
// on the front together. No figure may be NaN.
func Front(rows []ParetoRow) []ParetoRow {
	marked := slices.Clone(rows)
	var front []*ParetoRow
	for _, r := range inOrder(marked) {
		r.Front = !slices.ContainsFunc(front, func(better *ParetoRow) bool {
			return better.dominates(r)
		})
		if r.Front {
			front = append(front, r)
		}
	}
	return marked
}

// inOrder returns the rows from the fastest to the slowest, the better one first among equals: what
// dominates a row comes before it, and the first to do so is itself on the front.
func inOrder(rows []ParetoRow) []*ParetoRow {
	sorted := make([]*ParetoRow, len(rows))
	for i := range rows {
		sorted[i] = &rows[i]
	}
	slices.SortFunc(sorted, func(x, y *ParetoRow) int {
		return cmp.Or(
			cmp.Compare(x.DetectionSeconds, y.DetectionSeconds),
			cmp.Compare(x.FalseDeaths, y.FalseDeaths),
			cmp.Compare(x.BytesPerNodeSecond, y.BytesPerNodeSecond),
		)
	})
	return sorted
}

// dominates reports whether r is as good as other in everything and better in something.
func (r *ParetoRow) dominates(other *ParetoRow) bool {
	x := [3]float64{r.DetectionSeconds, r.FalseDeaths, r.BytesPerNodeSecond}
	y := [3]float64{other.DetectionSeconds, other.FalseDeaths, other.BytesPerNodeSecond}
	return x != y && x[0] <= y[0] && x[1] <= y[1] && x[2] <= y[2]
}
