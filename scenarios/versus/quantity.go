package versus

import "slices"

// Quantity is something that is measured of every design.
type Quantity struct {
	// Metric is its name among the metrics of a run, which ends in its unit.
	Metric string
	// Means says in a few words what it is, in which unit, and how runs are combined.
	Means string

	combine func(sorted []float64) float64
}

// Quantities returns what is compared, in the order in which tables show it.
func Quantities() []Quantity {
	return []Quantity{
		{"longest_gap_seconds", "longest gap, s, worst", worst},
		{"unchecked_minority_seconds", "unchecked on minority, origin-s", mean},
		{"duplicate_probe_seconds", "checked twice or more, origin-s", mean},
		{"probes_per_origin_second", "probes an origin and second", mean},
		{"messages_per_node_second", "messages a server and second", mean},
		{"bytes_per_node_second", "bytes a server and second", mean},
		{"believed_alike_seconds", "alike after the heal, s, median", median},
		{"requests_dead_ppm", "requests to dead origins, ppm", mean},
	}
}

func worst(sorted []float64) float64 { return sorted[len(sorted)-1] }

func mean(sorted []float64) float64 {
	sum := 0.0
	for _, v := range sorted {
		sum += v
	}
	return sum / float64(len(sorted))
}

// median is the value in the middle, or the mean of the two.
func median(sorted []float64) float64 {
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

// Figure is what the runs of one design say of a quantity.
type Figure struct {
	// Runs is how many measured it. Without any the rest says nothing.
	Runs int
	// Value is theirs together; Least and Most are those of single runs.
	Value, Least, Most float64
}

// figure combines what runs measured.
func (q *Quantity) figure(measured []float64) Figure {
	if len(measured) == 0 {
		return Figure{}
	}
	sorted := slices.Sorted(slices.Values(measured))
	least, most := sorted[0], worst(sorted)
	// A mean is within the range, but for what adding up loses.
	value := min(max(least, q.combine(sorted)), most)
	return Figure{Runs: len(sorted), Value: value, Least: least, Most: most}
}
