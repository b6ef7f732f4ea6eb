package versus

import (
	"slices"

	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Under returns the scenario with servers of another design.
func Under(s scenarios.Scenario, d scenarios.Design) scenarios.Scenario {
	s.Design = d
	return s
}

// Comparison collects the results of some designs.
type Comparison struct {
	designs []scenarios.Design
	results [][]*world.Result // by design
}

// New returns a comparison of some designs, of which nothing is known yet.
func New(designs []scenarios.Design) *Comparison {
	return &Comparison{slices.Clone(designs), make([][]*world.Result, len(designs))}
}

// Add takes in a run of the design with the given place among those compared. Every design is given
// the same seeds in the same order.
func (c *Comparison) Add(design int, r *world.Result) {
	c.results[design] = append(c.results[design], r)
}

// Runs is how many seeds all designs have been through. What some have been through and others not
// does not count.
func (c *Comparison) Runs() int {
	least := len(c.results[0])
	for _, of := range c.results {
		least = min(least, len(of))
	}
	return least
}

// Row is what one design came to.
type Row struct {
	Design scenarios.Design
	// Runs is how many runs it went through, the same for all rows.
	Runs int
	// Figures are in the order of [Quantities].
	Figures []Figure
	// Broken are the promises that it broke, the most often broken first, and Beyond is why nothing
	// was promised for a run, empty if everything was.
	Broken []Broken
	Beyond string
}

// Broken is a promise that a design broke.
type Broken struct {
	Property string
	// Runs is in how many runs, First the seed of the first of them.
	Runs  int
	First uint64
}

// Rows returns a row for each design, in the order in which they were named.
func (c *Comparison) Rows() []Row {
	rows := make([]Row, len(c.designs))
	for i, d := range c.designs {
		rows[i] = newRow(d, c.results[i][:c.Runs()])
	}
	return rows
}

func newRow(d scenarios.Design, results []*world.Result) Row {
	row := Row{Design: d, Runs: len(results), Broken: broken(results)}
	for _, q := range Quantities() {
		var measured []float64
		for _, r := range results {
			if value, known := r.Metrics[q.Metric]; known {
				measured = append(measured, value)
			}
		}
		row.Figures = append(row.Figures, q.figure(measured))
	}
	for _, r := range results {
		if r.Beyond != "" {
			row.Beyond = r.Beyond
		}
	}
	return row
}

func broken(results []*world.Result) (all []Broken) {
	for _, r := range results {
		for _, v := range r.Violations {
			i := slices.IndexFunc(all, func(b Broken) bool { return b.Property == v.Property })
			if i < 0 {
				i, all = len(all), append(all, Broken{v.Property, 0, r.Seed})
			}
			all[i].Runs++
		}
	}
	slices.SortStableFunc(all, func(a, b Broken) int { return b.Runs - a.Runs })
	return all
}
