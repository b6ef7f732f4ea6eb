package sim

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// event is one entry of the queue: 32 bytes without a pointer, so that a million of them cost the
// garbage collector nothing. Events are totally ordered by (at, seq).
type event struct {
	at    clock.Time
	seq   uint64 // position in the order of scheduling, unique in a run, from 1
	cause uint64 // seq of the event that was being handled when this one was scheduled
	host  uint32 // kind in the top 8 bits, host number below
	ref   uint32 // what the kind needs: a slab index or a timer slot
}

// fill sets every field.
func (e *event) fill(
	at clock.Time, seq, cause uint64, kind Kind, host node.ID, ref uint32,
) {
	e.at, e.seq, e.cause = at, seq, cause
	e.host, e.ref = uint32(kind)<<24|uint32(host), ref
}

// before reports whether e comes before f in the total order.
func (e *event) before(f *event) bool {
	return e.at < f.at || (e.at == f.at && e.seq < f.seq)
}

func (e *event) kind() Kind      { return Kind(e.host >> 24) }
func (e *event) hostID() node.ID { return node.ID(e.host & (1<<24 - 1)) }
