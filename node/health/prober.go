package health

import (
	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Prober probes the origins it is given and judges the results, each by its definition. It knows
// nothing of other servers but whether any can be heard. See the package documentation for what its
// caller owes it.
type Prober struct {
	// What every probe looks at comes first: dozens of servers take turns in one process, and each
	// finds the caches full of the others.
	network network
	targets []target
	awake   clock.Time // since when this server is not known to have stood still
	book    rulebook
	queue   queue  // when each target is due, by its number
	probes  uint64 // begun so far
	places  []place
	spare   []uint32 // the numbers of targets not in use
	events  []node.Event
	luck    rng.Key // of offsets and jitter
}

// place is what is known of one origin, probed or not: 8 bytes, as there are tens of thousands of
// them per server and dozens of servers per process.
type place struct {
	number    uint32 // of its target, plus 1; 0 if it is not probed
	told      Status // by others, while it is not probed
	published Status // by this server, as the record has it; for Checks, and kept here for speed
}

// target is an origin that is probed: 40 bytes and no pointers. A server probes few of all origins,
// and those stand side by side: a probe finds its own by the number in its token, and costs little
// more than fetching this from memory. The zero value is a target not in use.
type target struct {
	start       clock.Time // of the latest probe
	window      uint64     // latest results, the last one lowest: 1 for a success; of Window only
	origin      uint32
	probe       uint32  // the lowest bits of the number of the latest probe
	hearings    uint16  // how often a peer had been heard when the streak began, or it was held back
	rule        uint16  // 0: not in use
	status      Status  // by probes, or by what was told before any; never Unable
	streak      uint8   // latest results in a row that contradict status
	unables     uint8   // latest probes in a row that could not be made
	failed      bool    // the latest result is a failure
	outstanding bool    // the latest probe has no result yet
	footing     footing // of the latest probe
	heldBack    bool    // failures that agree with status, since the last success, have not been passed on
	unable      bool    // Fall probes in a row could not be made
	assumed     bool    // status is but the initial one
	published   Status  // of its place
	claimed     Status  // what this server last wrote as its claim, since it began to check
	rested      uint8   // results since that claim was lost or contested
}

// NewProber returns a prober of origins 0 to origins-1, which probes none of them yet. definitions
// must be valid. rand decides when in the interval each origin is probed:
// the luck of one does not depend on the others.
func NewProber(definitions []Definition, origins int, rand rng.Rand) *Prober {
	book := newRulebook(definitions)
	return &Prober{
		book: book, luck: rng.Key(rand.Uint64()),
		places: make([]place, origins),
		queue:  newQueue(0, book.rounds),
	}
}

// Define adds one more definition to those that origins are probed by. It must be valid, and the
// numbers must not run out.
func (p *Prober) Define(d Definition) {
	p.book.add(&d)
	p.queue.used = int8(p.book.rounds)
}

// Begin has an origin probed from now on, by the definition of that number, first at a random
// offset within its interval. The checks go on from the status inherited from somebody else;
// without a real one from what [Prober.Told] has told, and without that from the definition's
// initial one.
//
// For an origin that is probed already only the definition changes: the status stays, while a probe
// under way and the results counted so far are forgotten.
func (p *Prober) Begin(now clock.Time, origin uint32, definition uint16, inherited Status) {
	rule := p.book.byDefinition[definition]
	if !p.Probing(origin) {
		p.seat(origin, rule).inherit(inherited, p.book.rules[rule-1].initial)
	}
	number := p.places[origin].number - 1
	t := &p.targets[number]
	t.rule, t.outstanding = rule, false
	p.network.forget(t)
	t.forgetResults()
	p.queue.drop(number)
	p.queue.add(number, p.book.of(t).first(now, p.draw(origin, now)))
}

// seat gives an origin a target.
func (p *Prober) seat(origin uint32, rule uint16) *target {
	number := uint32(len(p.targets))
	if last := len(p.spare) - 1; last >= 0 {
		number, p.spare = p.spare[last], p.spare[:last]
	} else {
		p.targets = append(p.targets, target{})
		p.queue.extend()
	}
	at, t := &p.places[origin], &p.targets[number]
	at.number = number + 1
	*t = target{origin: origin, rule: rule, status: at.told, published: at.published}
	return t
}

// inherit takes over the status to begin with.
func (t *target) inherit(inherited, initial Status) {
	if inherited.real() {
		t.status = inherited
	}
	if t.status == Unknown {
		t.status, t.assumed = initial, true
	}
}

// draw returns the luck of what is drawn for an origin at a moment.
func (p *Prober) draw(origin uint32, at clock.Time) func(bound uint64) uint64 {
	return func(bound uint64) uint64 {
		luck := p.luck.At2(uint64(origin), uint64(at))
		return luck.Below(bound)
	}
}

// End has an origin probed no more, and forgets what is known of it.
func (p *Prober) End(origin uint32) {
	at := &p.places[origin]
	if at.number == 0 {
		return
	}
	number := at.number - 1
	p.queue.drop(number)
	p.network.forget(&p.targets[number])
	p.targets[number] = target{}
	p.spare = append(p.spare, number)
	at.number, at.told = 0, Unknown
}

// Told tells what somebody else has found out about an origin: where its checks are to begin, or to
// go on from if they have had no result or cannot be made. One result is not to overrule what
// others have long known. Unknown makes it forgotten again, Unable says nothing.
func (p *Prober) Told(origin uint32, status Status) {
	at := &p.places[origin]
	if at.number == 0 {
		if status != Unable {
			at.told = status
		}
		return
	}
	t := &p.targets[at.number-1]
	if status.real() && (t.status == Unknown || t.assumed || t.unable) {
		t.status, t.assumed = status, false
		t.forgetResults()
	}
}

// publish notes what the record has as this server's own claim.
func (p *Prober) publish(origin uint32, status Status) {
	at := &p.places[origin]
	if at.number != 0 {
		t := &p.targets[at.number-1]
		if t.published != Unknown && status == Unknown {
			t.rested = 0
		}
		t.published = status
	}
	at.published = status
}

// Next returns when [Prober.Due] has something to do next, [clock.Never] if nothing is in sight. It
// may be in the past if Due has not been called.
func (p *Prober) Next() clock.Time { return p.queue.next() }

// Heard tells that a peer has been heard: this server's own network works.
func (p *Prober) Heard(now clock.Time) {
	p.network.hearings++
	p.network.sign = now
	p.trust()
}

// Peers tells how many peers there should be to hear from. While there are none, which is so at
// first, there is nobody to doubt the own network by.
func (p *Prober) Peers(n int) { p.network.peered = n > 0 }

// InDoubt reports whether this server doubts its own network, or takes it to be down: what its
// probes seem to show is not to be passed on.
func (p *Prober) InDoubt() bool { return p.network.standing != trusted }

// Status returns what this server's own probes say of an origin it probes; of others, what it has
// been told last.
func (p *Prober) Status(origin uint32) Status {
	at := &p.places[origin]
	if at.number == 0 {
		return at.told
	}
	return p.targets[at.number-1].current()
}

func (t *target) current() Status {
	if t.unable {
		return Unable
	}
	return t.status
}

// Probing reports whether an origin is probed.
func (p *Prober) Probing(origin uint32) bool { return p.places[origin].number != 0 }

// Count returns how many origins are probed.
func (p *Prober) Count() int { return int(p.queue.live) }

// TakeEvents returns what happened since it was last called, in order: [node.HealthChanged],
// [node.NetworkLost] and [node.NetworkFound]. The slice is valid until the next input.
func (p *Prober) TakeEvents() []node.Event {
	taken := p.events
	p.events = p.events[:0]
	return taken
}

func (p *Prober) emit(kind node.EventKind, origin uint32, detail uint64) {
	p.events = append(p.events, node.Event{Kind: kind, Subject: origin, A: detail})
}
