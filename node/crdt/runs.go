package crdt

import "math/bits"

// runs is the memory for slots that do not fit into their entries. Each such entry has a run of
// slots in one array; the length of a run is a power of two, at least shortestRun. The zero value
// is ready for use.
type runs[V any] struct {
	slots []slot[V]
	free  [32][]int32 // starts of the runs given back, by the logarithm of their length
}

// shortestRun is the length of the shortest runs: with small values one cache line.
const shortestRun = 4

// runClass returns the logarithm of the length of a run that holds size slots.
func runClass(size int32) int { return bits.Len32(uint32(max(size, shortestRun)) - 1) }

// extend makes room for one more slot in the run at start, which holds size of them; none if size
// is zero. It returns where the run is then.
func (r *runs[V]) extend(start, size int32) int32 {
	class := runClass(size + 1)
	if size > 0 && class == runClass(size) {
		return start
	}
	longer := r.take(class)
	if size > 0 {
		old := r.slots[start : start+size]
		copy(r.slots[longer:], old)
		clear(old)
		r.free[runClass(size)] = append(r.free[runClass(size)], start)
	}
	return longer
}

// take returns the start of an unused run.
func (r *runs[V]) take(class int) int32 {
	free := &r.free[class]
	if last := len(*free) - 1; last >= 0 {
		start := (*free)[last]
		*free = (*free)[:last]
		return start
	}
	start := len(r.slots)
	r.slots = withRoom(r.slots, 1<<class)[:start+1<<class]
	return int32(start)
}
