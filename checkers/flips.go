package checkers

import (
	"math/bits"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Statuses as events carry them.
const (
	believedUnknown   = 0
	believedHealthy   = 1
	believedUnhealthy = 2
)

// Evidence is what it takes to change a status: Needed of the last Of results, 1 <= Needed <= Of <=
// 32.
type Evidence struct{ Needed, Of int }

// Thresholds is the promise [Flips] holds a cluster to.
type Thresholds struct {
	// Origins is how many there can be: 0 to Origins-1.
	Origins int
	// Definition is by which definition a server checks an origin before it has learned of another.
	Definition func(origin uint32) uint16
	// Needs is what it takes by a definition to find an origin healthy that was not, or unhealthy.
	Needs func(definition uint16, healthy bool) Evidence
}

// Flips checks no-flip: a server changes its verdict of an origin (HealthChanged) on the evidence
// of its own probes only, as many of them as its definition asks for (HAProxy's rise and fall,
// Envoy's healthy and unhealthy thresholds), or a single one where nothing is known of the origin
// yet. A probe that could not be made is no evidence.
//
// What the server believed when it began to check is where it begins; so is what it hears before
// its first probe ends, or while it cannot probe; and once it can again it may go on from what it
// believes by then, whenever it heard that. A probe under way when the checks begin, end or
// change, or when the host stands still, may be void or not: it counts for a verdict and not
// against it.
//
// It keeps 5 bytes per host and origin, 16 more for those that the host has checked, and 20 per
// origin.
type Flips struct {
	promise  Thresholds
	results  pairs[results]
	believed []uint8      // [host][origin]: the last status that is believed
	resumed  []clock.Time // by host
}

// results are those of one server's probes of one origin, in registers: the last one is lowest.
type results struct {
	up, down   uint32 // 1 for a success, a failure
	definition uint16
	open       uint8 // probes under way
	own        uint8 // its verdict
	known      bool  // it has done anything about the origin in this life
	void       bool  // some of the probes under way may be, until all have ended
	begins     bool  // no probe has ended since it began to check
	unable     bool  // it says that it cannot probe
}

// NewFlips returns a checker of promise.
func NewFlips(promise Thresholds) *Flips { return &Flips{promise: promise} }

// Watches implements [Checker].
func (f *Flips) Watches() Kind {
	return ProbeStarted | ProbeEnded | Event | HostUp | HostStalled | HostResumed
}

// Observe implements [Checker].
func (f *Flips) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case ProbeStarted:
		f.of(o.Host, o.Origin).start(o.At == f.resumed[o.Host])
	case ProbeEnded:
		f.of(o.Host, o.Origin).end(o.Outcome)
	case Event:
		f.event(o, report)
	case HostUp:
		f.fit(view.Hosts())
		f.begin(o.Host)
	default:
		f.stall(o)
	}
}

func (f *Flips) fit(hosts int) {
	if len(f.resumed) == hosts {
		return
	}
	f.results = newPairs[results](hosts, f.promise.Origins)
	f.believed = make([]uint8, hosts*f.promise.Origins)
	f.resumed = make([]clock.Time, hosts)
}

// begin begins a life of a host, which knows nothing.
func (f *Flips) begin(host node.ID) {
	f.resumed[host] = beforeStart
	clear(f.believed[int(host)*f.promise.Origins:][:f.promise.Origins])
	f.results.each(host, func(_ uint32, r *results) { *r = results{} })
}

// of returns the results of a host that does something about an origin.
func (f *Flips) of(host node.ID, origin uint32) *results {
	r := f.results.use(host, origin)
	if !r.known {
		*r = results{
			known: true, definition: f.promise.Definition(origin), own: *f.belief(host, origin),
		}
	}
	return r
}

func (f *Flips) belief(host node.ID, origin uint32) *uint8 {
	return &f.believed[int(host)*f.promise.Origins+int(origin)]
}

// stall voids what is under way when a host comes to stand still, and when it runs again.
func (f *Flips) stall(o *Observation) {
	if o.Kind == HostResumed {
		f.resumed[o.Host] = o.At
	}
	f.results.each(o.Host, func(_ uint32, r *results) { r.voidOpen() })
}

// start notes a probe. One that leaves when its host runs again was begun before.
func (r *results) start(belated bool) {
	r.open++
	r.void = r.void || belated
}

func (r *results) voidOpen() { r.void = r.open > 0 }

// end notes a result.
func (r *results) end(outcome node.Outcome) {
	if outcome == node.Succeeded || outcome == node.Failed && !r.void {
		r.up = r.up<<1 | uint32(oneIf(outcome == node.Succeeded))
	}
	if outcome == node.Failed || outcome == node.Succeeded && !r.void {
		r.down = r.down<<1 | uint32(oneIf(outcome == node.Failed))
	}
	r.begins = false
	r.open--
	r.void = r.void && r.open > 0
}

func (f *Flips) event(o *Observation, report *Report) {
	switch o.Event.Kind {
	case node.CheckBegan:
		f.of(o.Host, o.Event.Subject).beginCheck(*f.belief(o.Host, o.Event.Subject))
	case node.CheckEnded:
		f.of(o.Host, o.Event.Subject).voidOpen()
	case node.OriginLearned:
		r := f.of(o.Host, o.Event.Subject)
		r.definition = uint16(o.Event.A)
		r.voidOpen()
	case node.Believed:
		f.believe(o.Host, o.Event.Subject, uint8(o.Event.A))
	case node.HealthChanged:
		f.change(o, f.of(o.Host, o.Event.Subject), uint8(o.Event.A), report)
	}
}

func (r *results) beginCheck(believed uint8) {
	r.voidOpen()
	r.begins, r.unable, r.own = true, false, believed
}

// believe takes what a host has come to believe, of itself or because another has said so.
func (f *Flips) believe(host node.ID, origin uint32, status uint8) {
	if status > believedUnhealthy {
		return
	}
	*f.belief(host, origin) = status
	r := f.results.find(host, origin)
	if r != nil && (r.begins || r.unable || r.own == believedUnknown) {
		r.own = status
	}
}

// change takes a verdict.
func (f *Flips) change(o *Observation, r *results, status uint8, report *Report) {
	resumes := r.unable && status == *f.belief(o.Host, o.Event.Subject)
	r.unable = status > believedUnhealthy
	if r.unable || status == r.own || status == believedUnknown {
		return
	}
	if needs := f.needs(r, status); !resumes && r.count(status, needs.Of) < needs.Needed {
		report.Violate(PropertyNoFlip, o.At,
			"host %d finds origin %d %s at %v on %d of its last %d results, after %s; it takes %d",
			o.Host, o.Event.Subject, verdict(status), o.At, r.count(status, needs.Of), needs.Of,
			verdict(r.own), needs.Needed)
	}
	r.own = status
}

func (f *Flips) needs(r *results, status uint8) Evidence {
	if r.own == believedUnknown {
		return Evidence{1, 1}
	}
	return f.promise.Needs(r.definition, status == believedHealthy)
}

// count returns how many of the last results speak for a status.
func (r *results) count(status uint8, of int) int {
	register := r.down
	if status == believedHealthy {
		register = r.up
	}
	return bits.OnesCount32(register & (1<<of - 1))
}

// verdict prints a status.
type verdict uint8

func (v verdict) String() string {
	switch v {
	case believedUnknown:
		return "unknown"
	case believedHealthy:
		return "healthy"
	case believedUnhealthy:
		return "unhealthy"
	}
	return "unable"
}
