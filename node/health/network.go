package health

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// network is what a server knows of its own connection.
type network struct {
	failures int        // origins probed whose latest result is a failure
	sign     clock.Time // when a peer was heard last, or a probe succeeded
	doubted  clock.Time // when it came to be doubted
	hearings uint16     // how often a peer was heard, as far as 16 bits go
	failing  bool       // most of them are failures, as of the last result
	peered   bool       // there should be peers to hear from
	standing standing
}

// standing is what a server makes of its own connection.
type standing uint8

const (
	trusted standing = iota
	doubted          // a verdict is put off, and no peer has been heard since
	lost             // the same for so long that it is said
)

// footing is how far a failing probe can be trusted, as far as that was known when it began.
type footing uint8

const (
	firm    footing = iota // most other probes succeeded
	shaky                  // most failed
	vouched                // a peer had been heard since the first of the failures
)

// count takes a result of t into account, with so many origins probed. Most is at least half of the
// latest results of all origins, those not yet known being none. A share of them would not do: each
// origin has its place in the interval, and the same ones come before it every time.
func (n *network) count(t *target, up bool, probed int) {
	n.forget(t)
	t.failed = !up
	n.failures += int(bit(!up))
	n.failing = 2*n.failures >= probed
}

// forget takes the latest result of t out of the account.
func (n *network) forget(t *target) {
	n.failures -= int(bit(t.failed))
	t.failed = false
}

// footing returns that of a probe of t that begins now.
func (n *network) footing(t *target) footing {
	failed := t.heldBack || t.streak > 0 && t.status != Unhealthy
	switch {
	case failed && n.hearings != t.hearings:
		return vouched
	case n.failing:
		return shaky
	}
	return firm
}

// quiet reports whether nothing good has been heard for so long that the latest failure may be the
// first sign of a loss, which has not had the time to become one of many. An origin that is up
// answers within half its timeout, so a sign younger than that is from after its answer was due.
func (n *network) quiet(now clock.Time, r *rule) bool { return now.Sub(n.sign) >= r.timeout/2 }

// doubtful reports whether the failures of an origin may be this server's own.
func (n *network) doubtful(now clock.Time, t *target, r *rule) bool {
	switch {
	case !n.peered:
		return false // nobody to doubt it by
	case n.standing == lost:
		return true
	case t.footing == vouched:
		return false
	}
	return t.footing == shaky || n.failing || n.quiet(now, r)
}

// putOff notes that a verdict of failure is put off. A server that is connected hears a peer in the
// time that it takes to have every origin probed again: a doubt that outlasts that is a loss.
func (p *Prober) putOff(now clock.Time) {
	n := &p.network
	switch {
	case n.standing == trusted:
		n.standing, n.doubted = doubted, now
	case n.standing == doubted && now.Sub(n.doubted) > p.book.longest:
		n.standing = lost
		p.emit(node.NetworkLost, 0, 0)
	}
}

// confirms reports whether a failure of an origin that is taken for unhealthy may be passed on. If
// it may be this server's own, it is put off like a verdict: the status may be old, and then a loss
// is all that it would be confirmed by. What other origins are in doubt for holds it back, too.
//
// A peer that is heard vouches for all probes that begin later, until one of them succeeds, however often
// their failures are held back: or two origins could keep each other in doubt for as long as they are down.
func (p *Prober) confirms(now clock.Time, t *target) bool {
	doubtful := p.network.doubtful(now, t, p.book.of(t))
	if !doubtful && !p.InDoubt() {
		t.heldBack = false
		return true
	}
	if !t.heldBack {
		t.hearings, t.heldBack = p.network.hearings, true
	}
	if doubtful {
		p.putOff(now)
	}
	return false
}

// trust ends a doubt or a loss. What the probes of a loss found, or are still about to, is
// forgotten; a doubt leaves it to the next failures to carry the verdict out.
func (p *Prober) trust() {
	was := p.network.standing
	p.network.standing = trusted
	if was == lost {
		p.emit(node.NetworkFound, 0, 0)
		p.restart()
	}
}
