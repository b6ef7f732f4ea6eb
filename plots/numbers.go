package plots

import (
	"cmp"
	"math"
	"slices"
)

// positive reports whether all these have a place on a logarithmic axis.
func positive(values ...float64) bool {
	return notNegative(values...) && !slices.Contains(values, 0)
}

// notNegative reports whether all these have a place on an axis that begins at 0.
func notNegative(values ...float64) bool {
	return !slices.ContainsFunc(values, func(x float64) bool { return !(x >= 0) || math.IsInf(x, 1) })
}

// ascending reports whether no value is less than the one before it; NaN is nowhere in order.
func ascending(values ...float64) bool {
	for i := range values[1:] {
		if !(values[i] <= values[i+1]) {
			return false
		}
	}
	return true
}

// distinct returns what rows have in one column, each value once, in ascending order.
func distinct[R any, V cmp.Ordered](rows []R, column func(r *R) V) []V {
	all := make([]V, len(rows))
	for i := range rows {
		all[i] = column(&rows[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// inTheirOrder returns what rows have in one column, each value once, in the order in which they
// come up.
func inTheirOrder[R any, V comparable](rows []R, column func(r *R) V) []V {
	var all []V
	for i := range rows {
		if value := column(&rows[i]); !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}

// quantile returns the value below which the given share of a sorted sample lies, interpolated
// between its neighbours: share 0 is the first value, 1 the last. The sample must not be empty.
func quantile(sorted []float64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	below, above := sorted[int(math.Floor(at))], sorted[int(math.Ceil(at))]
	return below + (at-math.Floor(at))*(above-below)
}
