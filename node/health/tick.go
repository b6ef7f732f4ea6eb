package health

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Due does what is due at now, and returns the first probe to make that it comes upon; to be called
// until it reports false.
func (p *Prober) Due(now clock.Time) (node.Probe, bool) {
	for p.queue.next() <= now {
		p.noticeStall(now)
		if probe, ok := p.tick(now); ok {
			return probe, true
		}
	}
	return node.Probe{}, false
}

// tick probes the origin that is due first, unless its last probe is still unanswered. However late
// it is, it makes one probe and goes on in step: the ticks missed while the server stood still are
// lost.
func (p *Prober) tick(now clock.Time) (node.Probe, bool) {
	number := p.queue.first.number
	t := &p.targets[number]
	r := p.book.of(t)
	next := p.queue.next().Add(r.interval)
	if t.streak > 0 || r.jitter > 0 || next <= now {
		next = p.following(now, t, r)
	}
	p.queue.repeat(r.round, next)
	if t.outstanding {
		return node.Probe{}, false
	}
	p.probes++
	t.probe, t.start, t.outstanding, t.footing = uint32(p.probes), now, true, p.network.footing(t)
	return node.Probe{Origin: t.origin, Token: tokenOf(p.probes, number), Timeout: r.timeout}, true
}

// tokenOf names a probe, the latest one of the target of that number.
func tokenOf(probes uint64, number uint32) uint64 { return probes<<32 | uint64(number) }

// following returns the tick that comes after the one due first, whatever the circumstances.
func (p *Prober) following(now clock.Time, t *target, r *rule) clock.Time {
	due, step := p.queue.next(), r.step(t.streak > 0)
	if late := now.Sub(due); late >= step {
		due = due.Add(late / step * step)
	}
	if r.jitter > 0 && step == r.interval {
		step += time.Duration(p.draw(t.origin, due)(uint64(r.jitter) + 1))
	}
	return due.Add(step)
}

// hasten brings the next tick of an origin forward, because its results have begun to contradict
// its status. It stays in step with the probe it comes after.
func (p *Prober) hasten(now clock.Time, t *target, r *rule) {
	next := t.start.Add(r.fast)
	if next < now {
		next = next.Add((now.Sub(next) + r.fast - 1) / r.fast * r.fast)
	}
	if next < t.start.Add(r.interval) {
		number := p.places[t.origin].number - 1
		p.queue.drop(number)
		p.queue.add(number, next)
	}
}
