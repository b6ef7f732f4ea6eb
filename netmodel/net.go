package netmodel

import (
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Net is the network between a fixed number of hosts. It decides what happens to each message;
// carrying it there is the driver's work. Use one Net per run, from one goroutine.
type Net struct {
	config        Config
	hosts         int
	datagrams     rng.Key
	segments      rng.Key
	calls         rng.Key
	bursts        burstKeys
	datagramsSent counter
	segmentsSent  counter
	callsMade     counter
	overrides     linkTable[*Config]
	cuts          faults[CutStats]
	degradations  faults[degradation]
	filters       [media]faults[CutStats]
	clogs         faults[clog]
	limits        faults[limit]
	places        *Places // nil: distances are nothing
	totals        Totals
}

// New returns the network of a seed: hosts numbered from 0 to hosts-1, every directed link as
// config says.
func New(seed uint64, hosts int, config Config) *Net {
	return &Net{
		config:    config,
		hosts:     hosts,
		datagrams: rng.Named(seed, "datagram"),
		segments:  rng.Named(seed, "segment"),
		calls:     rng.Named(seed, "call"),
		bursts: burstKeys{
			datagrams: rng.Named(seed, "burst of datagrams"),
			segments:  rng.Named(seed, "burst of segments"),
		},
		datagramsSent: newCounter(hosts),
		segmentsSent:  newCounter(hosts),
		callsMade:     newCounter(hosts),
		cuts:          newFaults[CutStats](hosts),
		degradations:  newFaults[degradation](hosts),
		filters:       [media]faults[CutStats]{newFaults[CutStats](hosts), newFaults[CutStats](hosts)},
		clogs:         newFaults[clog](hosts),
		limits:        newFaults[limit](hosts),
	}
}

// Override replaces the whole configuration of the directed link from one host to another.
// Degradations add to it as to any other link.
func (n *Net) Override(from, to node.ID, config Config) {
	*n.overrides.at(link(from, to)) = &config
}

// ClearOverride gives the directed link the configuration of the network back.
func (n *Net) ClearOverride(from, to node.ID) { *n.overrides.at(link(from, to)) = nil }

// Datagram decides the fate of a datagram of size bytes. Each copy on its way is to be asked about
// once more when it arrives: see [Net.DropInFlight].
func (n *Net) Datagram(from, to node.ID, size int) Fate {
	number := n.datagramsSent.next(from, to)
	draw := n.datagrams.At2(link(from, to), number)
	extra := beyondOwn(draw)
	n.totals.Datagrams++
	n.totals.DatagramBytes += int64(size)
	config := n.configOf(from, to)
	if config.MTU > 0 && size > config.MTU {
		n.totals.TooBig++
		return Fate{Drop: TooBig}
	}
	if n.dropAtSend(from, to, Datagrams) {
		return Fate{Drop: Partition}
	}
	degraded := n.degraded()
	if degraded && n.tooBig(from, to, size) {
		n.totals.TooBig++
		return Fate{Drop: TooBig}
	}
	if n.lost(config, from, to, &draw) ||
		degraded && n.lostInBurst(n.bursts.datagrams, from, to, number, &extra) {
		n.totals.Lost++
		return Fate{Drop: Loss}
	}
	if degraded && n.corrupted(from, to, &extra) {
		n.totals.Corrupted++
		return n.damaged(config, from, to, draw, extra)
	}
	return n.carry(config, from, to, &draw, &extra)
}

// damaged is the fate of a datagram that arrives with other bytes: when an undamaged one would.
func (n *Net) damaged(config *Config, from, to node.ID, draw, extra rng.Rand) Fate {
	draw.Skip(2) // duplication and reordering
	fate := Fate{Drop: Corruption, Damage: Damage{extra}}
	fate.Delay[0] = n.delay(config, from, to, &draw)
	return fate
}

// carry decides about a datagram that is not dropped. Every event draws, certain or not: the luck
// of one is never shifted by the configuration of another.
func (n *Net) carry(config *Config, from, to node.ID, draw, extra *rng.Rand) Fate {
	lateBy, duplicated := n.duplicated(config, from, to, draw)
	reordered := config.Reorder.Hit(draw)
	fate := Fate{Copies: 1}
	fate.Delay[0] = n.delay(config, from, to, draw)
	if reordered {
		fate.Delay[0] += config.ReorderBy
	}
	held, byDegradation := n.heldBack(from, to, extra)
	fate.Delay[0] += held
	if reordered || byDegradation {
		n.totals.Reordered++
	}
	if duplicated {
		fate.Copies = 2
		fate.Delay[1] = n.delay(config, from, to, draw) + rng.Between(extra, 0, lateBy)
		n.totals.Duplicated++
	}
	n.totals.Copies += int64(fate.Copies)
	return fate
}

// MaxTries is how often a stream sends one segment before it gives up.
const MaxTries = 6

// Segment decides about one message of size bytes on a stream, a request or a reply: after what
// delay it arrives, or that it never does (ok is false). Streams are reliable, so loss turns into
// the delay of retransmissions, until [MaxTries] are spent. Arrival is to be asked about once more,
// as for datagrams.
func (n *Net) Segment(from, to node.ID, size int) (delay time.Duration, ok bool) {
	number := n.segmentsSent.next(from, to)
	draw := n.segments.At2(link(from, to), number)
	extra := beyondOwn(draw)
	n.totals.Segments++
	n.totals.SegmentBytes += int64(size)
	if n.dropAtSend(from, to, Streams) {
		return 0, false
	}
	config := n.configOf(from, to)
	// The delay draws first, so that more tries do not change its luck.
	delay = n.delay(config, from, to, &draw)
	held, _ := n.heldBack(from, to, &extra)
	wait, ok := n.retransmit(config, from, to, number, draw, extra)
	if !ok {
		n.totals.GivenUp++
		return 0, false
	}
	return delay + held + wait + config.transferTime(size), true
}

// retransmit returns how long the tries that were lost held a segment up, and whether one got
// through.
func (n *Net) retransmit(
	config *Config, from, to node.ID, number uint64, draw, extra rng.Rand,
) (wait time.Duration, ok bool) {
	timeout := config.retransmitTimeout()
	for try := range MaxTries {
		step := number*MaxTries + uint64(try)
		if !n.lost(config, from, to, &draw) && !(n.degraded() && n.spoiled(from, to, step, extra)) {
			n.totals.Retransmissions += int64(try)
			return wait, true
		}
		extra.Skip(drawsOfTry)
		wait += timeout
		timeout *= 2
	}
	n.totals.Retransmissions += MaxTries - 1
	return 0, false
}

// configOf returns the configuration in force on a directed link, degradations aside.
func (n *Net) configOf(from, to node.ID) *Config {
	if n.overrides.used > 0 {
		if own := n.overrides.find(link(from, to)); own != nil && *own != nil {
			return *own
		}
	}
	return &n.config
}

// lost draws once for the loss of one datagram or one try of a segment.
func (n *Net) lost(config *Config, from, to node.ID, draw *rng.Rand) bool {
	if config.Loss == 0 && !n.degraded() {
		draw.Skip(1)
		return false
	}
	roll := rng.PPM(draw.Below(uint64(rng.Always)))
	return roll < config.Loss || n.degradedLoss(from, to, config.Loss, roll)
}

// duplicated draws once for the duplication of one datagram. lateBy is how much later than by its
// own delay the second copy arrives at most.
func (n *Net) duplicated(
	config *Config, from, to node.ID, draw *rng.Rand,
) (lateBy time.Duration, duplicated bool) {
	if config.Duplicate == 0 && !n.degraded() {
		draw.Skip(1)
		return 0, false
	}
	roll := rng.PPM(draw.Below(uint64(rng.Always)))
	if roll < config.Duplicate {
		return 0, true
	}
	return n.degradedDuplicate(from, to, config.Duplicate, roll)
}

// delay draws twice for the one-way delay of one copy: for the link's own latency and for what
// degradations add.
func (n *Net) delay(config *Config, from, to node.ID, draw *rng.Rand) time.Duration {
	own := config.Latency.Sample(draw)
	if n.places != nil {
		own += n.places.OneWay(from, to)
	}
	extra := *draw
	draw.Skip(1)
	if !n.degraded() {
		return own
	}
	return own + n.degradedDelay(from, to, extra)
}
