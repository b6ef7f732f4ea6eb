package replicas

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Workload is what a group of replicas writes. Every server writes an equal share of it, at moments
// that are independent of each other (a Poisson process), to keys chosen at random. The zero value
// writes nothing.
type Workload struct {
	// Keys is how many keys there are: 0 to Keys-1.
	Keys int
	// Filled: every key has a value from the start. Each server that starts when the clock does
	// writes those that leave its number when divided by the number of servers.
	Filled bool
	// Interval is the mean time between two writes of the whole group; 0 for no writes.
	Interval time.Duration
	// Removals is the share of writes that remove a key. Where the key has no value it is given one
	// instead.
	Removals rng.PPM
	// Until is when writing ends.
	Until clock.Time
}

// begin writes what this replica starts with, and plans the first write.
func (r *Replica) begin(now clock.Time, out *effects) {
	w := &r.config.Workload
	if w.Filled && now == 0 {
		for key := int(r.self); key < w.Keys; key += r.peers.hosts {
			r.write(uint32(key), out)
		}
	}
	r.plan(now, out)
}

// plan sets the alarm for the next write, if there is to be one.
func (r *Replica) plan(now clock.Time, out *effects) {
	w := &r.config.Workload
	if w.Interval == 0 {
		return
	}
	next := now.Add(rng.Exponential(&r.luck, w.Interval*time.Duration(r.peers.hosts)))
	if next < w.Until {
		out.Alarm(timerWrite, next)
	}
}

// Write gives a key a new value.
func (r *Replica) Write(key uint32, out *effects) {
	r.write(key, out)
	r.settle(out)
}

// writeAny writes to a random key, or removes one.
func (r *Replica) writeAny(out *effects) {
	w := &r.config.Workload
	key := uint32(r.luck.Intn(w.Keys))
	if w.Removals.Hit(&r.luck) && r.remove(key, out) {
		return
	}
	r.write(key, out)
}

// remove removes a key, if it has a value.
func (r *Replica) remove(key uint32, out *effects) bool {
	dot, removed := r.store.Remove(key)
	if removed {
		out.Emit(node.Event{Kind: node.Wrote, Subject: key, A: dot.Seq})
	}
	return removed
}

// write gives a key a value that no write had before: the boot number and the number of the write
// within the life, which ascend together, and the writer. None comes twice as long as a life has
// written less often, when it ends, than it has lived milliseconds.
func (r *Replica) write(key uint32, out *effects) {
	number := r.store.Versions().Seq(r.Actor()) + 1
	value := (r.boot+number)*uint64(r.peers.hosts) + uint64(r.self)
	dot := r.store.Put(key, value)
	out.Emit(node.Event{Kind: node.Wrote, Subject: key, A: dot.Seq, B: HashValue(value)})
}
