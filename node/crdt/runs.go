package crdt

import "math/bits"

// runs is the memory for slots that do not fit into their entries. Each such entry has a run of
// slots in one array; the length of a run is a power of two, and less than twice what is needed.
// The zero value is ready for use.
type runs[V any] struct {
	slots []slot[V]
	free  [32][]int32 // starts of the runs given back, by the logarithm of their length
	spare int         // slots in these
}

// runClass returns the logarithm of the length of a run that holds size slots; -1 if there are
// none.
func runClass(size int32) int {
	if size == 0 {
		return -1
	}
	return bits.Len32(uint32(size) - 1)
}

// resize makes the run at start, of size slots, one of wanted slots, the first of which stay the
// same; those it loses must be zero already. It returns where the run is then. A size of zero is no
// run, wherever.
func (r *runs[V]) resize(start, size, wanted int32) int32 {
	before, after := runClass(size), runClass(wanted)
	if before == after {
		return start
	}
	moved := int32(0)
	if wanted > 0 {
		moved = r.take(after)
	}
	if size > 0 {
		old := r.slots[start : start+size]
		copy(r.slots[moved:moved+wanted], old)
		clear(old)
		r.free[before] = append(r.free[before], start)
		r.spare += 1 << before
	}
	return moved
}

// take returns the start of an unused run.
func (r *runs[V]) take(class int) int32 {
	free := &r.free[class]
	if last := len(*free) - 1; last >= 0 {
		start := (*free)[last]
		*free = (*free)[:last]
		r.spare -= 1 << class
		return start
	}
	start := len(r.slots)
	r.slots = withRoom(r.slots, 1<<class)[:start+1<<class]
	return int32(start)
}

// compactRuns moves all runs to memory that is just enough for them.
func (m *Map[K, V]) compactRuns() {
	old := m.runs
	m.runs = runs[V]{slots: make([]slot[V], 0, len(old.slots)-old.spare)}
	for i := range m.entries {
		if e := &m.entries[i]; e.size > fewSlots {
			more := e.size - fewSlots
			start := m.runs.resize(0, 0, more)
			copy(m.runs.slots[start:start+more], old.slots[e.more:e.more+more])
			e.more = start
		}
	}
}
