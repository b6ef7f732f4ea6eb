package checkers

import "math"

// collect forgets the writes that every living replica knows to be overwritten.
func (h *MapHistory) collect() {
	due, stable := h.unheld(), h.seenByAll()
	for number := range h.log.writes {
		w := &h.log.writes[number]
		if w.overwritten && due[number] && w.seq <= stable[w.actor] {
			h.log.collect(int32(number))
		}
	}
	h.log.trim()
	h.limit = max(h.room, 2*h.log.held())
}

// unheld tells for each write, by number, whether no living replica has to hold it.
func (h *MapHistory) unheld() []bool {
	due := make([]bool, len(h.log.writes))
	for i := range due {
		due[i] = true
	}
	for host := range h.replicas {
		for key := range h.replicas[host].held.cells {
			for _, number := range h.replicas[host].held.at(int32(key)) {
				due[number] = false
			}
		}
	}
	return due
}

// seenByAll returns for each actor its newest dot below which every living replica has seen all.
// One that has said nothing yet has seen nothing, but may be about to hold what is on its way to
// it.
func (h *MapHistory) seenByAll() []uint32 {
	stable := make([]uint32, len(h.log.names))
	for actor := range stable {
		stable[actor] = math.MaxUint32
		for host := range h.replicas {
			r := &h.replicas[host]
			if r.up && !r.retired(int32(actor)) {
				stable[actor] = min(stable[actor], r.extent(int32(actor)))
			}
		}
	}
	return stable
}
