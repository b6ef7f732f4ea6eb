package fidelity

import "math"

// Row compares what one quantity came to in two samples.
type Row struct {
	Quantity        Quantity
	Live, Simulated Summary
	// Difference is by how much the simulated median is above the live one, as a share of that: 0.1 is
	// 10 %. Low and High are around it: with a confidence of at least 95 % the medians of what the
	// samples were drawn from differ by something in between. NaN where there is nothing to compare:
	// of an empty sample, two infinite medians, or a live median of 0.
	Difference, Low, High float64
	// Distance is that of Kolmogorov and Smirnov, and Critical what it exceeds once in twenty times
	// if nothing differs: [Distance] and [CriticalDistance]. NaN if either sample is empty.
	Distance, Critical float64
}

// Summary is what a sample of a quantity is like.
type Summary struct {
	// Count is how many values it has, and Missing how many more it should have.
	Count, Missing int
	// Median is the value in the middle; one in ten values is below P10, one in ten above P90. What
	// is missing counts as infinite, for it is longer than a trial. NaN without any.
	Median, P10, P90 float64
}

// Compare compares a live sample with a simulated one: a row for each of [Quantities].
func Compare(live, simulated *Sample) []Row {
	rows := make([]Row, quantities)
	for i, q := range Quantities() {
		rows[i] = compare(q, live, simulated)
	}
	return rows
}

func compare(q Quantity, live, simulated *Sample) Row {
	a, b := live.ascending(q), simulated.ascending(q)
	row := Row{
		Quantity: q, Live: summary(a, live.missing[q]), Simulated: summary(b, simulated.missing[q]),
		Difference: math.NaN(), Low: math.NaN(), High: math.NaN(),
		Distance: math.NaN(), Critical: math.NaN(),
	}
	if len(a) == 0 || len(b) == 0 {
		return row
	}
	row.Distance, row.Critical = Distance(a, b), CriticalDistance(len(a), len(b))
	if row.Live.Median != 0 {
		row.Difference = row.Simulated.Median/row.Live.Median - 1
		row.Low, row.High = differenceInterval(a, b)
	}
	return row
}

func summary(ascending []float64, missing int) Summary {
	if len(ascending) == 0 {
		return Summary{Median: math.NaN(), P10: math.NaN(), P90: math.NaN()}
	}
	return Summary{
		Count: len(ascending) - missing, Missing: missing, Median: median(ascending),
		P10: quantile(ascending, 0.1), P90: quantile(ascending, 0.9),
	}
}

// differenceInterval holds the difference of two medians if both are in their own intervals, which
// are wide enough for that (Bonferroni).
func differenceInterval(live, simulated []float64) (low, high float64) {
	const each = 0.975
	liveLow, liveHigh := medianInterval(live, each)
	simulatedLow, simulatedHigh := medianInterval(simulated, each)
	return simulatedLow/liveHigh - 1, simulatedHigh/liveLow - 1
}

// Within reports whether the medians differ by no more than a tolerance: 0.1 is 10 %. What cannot
// be compared is not within any.
func (r *Row) Within(tolerance float64) bool { return math.Abs(r.Difference) <= tolerance }
