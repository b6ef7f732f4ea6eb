package netmodel

import (
	"errors"
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Limits of a [Limit]: what is slower or longer would be a link that is down.
const (
	MinBytesPerSecond = 1_000
	MaxBytesPerSecond = 1_000_000_000
	MaxQueueBytes     = 1_000_000_000
)

// Limit narrows each directed link between two groups down to a bandwidth of its own, with a queue
// before it. What is sent leaves one after the other. A datagram that finds the link busy and no room
// in the queue is dropped: tail drop. The sender of a stream waits instead, as TCP does, so that
// streams only get slower, and keep the queue full for the datagrams.
type Limit struct {
	A, B           []node.ID // nil means every host
	OneWay         bool      // only from A to B
	BytesPerSecond int64
	// QueueBytes is what may wait for a link, what is just leaving included. 0 is no queue: who
	// finds the link busy is dropped.
	QueueBytes int64
}

// Validate says what is wrong with l, all of it, or returns nil. A [Net] takes only valid limits.
func (l *Limit) Validate() error {
	return errors.Join(
		within("bytes_per_second", l.BytesPerSecond, MinBytesPerSecond, MaxBytesPerSecond),
		within("queue_bytes", l.QueueBytes, 0, MaxQueueBytes),
	)
}

func within(name string, value, least, most int64) error {
	if value < least || value > most {
		return fmt.Errorf("%s: %d, expected %d to %d", name, value, least, most)
	}
	return nil
}

// LimitID names a limit in force. IDs count up from 1 and are not used again.
type LimitID int

// LimitStats counts the messages that met a limit: datagrams and stream segments.
type LimitStats struct {
	Carried int // that were let through, and took the time that their bytes take
	Queued  int // those of them that had to wait for others first
	Dropped int // datagrams that found no room
}

// limit is one in force.
type limit struct {
	does  Limit
	free  linkTable[clock.Time] // when a link has sent all that it was given
	stats LimitStats
}

// Limit puts a limit into force, with empty queues. It concerns messages sent from now on; what waits
// at its end leaves when it would have.
func (n *Net) Limit(l Limit) LimitID {
	return LimitID(n.limits.add(n.between(l.A, l.B, l.OneWay), limit{does: l}))
}

// Unlimit ends a limit and returns what it did; zero if it was not in force.
func (n *Net) Unlimit(id LimitID) LimitStats { return n.limits.remove(int(id)).stats }

// Limited reports whether any limit is in force, on whatever path: only then [Net.Queue] need be
// asked.
func (n *Net) Limited() bool { return n.limits.groups.active > 0 }

// Queue is asked once for each message that is sent at the time now and has not been dropped: it
// returns by how much the limits on its path delay it, or that one of them drops it. It draws nothing:
// what becomes of a message depends on what was sent on its link before.
func (n *Net) Queue(
	now clock.Time, from, to node.ID, size int, medium Medium,
) (wait time.Duration, passes bool) {
	if from == to {
		return 0, true
	}
	for l := range n.limits.on(from, to) {
		more, passes := l.queue(now.Add(wait), link(from, to), int64(size), medium)
		if !passes {
			n.totals.QueueFull++
			return 0, false
		}
		wait += more
	}
	return wait, true
}

func (l *limit) queue(
	now clock.Time, link uint64, size int64, medium Medium,
) (wait time.Duration, passes bool) {
	free := l.free.at(link)
	busy := max(0, free.Sub(now))
	if busy > 0 && medium == Datagrams && !l.fits(busy, size) {
		l.stats.Dropped++
		return 0, false
	}
	if busy > 0 {
		l.stats.Queued++
	}
	l.stats.Carried++
	wait = busy + l.transfer(size)
	*free = now.Add(wait)
	return wait, true
}

// fits reports whether there is room for so many bytes behind what keeps the link busy for so long.
func (l *limit) fits(busy time.Duration, size int64) bool {
	return size <= l.does.QueueBytes && busy <= l.transfer(l.does.QueueBytes-size)
}

// transfer is how long so many bytes take.
func (l *limit) transfer(bytes int64) time.Duration {
	return time.Duration(bytes * int64(time.Second) / l.does.BytesPerSecond)
}
