package health

import (
	"math/bits"

	"butterfly/node"
	"butterfly/sim/clock"
)

// network is what a server knows of its own connection.
type network struct {
	recent   uint64     // latest results of all origins, the last one lowest: 1 for a failure
	counted  uint8      // how many of them there are, 64 at most
	lost     bool       // until a peer is heard or most results are successes
	peered   bool       // there should be peers to hear from
	hearings uint32     // how often one was heard
	vouched  clock.Time // until when the peer that ended a loss vouches for what fails first
}

func (n *network) count(up bool) {
	n.recent <<= 1
	if !up {
		n.recent |= 1
	}
	n.counted = min(n.counted+1, 64)
}

// failing reports whether at least half of the latest results are failures. It looks at as many of
// them as there are origins probed, about one interval's worth, but at 64 at most.
func (n *network) failing(probed int) bool {
	considered := min(int(n.counted), probed)
	return 2*bits.OnesCount64(n.recent&(1<<considered-1)) >= considered
}

// hearingsAt is what a streak that begins now takes down, to be compared with hearings when it has
// grown long enough. A streak that begins soon after a loss has ended counts from before the peer
// that ended it was heard: else those that take one failure would be in doubt again and again.
func (n *network) hearingsAt(now clock.Time) uint32 {
	if now <= n.vouched {
		return n.hearings - 1
	}
	return n.hearings
}

// doubtful reports whether the failures of an origin may be this server's own: most other probes
// fail too, and there are peers of which none has been heard since the failures began.
func (p *Prober) doubtful(t *target) bool {
	n := &p.network
	return n.lost || n.peered && n.hearings == t.hearings && n.failing(p.Count())
}

func (p *Prober) lose() {
	if !p.network.lost {
		p.network.lost = true
		p.emit(node.NetworkLost, 0, 0)
	}
}

// find ends a loss. What the probes of the time found, or are still about to, is forgotten.
func (p *Prober) find() {
	p.network.lost = false
	p.emit(node.NetworkFound, 0, 0)
	p.restart()
}
