package world

import (
	"cmp"
	"slices"

	"butterfly/node"
	"butterfly/scenarios"
)

// CoverageCell is one of a table of what a run went through: an event, and what was wrong when it
// happened. When several faults are in force, it counts for each kind of them once.
type CoverageCell struct {
	// Fault is the kind of faults in force, [OneWay] for a partition in one direction; empty if nothing
	// was wrong.
	Fault scenarios.FaultKind
	// Event is what a server said of itself, by the name of its [node.EventKind], or [Answered].
	Event string
	// Count is how often; at least once.
	Count uint64
}

const (
	// OneWay is what a table of coverage calls a partition in one direction.
	OneWay scenarios.FaultKind = "partition-one-way"
	// Answered is what it calls that a server got the answer to a call, such as a pull.
	Answered = "call-answered"
)

// AddCoverage returns the sum of two tables. Both are sorted as [Result] has them, and so is the sum.
func AddCoverage(a, b []CoverageCell) []CoverageCell {
	all, compare := slices.Concat(a, b), inOrder()
	slices.SortFunc(all, compare)
	var sum []CoverageCell
	for _, cell := range all {
		if last := len(sum) - 1; last >= 0 && compare(sum[last], cell) == 0 {
			sum[last].Count += cell.Count
			continue
		}
		sum = append(sum, cell)
	}
	return sum
}

// inOrder compares cells by their faults, nothing first and then as in [scenarios.FaultKinds], and those
// of one fault by the names of their events.
func inOrder() func(a, b CoverageCell) int {
	rows := conditions()
	return func(a, b CoverageCell) int {
		return cmp.Or(
			cmp.Compare(slices.Index(rows, a.Fault), slices.Index(rows, b.Fault)),
			cmp.Compare(a.Event, b.Event),
		)
	}
}

// conditions are the rows of the table.
func conditions() []scenarios.FaultKind {
	all := append([]scenarios.FaultKind{""}, scenarios.FaultKinds()...)
	return slices.Insert(all, 1+slices.Index(all, scenarios.Partition), OneWay)
}

// coverage counts events by what is wrong meanwhile. Faults begin and end rarely, and events happen all
// the time: they are only counted, and go into the rows of the table when the faults in force change.
type coverage struct {
	rows []scenarios.FaultKind
	// inForce is how many faults of a row are, faults how many in all.
	inForce []int
	faults  int
	// since counts the events since that has changed, by the number of their kinds; answered is at 0,
	// which is none.
	since []uint64
	// table holds for each row what happened until then.
	table [][]uint64
}

func newCoverage() *coverage {
	rows := conditions()
	return &coverage{
		rows: rows, inForce: make([]int, len(rows)), table: make([][]uint64, len(rows)),
	}
}

const answered node.EventKind = 0

// saw counts an event; without a table it does nothing.
func (c *coverage) saw(kind node.EventKind) {
	if c == nil {
		return
	}
	if int(kind) >= len(c.since) {
		c.since = append(c.since, make([]uint64, int(kind)+1-len(c.since))...)
	}
	c.since[kind]++
}

// begin notes that a fault is in force from now on, end that it is so no longer.
func (c *coverage) begin(f *scenarios.Fault) { c.change(f, 1) }

func (c *coverage) end(f *scenarios.Fault) { c.change(f, -1) }

func (c *coverage) change(f *scenarios.Fault, by int) {
	if c == nil {
		return
	}
	c.settle()
	kind := f.Kind
	if f.OneWay {
		kind = OneWay
	}
	c.inForce[slices.Index(c.rows, kind)] += by
	c.faults += by
}

// settle puts what has happened into the rows that it belongs to.
func (c *coverage) settle() {
	for row := range c.rows {
		if c.inForce[row] > 0 || row == 0 && c.faults == 0 {
			c.add(row)
		}
	}
	clear(c.since)
}

func (c *coverage) add(row int) {
	if more := len(c.since) - len(c.table[row]); more > 0 {
		c.table[row] = append(c.table[row], make([]uint64, more)...)
	}
	for kind, count := range c.since {
		c.table[row][kind] += count
	}
}

// cells returns the table as it stands, nil without one.
func (c *coverage) cells() (all []CoverageCell) {
	if c == nil {
		return nil
	}
	c.settle()
	for row, counts := range c.table {
		for kind, count := range counts {
			if count > 0 {
				all = append(all, CoverageCell{c.rows[row], eventName(node.EventKind(kind)), count})
			}
		}
	}
	slices.SortFunc(all, inOrder())
	return all
}

func eventName(kind node.EventKind) string {
	if kind == answered {
		return Answered
	}
	return kind.String()
}
