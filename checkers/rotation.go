package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Balancing is the promise [Rotation] holds a cluster to.
type Balancing struct {
	// Origins is which origins there are.
	Origins Origins
	// Place returns the pool of an origin and its weight there. Pools are numbered densely from 0,
	// and have up to 65,535 origins.
	Place func(origin uint32) (pool uint32, weight uint16)
	// PanicPPM is the share of a pool's weight below which requests go to all of it; 0 for never.
	PanicPPM rng.PPM
	// ChurnPPM is the share of a pool's weight that may leave within a ChurnWindow, though one
	// origin always may; a ChurnWindow of 0 lets any number leave.
	ChurnPPM    rng.PPM
	ChurnWindow time.Duration
	// Leaving is how long an unhealthy origin may stay in rotation when so many of its pool are
	// unhealthy, itself included, of so many that the server knows.
	Leaving func(unhealthy, known int) time.Duration
	// Debounce is how long an origin that left has to be healthy before it returns, the first time.
	// It doubles with each further time, up to LongestDebounce.
	Debounce, LongestDebounce time.Duration
	// Drift is that of the clocks of the servers: all these spans are theirs.
	Drift DriftPPM
}

// Rotation checks routes-as-believed: whatever a server believes of the origins it knows (Believed,
// OriginLearned, OriginForgotten), its requests go where its routing says that they then go
// (Routed). It is about each server by itself, so that no fault is an excuse but standing still:
//
//   - while so much of a pool is believed unhealthy that less than PanicPPM is left, requests go to
//     all of it: it fails open;
//   - what has been believed unhealthy for Leaving gets no requests, but in a panic;
//   - what has been believed anything else for as long as its debounce gets requests;
//   - nothing that left returns before the Debounce, but in a panic;
//   - no more leaves within a ChurnWindow than ChurnPPM; twice as much in one that began, because a
//     panic hid who left, when the server's own did perhaps not.
//
// A pool may be in a panic while less than PanicPPM of its weight is sure to be in rotation, which is
// what has not been believed unhealthy for longer than its debounce. An origin has left at most as
// often as the server has come to believe it unhealthy since it knows it.
//
// It keeps 16 bytes per server and origin.
type Rotation struct {
	promise Balancing
	pools   [][]uint32 // by pool: its origins
	weights []uint16   // by origin
	hosts   []balancer // by host
	touched []rotor    // what may have to fail open when the instant is over
	now     clock.Time
}

// rotor is one server's requests to one pool.
type rotor struct {
	host node.ID
	pool uint32
}

// balancer is what one server makes of the origins.
type balancer struct {
	up, stalled bool
	began       clock.Time
	resumed     clock.Time // when it last ran again: what was due meanwhile, it does now
	backends    []backend  // by origin
	rotations   []rotation // by pool
}

// backend is an origin to one server: 16 bytes.
type backend struct {
	since clock.Time // when it came to be believed unhealthy, or ceased to be
	// rank is how many of its pool were unhealthy when it came to be, itself included; 0 if its
	// pool has been given its time anew since.
	rank      uint16
	flips     uint8 // how often it came to be believed unhealthy since it is known
	unhealthy bool
	known     bool
	routed    bool
	left      bool // it has left rotation, and is debounced
}

// rotation is a pool to one server.
type rotation struct {
	touched   bool
	short     bool       // it may panic, by what was last said of it
	due       clock.Time // when those have to be out of rotation that are given their time anew
	panicky   clock.Time // when last it might have panicked, or its members changed
	windowEnd clock.Time // when the churn window is over
	aligned   bool       // it began when the server's own did, by clocks that run alike
	left      uint64     // the weight that has left within it
	widest    uint64     // the most that was known of the pool as something left
	departed  clock.Time // when last something left
}

// NewRotation returns a checker of promise.
func NewRotation(promise Balancing) *Rotation {
	r := &Rotation{promise: promise, weights: make([]uint16, promise.Origins.Count)}
	for origin := range uint32(promise.Origins.Count) {
		pool, weight := promise.Place(origin)
		r.weights[origin] = weight
		for int(pool) >= len(r.pools) {
			r.pools = append(r.pools, nil)
		}
		r.pools[pool] = append(r.pools[pool], origin)
	}
	return r
}

// Watches implements [Checker].
func (r *Rotation) Watches() Kind {
	return Event | HostUp | HostDown | HostStalled | HostResumed | Ended
}

// Observe implements [Checker].
func (r *Rotation) Observe(o *Observation, view View, report *Report) {
	if o.At > r.now {
		r.endInstant(report)
		r.now = o.At
	}
	switch o.Kind {
	case Event:
		r.event(o, report)
	case HostUp:
		r.begin(o.Host, view.Hosts())
	case HostDown:
		r.judgeHost(o.Host, report)
		r.hosts[o.Host].up = false
	case HostStalled:
		r.judgeHost(o.Host, report)
		r.hosts[o.Host].stalled = true
	case HostResumed:
		r.resume(o.Host)
	case Ended:
		r.endInstant(report)
		for host := range r.hosts {
			r.judgeHost(node.ID(host), report)
		}
	}
}

// begin begins a life, which knows the configured origins and routes to all.
func (r *Rotation) begin(host node.ID, hosts int) {
	if len(r.hosts) != hosts {
		r.hosts = make([]balancer, hosts)
	}
	b := balancer{
		up: true, began: r.now, backends: make([]backend, r.promise.Origins.Count),
		rotations: make([]rotation, len(r.pools)),
	}
	for origin := range uint32(len(b.backends)) {
		b.backends[origin] = backend{
			since: r.now, routed: true, known: r.promise.Origins.configured(origin),
		}
	}
	r.hosts[host] = b
}

// resume lets a server catch up: what it does late counts as happening now.
func (r *Rotation) resume(host node.ID) {
	r.hosts[host].stalled, r.hosts[host].resumed = false, r.now
	for pool := range r.pools {
		r.restart(rotor{host, uint32(pool)})
	}
}

// event takes what a server says about an origin.
func (r *Rotation) event(o *Observation, report *Report) {
	switch o.Event.Kind {
	case node.Believed:
		if r.backend(o).unhealthy != (o.Event.A == believedUnhealthy) {
			r.change(o, report, r.believe)
		}
	case node.Routed:
		r.change(o, report, r.route)
	case node.OriginLearned, node.OriginForgotten:
		if r.backend(o).known != (o.Event.Kind == node.OriginLearned) {
			r.change(o, report, r.enter)
		}
	}
}

func (r *Rotation) backend(o *Observation) *backend {
	return &r.hosts[o.Host].backends[o.Event.Subject]
}

// change judges what has held until now, before something of it changes.
func (r *Rotation) change(o *Observation, report *Report, to func(*Observation, rotor, *Report)) {
	pool, _ := r.promise.Place(o.Event.Subject)
	at := rotor{o.Host, pool}
	p := r.rotation(at)
	if !p.touched {
		p.touched = true
		r.touched = append(r.touched, at)
		r.judge(at, report)
	}
	if p.short {
		p.panicky = o.At
	}
	to(o, at, report)
	p.short = r.mayPanic(at)
}

func (r *Rotation) rotation(at rotor) *rotation { return &r.hosts[at.host].rotations[at.pool] }

func (r *Rotation) believe(o *Observation, at rotor, _ *Report) {
	e := r.backend(o)
	e.unhealthy, e.since = !e.unhealthy, o.At
	if e.unhealthy {
		e.flips += uint8(oneIf(e.flips < 255))
		unhealthy, _ := r.count(at)
		e.rank = uint16(unhealthy)
	}
}

// due is when an unhealthy origin has to be out of rotation.
func (r *Rotation) due(at rotor, e *backend) clock.Time {
	if e.rank == 0 {
		return r.rotation(at).due
	}
	_, known := r.count(at)
	return e.since.Add(r.promise.Leaving(int(e.rank), known))
}

// count returns how many origins a server knows of a pool, and believes unhealthy.
func (r *Rotation) count(at rotor) (unhealthy, known int) {
	r.each(at, func(e *backend, _ uint64) {
		known++
		unhealthy += oneIf(e.unhealthy)
	})
	return unhealthy, known
}

// each visits the origins that a server knows of a pool, and their weights there.
func (r *Rotation) each(at rotor, visit func(e *backend, weight uint64)) {
	b := &r.hosts[at.host]
	for _, origin := range r.pools[at.pool] {
		if e := &b.backends[origin]; e.known && r.weights[origin] > 0 {
			visit(e, uint64(r.weights[origin]))
		}
	}
}

// enter takes that a server has heard of an origin, or that it is to be checked no more.
func (r *Rotation) enter(o *Observation, at rotor, _ *Report) {
	e := r.backend(o)
	known := o.Event.Kind == node.OriginLearned
	*e = backend{since: o.At, known: known, routed: known, unhealthy: e.unhealthy && known}
	r.restart(at)
}

// restart gives a pool the time anew that its members may take to leave. Nothing that it does in
// this instant is held against it.
func (r *Rotation) restart(at rotor) {
	p := r.rotation(at)
	p.due, p.panicky = r.now.Add(r.promise.Leaving(r.count(at))), r.now
	r.each(at, func(e *backend, _ uint64) { e.rank = 0 })
}
