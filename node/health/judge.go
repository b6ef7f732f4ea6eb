package health

import (
	"math"
	"math/bits"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Probed takes the result of a probe and returns what this server now believes of the origin. A
// result nobody waits for any more is not taken: it says nothing.
func (p *Prober) Probed(now clock.Time, result node.ProbeResult) (status Status, taken bool) {
	p.noticeStall(now)
	t, found := p.awaited(result)
	if !found {
		return p.Status(result.Origin), false
	}
	t.outstanding = false
	r := p.book.of(t)
	if now.Sub(t.start) > r.timeout+p.book.patience {
		return t.current(), false // this server stood still meanwhile
	}
	before := t.current()
	if result.Outcome == node.Unable {
		t.countUnable(r)
	} else {
		p.count(now, t, r, result.Outcome == node.Succeeded)
	}
	if t.current() != before {
		p.emit(node.HealthChanged, result.Origin, uint64(t.current()))
	}
	return t.current(), true
}

// awaited returns the target whose latest probe has that result, if it has had none yet.
func (p *Prober) awaited(result node.ProbeResult) (t *target, found bool) {
	number := uint32(result.Token)
	if uint64(number) >= uint64(len(p.targets)) {
		return nil, false
	}
	t = &p.targets[number]
	return t, t.outstanding && t.origin == result.Origin && uint64(t.probe) == result.Token>>32
}

// countUnable counts a probe that could not be made. It is not a result, neither for nor against.
func (t *target) countUnable(r *rule) {
	t.unables = successor(t.unables)
	if t.unables >= r.fall {
		t.unable = true
		t.forgetResults()
	}
}

// count counts a result, for or against the network as well as the origin.
func (p *Prober) count(now clock.Time, t *target, r *rule, up bool) {
	n := &p.network
	n.count(t, up, p.Count())
	if up {
		n.sign, t.heldBack = now, false
		if n.standing != trusted && !n.failing {
			p.trust()
		}
	}
	t.unable, t.assumed, t.unables = false, false, 0
	t.window = t.window<<1 | bit(up)
	if t.status == found(up) {
		t.streak = 0
		return
	}
	p.contradict(now, t, r, up)
}

// contradict counts a result that is against the status.
func (p *Prober) contradict(now clock.Time, t *target, r *rule, up bool) {
	if t.streak == 0 {
		t.hearings = p.network.hearings
	}
	t.streak = successor(t.streak)
	switch {
	case !t.decided(r, up):
	case !up && p.network.doubtful(now, t, r):
		p.putOff(now)
	default:
		t.conclude(up)
	}
	if r.fast > 0 && t.streak == 1 {
		p.hasten(now, t, r)
	}
}

// bit is 1 for true.
func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func found(up bool) Status {
	if up {
		return Healthy
	}
	return Unhealthy
}

// decided reports whether the results now suffice to leave the status, the last one being against
// it.
func (t *target) decided(r *rule, up bool) bool {
	switch {
	case t.status == Unknown || r.semantics == Immediate:
		return true
	case r.semantics == Window:
		return up == (bits.OnesCount64(t.window&r.mask) >= int(r.threshold))
	case up:
		return t.streak >= r.rise
	}
	return t.streak >= r.fall
}

// conclude changes the status of an origin.
func (t *target) conclude(up bool) {
	fresh := t.status == Unknown
	t.status, t.streak = found(up), 0
	if fresh {
		t.fillWindow()
	}
}

// forgetResults begins the counting anew, from the status as it is. Who vouched did so for failures
// that are forgotten now.
func (t *target) forgetResults() {
	t.streak, t.unables, t.heldBack = 0, 0, false
	t.footing = min(t.footing, shaky)
	t.fillWindow()
}

// fillWindow has the window begin with results that agree with the status.
func (t *target) fillWindow() {
	t.window = 0
	if t.status == Healthy {
		t.window = math.MaxUint64
	}
}

// successor counts one further, as far as a byte goes.
func successor(n uint8) uint8 { return n + 1 - n/math.MaxUint8 }
