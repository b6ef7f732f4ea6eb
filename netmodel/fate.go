package netmodel

import "time"

// Fate is what becomes of one datagram.
type Fate struct {
	// Copies is how many copies go on their way: 0 when the datagram is dropped, 2 when it is
	// duplicated.
	Copies int
	// Delay holds the one-way delay of each copy, from sending to arrival; of a damaged datagram it
	// is the first.
	Delay [2]time.Duration
	// Drop says why there is no copy; [None] when there is one.
	Drop Cause
	// Damage is what became of the bytes of a datagram that was dropped for its [Corruption].
	Damage Damage
}

// Cause says why a datagram was dropped when it was sent. When several apply, the first in the
// order of these constants is the one named.
type Cause uint8

const (
	// None: the datagram is on its way.
	None Cause = iota
	// TooBig: it is larger than the link's MTU.
	TooBig
	// Partition: a cut, or a filter of datagrams, lies on the path.
	Partition
	// Loss: chance took it.
	Loss
	// Corruption: its bytes were damaged on the way, and the host it reached refused it.
	Corruption
	// QueueFull: the queue of a link with a limit had no room for it; see [Net.Queue].
	QueueFull
)

func (c Cause) String() string {
	switch c {
	case None:
		return "none"
	case TooBig:
		return "too big"
	case Partition:
		return "partition"
	case Loss:
		return "loss"
	case Corruption:
		return "corruption"
	case QueueFull:
		return "queue full"
	}
	return "cause?"
}
