package health

import "butterfly/sim/clock"

// noticeStall begins anew if this server has stood still: if the earliest probe is overdue by more
// than the shortest timeout. While the server runs, Due is called when it asks for it, and if not
// to the nanosecond then still long before a probe could time out.
//
// A server that is blocked rather than paused may get here several times before it runs free, on
// whatever input still reaches it. Each time counts from the last one, so nothing is lost twice.
func (p *Prober) noticeStall(now clock.Time) {
	if now.Sub(max(p.queue.next(), p.awake)) > p.book.patience {
		p.awake = now
		p.restart()
	}
}

// restart begins the counting anew with all origins, and waits for none of the probes under way:
// what they find is of another time. The ticks go on, so that an interval of probing is lost at
// most.
func (p *Prober) restart() {
	p.network.failing = false
	for i := range p.targets {
		t := &p.targets[i]
		p.network.forget(t)
		t.outstanding = false
		t.forgetResults()
	}
}
