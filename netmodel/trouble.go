package netmodel

import (
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// ownDraws is how many draws a message keeps for what happens on a link of its own accord, and for
// the loss, the duplicates and the delay that degradations add. Behind them, at positions of their
// own as well, come those of the degradations' other troubles:
//
//	datagram   burst, corruption, holding back, for how long, lateness of the second copy; where
//	           its bytes are damaged, they are by what follows the corruption
//	segment    holding back, for how long, then the burst and the corruption of each try
const ownDraws = 2 + MaxTries

// drawsOfTry is how many of them one try of a segment takes.
const drawsOfTry = 2

// beyondOwn returns the luck behind a message's own draws.
func beyondOwn(draw rng.Rand) rng.Rand {
	draw.Skip(ownDraws)
	return draw
}

// spoiled reports whether one try of a segment, a step of the link's bursts, falls to one of them
// or to corruption.
func (n *Net) spoiled(from, to node.ID, step uint64, extra rng.Rand) bool {
	return n.lostInBurst(n.bursts.segments, from, to, step, &extra) || n.corrupted(from, to, &extra)
}

// lostInBurst draws once for the loss of a datagram or a try in a burst.
func (n *Net) lostInBurst(
	key rng.Key, from, to node.ID, step uint64, draw *rng.Rand,
) bool {
	d := n.strike(from, to, draw, func(d *degradation) rng.PPM {
		return d.does.Burst.lossAt(key, link(from, to), step)
	})
	if d != nil {
		d.stats.Lost++
	}
	return d != nil
}

// corrupted draws once for the corruption of a datagram or a try.
func (n *Net) corrupted(from, to node.ID, draw *rng.Rand) bool {
	d := n.strike(from, to, draw, func(d *degradation) rng.PPM { return d.does.Corrupt })
	if d != nil {
		d.stats.Corrupted++
	}
	return d != nil
}

// heldBack reports whether a datagram or a segment is held back, and for how long.
func (n *Net) heldBack(from, to node.ID, draw *rng.Rand) (by time.Duration, held bool) {
	if !n.degraded() {
		return 0, false
	}
	return n.degradedHold(from, to, draw)
}

// degradedHold is heldBack while there is any degradation. It draws twice.
func (n *Net) degradedHold(from, to node.ID, draw *rng.Rand) (by time.Duration, held bool) {
	d := n.strike(from, to, draw, func(d *degradation) rng.PPM { return d.does.Reorder })
	if d == nil {
		draw.Skip(1)
		return 0, false
	}
	d.stats.Reordered++
	return rng.Between(draw, 0, d.does.ReorderBy), true
}

// strike draws once, and returns the degradation that a message falls to; nil if none.
func (n *Net) strike(
	from, to node.ID, draw *rng.Rand, share func(*degradation) rng.PPM,
) *degradation {
	return n.culprit(from, to, 0, rng.PPM(draw.Below(uint64(rng.Always))), share)
}
