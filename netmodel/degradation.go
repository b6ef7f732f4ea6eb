package netmodel

import (
	"errors"
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Degradation is a fault that makes links worse without cutting them. It concerns messages between
// a host of A and a host of B, in both directions unless OneWay: then only those from A to B.
// Degradations of one link add up, and add to an override too.
type Degradation struct {
	A, B   []node.ID // nil means every host
	OneWay bool
	// Loss and Duplicate are chances independent of the link's own.
	Loss, Duplicate rng.PPM
	// DuplicateBy is by how much the second copies are late at most, on top of a delay of their
	// own: replays, when it is long. Each value from 0 on is as likely as any other.
	DuplicateBy time.Duration
	// Reorder is the share of datagrams and stream segments held back, each by a time of its own
	// from 0 to ReorderBy.
	Reorder   rng.PPM
	ReorderBy time.Duration
	// Corrupt is the chance that the bytes of a datagram, or of one try of a stream segment, are
	// damaged. Whoever receives them refuses them; see [Damage].
	Corrupt rng.PPM
	// Burst is loss that comes in bursts, on top of Loss; the zero value is none.
	Burst Burst
	// Latency is added to the delay of each copy. While several degradations touch one message they
	// share its luck: all of them slow it a little or all of them slow it much.
	Latency Latency
	// MTU is the size in bytes of the largest datagram that passes; 0 means no limit.
	MTU int
}

// Validate says what is wrong with d, all of it, or returns nil. A [Net] takes only valid
// degradations.
func (d *Degradation) Validate() error {
	return errors.Join(
		validShare("loss", d.Loss),
		validShare("duplicate", d.Duplicate),
		validSpan("duplicate-by", d.DuplicateBy),
		validShare("reorder", d.Reorder),
		validSpan("reorder-by", d.ReorderBy),
		validShare("corrupt", d.Corrupt),
		d.Burst.Validate(),
		d.Latency.Validate(),
		notNegative("mtu", int64(d.MTU)),
	)
}

// DegradationID names a degradation in force. IDs count up from 1 and are not used again.
type DegradationID int

// DegradationStats counts what would not have happened without the degradation. When several of
// them degrade a link, the oldest takes its share of each sort first.
type DegradationStats struct {
	Lost       int // datagrams, and tries of stream segments; those lost in bursts as well
	Corrupted  int // datagrams, and tries of stream segments
	Duplicated int // datagrams
	Reordered  int // datagrams and stream segments held back
	Delayed    int // copies of datagrams, and stream segments
	TooBig     int // datagrams above the MTU
}

// Degrade puts a degradation into force. It concerns messages sent from now on.
func (n *Net) Degrade(d Degradation) DegradationID {
	return DegradationID(n.degradations.add(n.between(d.A, d.B, d.OneWay), degradation{does: d}))
}

// Restore ends a degradation and returns what it did; zero if it was not in force.
func (n *Net) Restore(id DegradationID) DegradationStats {
	return n.degradations.remove(int(id)).stats
}

// degradation is one in force.
type degradation struct {
	does  Degradation
	stats DegradationStats
}

// degraded reports whether any degradation is in force, on whatever path: most of the time there is
// none, and then nothing more needs to be asked.
func (n *Net) degraded() bool { return n.degradations.groups.active > 0 }

// tooBig reports whether a datagram is larger than a degradation lets pass.
func (n *Net) tooBig(from, to node.ID, size int) bool {
	for d := range n.degradations.on(from, to) {
		if d.does.MTU > 0 && size > d.does.MTU {
			d.stats.TooBig++
			return true
		}
	}
	return false
}

// degradedLoss reports whether a message falls to a degradation's loss.
func (n *Net) degradedLoss(from, to node.ID, own, roll rng.PPM) bool {
	d := n.culprit(from, to, own, roll, func(d *degradation) rng.PPM { return d.does.Loss })
	if d != nil {
		d.stats.Lost++
	}
	return d != nil
}

// degradedDuplicate is degradedLoss for duplication; see [Net.duplicated].
func (n *Net) degradedDuplicate(
	from, to node.ID, own, roll rng.PPM,
) (lateBy time.Duration, duplicated bool) {
	d := n.culprit(from, to, own, roll, func(d *degradation) rng.PPM { return d.does.Duplicate })
	if d == nil {
		return 0, false
	}
	d.stats.Duplicated++
	return d.does.DuplicateBy, true
}

// culprit returns the degradation that a message falls to, given its roll of a million and the
// share of rolls that the link itself takes; nil if none. The shares of degradations are stacked on
// top: what happens without them happens with them, and each time there is one culprit.
func (n *Net) culprit(
	from, to node.ID, own, roll rng.PPM, share func(*degradation) rng.PPM,
) *degradation {
	stacked := own
	for d := range n.degradations.on(from, to) {
		stacked = either(stacked, share(d))
		if roll < stacked {
			return d
		}
	}
	return nil
}

// degradedDelay returns what degradations add to the delay of one copy.
func (n *Net) degradedDelay(from, to node.ID, luck rng.Rand) time.Duration {
	total := time.Duration(0)
	for d := range n.degradations.on(from, to) {
		draw := luck // the same for each: ending one leaves the luck of the others
		if extra := d.does.Latency.Sample(&draw); extra > 0 {
			total += extra
			d.stats.Delayed++
		}
	}
	return total
}

// either is the chance that at least one of two independent events happens, rounded to a millionth.
func either(a, b rng.PPM) rng.PPM {
	neither := uint64(rng.Always-a) * uint64(rng.Always-b)
	return rng.Always - rng.PPM((neither+uint64(rng.Always)/2)/uint64(rng.Always))
}
