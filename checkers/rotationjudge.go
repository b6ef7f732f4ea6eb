package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// route takes where a server's requests go from now on, and judges that as far as it can be at once. A
// slow server does by then what was due before: a panic may begin and end in one input.
func (r *Rotation) route(o *Observation, at rotor, report *Report) {
	e := r.backend(o)
	e.routed = o.Event.A == 1
	b := &r.hosts[at.host]
	excused := r.rotation(at).panicky == r.now || b.began == r.now || b.stalled
	switch {
	case !e.known || excused:
	case !e.routed:
		e.left = true
		r.leave(o, at, e, report)
	case e.unhealthy:
		r.violate(at, o.Event.Subject, report, "is routed to again, though believed unhealthy since",
			e, "nobody panics")
	case e.left && r.now < e.since.Add(r.promise.Drift.Earliest(r.promise.Debounce)):
		r.violate(at, o.Event.Subject, report, "is routed to again, believed unhealthy no more since",
			e, "the debounce is "+r.promise.Debounce.String())
	}
}

// leave counts an origin that has left rotation.
func (r *Rotation) leave(o *Observation, at rotor, e *backend, report *Report) {
	p, window := r.rotation(at), r.promise.Drift.Earliest(r.promise.ChurnWindow)
	if r.now >= p.windowEnd {
		p.aligned = r.promise.Drift == 0 && r.now >= p.panicky.Add(window) &&
			(p.aligned || r.now >= p.departed.Add(window))
		p.windowEnd, p.left, p.widest = r.now.Add(window), 0, 0
	}
	known, weight := r.known(at), uint64(r.weights[o.Event.Subject])
	p.departed, p.widest = r.now, max(p.widest, known)
	p.left += weight
	share := known * uint64(r.promise.ChurnPPM)
	if !p.aligned { // the end of one of the server's windows, and the beginning of another
		share = p.widest*uint64(r.promise.ChurnPPM) + max(share, weight*uint64(rng.Always))
	}
	if window == 0 || p.left == weight || p.left*uint64(rng.Always) <= share {
		return
	}
	r.violate(at, o.Event.Subject, report, "leaves rotation, believed unhealthy since", e,
		"others have left within the window of "+window.String()+" until then")
}

// known is the weight of what a server knows of a pool.
func (r *Rotation) known(at rotor) (sum uint64) {
	r.each(at, func(_ *backend, weight uint64) { sum += weight })
	return sum
}

// endInstant demands of what has changed in an instant that it fails open if it has to.
func (r *Rotation) endInstant(report *Report) {
	for _, at := range r.touched {
		r.rotation(at).touched = false
		r.judgePanic(at, report)
	}
	r.touched = r.touched[:0]
}

// judgePanic demands that requests go to all of a pool of which too little is healthy.
func (r *Rotation) judgePanic(at rotor, report *Report) {
	b := &r.hosts[at.host]
	healthy := uint64(0)
	r.each(at, func(e *backend, weight uint64) { healthy += weight * uint64(oneIf(!e.unhealthy)) })
	if !b.up || b.stalled || !r.short(at, healthy) {
		return
	}
	for _, origin := range r.pools[at.pool] {
		if e := &b.backends[origin]; e.known && r.weights[origin] > 0 && !e.routed {
			r.violate(at, origin, report, "is not routed to, of a state believed since", e,
				"too little of its pool is healthy")
		}
	}
}

// short reports whether so much of a pool is less than the panic threshold asks for.
func (r *Rotation) short(at rotor, available uint64) bool {
	return available*uint64(rng.Always) < r.known(at)*uint64(r.promise.PanicPPM)
}

// mayPanic reports whether a server's requests may rightly go to all of a pool.
func (r *Rotation) mayPanic(at rotor) bool {
	sure := uint64(0)
	r.each(at, func(e *backend, weight uint64) {
		if !e.unhealthy && e.since.Add(r.debounce(e)) < r.now {
			sure += weight
		}
	})
	return r.short(at, sure)
}

// debounce is the longest for which an origin may be kept out.
func (r *Rotation) debounce(e *backend) time.Duration {
	wait := r.promise.Debounce
	for range int(e.flips) - 1 {
		wait = min(2*wait, r.promise.LongestDebounce)
	}
	return r.promise.Drift.Latest(wait) * time.Duration(oneIf(e.flips > 0))
}

func (r *Rotation) judgeHost(host node.ID, report *Report) {
	for pool := range r.pools {
		r.judge(rotor{host, uint32(pool)}, report)
	}
}

// judge holds what a server has done with a pool until now against the time that it had.
func (r *Rotation) judge(at rotor, report *Report) {
	b := &r.hosts[at.host]
	if !b.up || b.stalled {
		return
	}
	excused := r.whole(at) && r.mayPanic(at)
	for _, origin := range r.pools[at.pool] {
		e := &b.backends[origin]
		switch {
		case !e.known || r.weights[origin] == 0:
		case e.unhealthy && e.routed && !excused && r.now > r.due(at, e):
			r.violate(at, origin, report, "is routed to, though believed unhealthy since", e,
				"it was to be out of rotation at "+r.due(at, e).String())
		case !e.unhealthy && !e.routed && r.now > max(b.resumed, e.since.Add(r.debounce(e))):
			r.violate(at, origin, report, "is not routed to, though believed unhealthy no more since",
				e, "the debounce is "+r.debounce(e).String()+" at most")
		}
	}
}

// whole reports whether requests go to all of a pool.
func (r *Rotation) whole(at rotor) bool {
	out := 0
	r.each(at, func(e *backend, _ uint64) { out += oneIf(!e.routed) })
	return out == 0
}

func (r *Rotation) violate(
	at rotor, origin uint32, report *Report, what string, e *backend, why string,
) {
	report.Violate(PropertyRoutesAsBelieved, r.now, "on host %d origin %d of pool %d %s %v at %v; %s",
		at.host, origin, at.pool, what, e.since, r.now, why)
}
