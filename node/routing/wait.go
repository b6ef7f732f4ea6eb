package routing

// wait is what the table keeps of an origin beside the rest while it waits to leave or to return:
// 12 bytes.
type wait struct {
	ahead, behind link   // neighbours in the pool's line, while it waits to leave
	place         uint32 // 1 + its place in the heap of deadlines, 0 for none
}

// waits has the waits of all origins that wait.
//
// Invariant: all[i] is of the one origin whose wait is i, or in free; all[0] is of nobody.
type waits struct {
	all  []wait
	free []uint32
}

func newWaits() waits { return waits{all: make([]wait, 1)} }

// keep gives an origin a wait, if it has none, or takes it away.
func (w *waits) keep(o *origin, waiting bool) {
	switch {
	case waiting == (o.wait != 0):
	case waiting:
		o.wait = w.room()
	default:
		w.all[o.wait] = wait{}
		w.free = append(w.free, o.wait)
		o.wait = 0
	}
}

// room returns the index of an empty wait.
func (w *waits) room() (index uint32) {
	if last := len(w.free) - 1; last >= 0 {
		index, w.free = w.free[last], w.free[:last]
		return index
	}
	w.all = append(w.all, wait{})
	return uint32(len(w.all) - 1)
}

// wait returns the wait of an origin that waits, valid until another begins to.
func (t *Table) wait(origin uint32) *wait { return &t.waits.all[t.origins[origin].wait] }
