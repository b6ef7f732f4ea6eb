package search

import (
	"slices"

	"butterfly/scenarios"
	"butterfly/scenarios/explore"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// Coverage sums up the tables of many runs: what happened during which faults. The zero value is that of
// no run. Runs have a table if [stage.Options] asks for it.
type Coverage struct {
	cells []world.CoverageCell
	sets  map[explore.Key]struct{}
}

// Add takes in the table of a run, and returns how many of its cells no run had before.
func (c *Coverage) Add(cells []world.CoverageCell) (fresh int) {
	if c.sets == nil {
		c.sets = map[explore.Key]struct{}{}
	}
	c.sets[keyOf(cells)] = struct{}{}
	before := len(c.cells)
	c.cells = world.AddCoverage(c.cells, cells)
	return len(c.cells) - before
}

// keyOf is a digest of which cells there are, whatever their counts.
func keyOf(cells []world.CoverageCell) (key explore.Key) {
	for _, cell := range cells {
		fault := rng.Named(0, string(cell.Fault))
		key = key.With(uint64(rng.Named(uint64(fault), cell.Event)))
	}
	return key
}

// Cells returns the sum of the tables, in the order of [world.Result]. The caller must not modify it.
func (c *Coverage) Cells() []world.CoverageCell { return c.cells }

// Sets is how many different sets of cells runs had. It is the number of states explored as far as the
// table tells them apart: two runs with the same set went through the same events during the same kinds
// of faults, in whatever order and however often. That is far coarser than the states of the servers.
func (c *Coverage) Sets() int { return len(c.sets) }

// CoverageRow is what happened during the faults of one kind.
type CoverageRow struct {
	// Fault is as in [world.CoverageCell].
	Fault scenarios.FaultKind
	// Seen is how many kinds of events happened, Missing are those that happened in other rows only,
	// sorted by name.
	Seen    int
	Missing []string
}

// Rows returns the table with a row for each kind of faults that were in force, nothing wrong among
// them, as far as anything happened.
func (c *Coverage) Rows() (rows []CoverageRow) {
	events := c.events()
	for _, cell := range c.cells {
		if last := len(rows) - 1; last < 0 || rows[last].Fault != cell.Fault {
			rows = append(rows, CoverageRow{Fault: cell.Fault, Missing: slices.Clone(events)})
		}
		row := &rows[len(rows)-1]
		row.Seen++
		row.Missing = slices.DeleteFunc(row.Missing, func(name string) bool { return name == cell.Event })
	}
	return rows
}

// events returns the names of all that happened.
func (c *Coverage) events() (names []string) {
	for _, cell := range c.cells {
		names = append(names, cell.Event)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
