package sim

import (
	"slices"
	"time"

	"butterfly/node"
)

// pace says whether a host is slow, and if so whether it is at work.
type pace uint8

const (
	brisk   pace = iota
	idle         // slow, with nothing to process
	working      // slow, and processing the first of what waits, or just handing it over
)

// slowness is that of one slow host.
type slowness struct {
	cost     time.Duration
	done     uint64 // seq of the entry that ends the processing under way
	admitted uint64 // seq of the input that has been processed and comes next, 0 for none
	delayed  int    // inputs that have had to wait for another one
}

// SetCost says how long host takes for each input from now on: it is handled that much later, and
// what comes meanwhile waits for its turn. 0, as it is at first, is no time at all. The cost is the
// host's, not the process's: a crash does not end it. SetCost returns how many inputs have had to
// wait behind another one since the host has been slow.
func (k *Kernel[M]) SetCost(host node.ID, cost time.Duration) (delayed int) {
	if k.slow == nil {
		k.slow = make([]slowness, len(k.hosts))
	}
	h, s := &k.hosts[host], &k.slow[host]
	s.cost = cost
	switch {
	case cost > 0 && h.pace == brisk:
		h.pace, *s = idle, slowness{cost: cost}
		k.slowHosts++
	case cost == 0 && h.pace != brisk:
		h.pace = brisk
		k.slowHosts--
		k.letGo(host)
	}
	return s.delayed
}

// delay puts an input of a slow host aside, unless its turn has come. It leaves aside what is no
// input, or none any more.
func (k *Kernel[M]) delay(e *event) bool {
	if e.kind() == Control || e.kind() == processed {
		return false
	}
	h := &k.hosts[e.hostID()]
	if h.pace == brisk || !h.up() || k.slow[e.hostID()].admitted == e.seq || k.putsOff(e) {
		return false
	}
	if h.pace == working {
		k.slow[e.hostID()].delayed++
	}
	k.hold(e, k.weight(e))
	if h.pace == idle {
		k.work(e.hostID())
	}
	return true
}

// putsOff reports whether a queue entry only has to be moved or dropped.
func (k *Kernel[M]) putsOff(e *event) bool {
	if e.kind() == Wake && k.timer(e.hostID(), node.TimerID(e.ref)).wanted > e.at {
		return true
	}
	return k.isStale(e)
}

// weight is what an input takes of the socket buffer: 0 for what is no datagram.
func (k *Kernel[M]) weight(e *event) int {
	if e.kind() == Deliver || e.kind() == replayed {
		return int(k.envelopes.at(e.ref).size)
	}
	return 0
}

// work begins to process what waits, if anything does that no pause or block holds.
func (k *Kernel[M]) work(host node.ID) {
	h, s := &k.hosts[host], &k.slow[host]
	h.pace = idle
	if h.waiting != nil && slices.ContainsFunc(h.waiting.inputs, h.frees) {
		h.pace = working
		s.done = k.push(k.now.Add(s.cost), processed, host, 0)
	}
}

// goOn lets a slow host that nothing holds any longer go on with what waits, and returns how much
// that is.
func (k *Kernel[M]) goOn(host node.ID) (count int) {
	h := &k.hosts[host]
	for i := range h.waiting.inputs {
		if !h.holds(&h.waiting.inputs[i]) {
			count++
		}
	}
	if h.pace == idle {
		k.work(host)
	}
	return count
}

// frees reports whether neither a pause nor a block holds an input.
func (h *host) frees(e event) bool { return !h.holds(&e) }

// openProcessed ends the processing of an input: it is the next that the host handles.
func (k *Kernel[M]) openProcessed(e *event) bool {
	host, s := e.hostID(), &k.slow[e.hostID()]
	h := &k.hosts[host]
	if h.pace != working || s.done != e.seq {
		return false
	}
	s.done = 0
	if next, found := k.takeWaiting(h); found {
		s.admitted = k.requeue(&next)
	} else {
		h.pace = idle
	}
	return false
}

// takeWaiting takes the first input that need not wait out of those that do, and drops timers and
// calls before it that have moved on.
func (k *Kernel[M]) takeWaiting(h *host) (next event, found bool) {
	w := h.waiting
	for i := 0; i < len(w.inputs) && !found; {
		next = w.inputs[i]
		if h.holds(&next) {
			i++
			continue
		}
		w.inputs = slices.Delete(w.inputs, i, i+1)
		if found = !k.isStale(&next); !found {
			k.dropStale()
		}
	}
	if found {
		w.bytes -= k.weight(&next)
	}
	return next, found
}

// turn goes on to the next input of a slow host once the one whose turn it was has been taken from
// the queue, whether or not it came to anything.
func (k *Kernel[M]) turn(host node.ID, seq uint64) {
	if host == node.Nobody || k.slow[host].admitted != seq {
		return
	}
	k.slow[host].admitted = 0
	if k.hosts[host].pace == working {
		k.work(host)
	}
}

// stopWork forgets what a slow host was doing when it crashed. It is as slow in its next life.
func (k *Kernel[M]) stopWork(host node.ID) {
	if k.hosts[host].pace != brisk {
		k.hosts[host].pace = idle
		k.slow[host].done, k.slow[host].admitted = 0, 0
	}
}
