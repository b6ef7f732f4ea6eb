package swim

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// maxBroadcasts bounds the broadcasts that wait to be passed on, and those that wait to be taken by
// the application.
const maxBroadcasts = 64

// broadcasts are the application's own messages: passed on like news of members, on what these leave
// of a datagram, but at least on half of it: in memberlist they starve while members come and go
// (issue 299).
type broadcasts struct {
	waiting  []waitingBroadcast // in no particular order
	bytes    int                // they take up on a datagram
	sent     uint64             // by this life
	births   uint64
	heard    map[node.ID]window // never ranged over
	received []Received
}

type waitingBroadcast struct {
	Broadcast
	payload []byte
	birth   uint64
	sends   uint32
	taken   bool // by the datagram under way
}

// window holds which of the latest 64 broadcasts of an origin have been heard: bit i stands for
// number last-i.
type window struct {
	last uint64
	bits uint64
}

// Received is a broadcast of another member.
type Received struct {
	Origin   node.ID
	Sequence uint64
	Payload  []byte
}

// Broadcast sends payload, of at most [MaxPayload] bytes and small enough for half of a datagram, to
// all other members. It arrives at each at most once, if it is not 64 behind its origin's latest, and
// without promise: when too many wait, those sent most often are dropped. It reports whether it was
// accepted.
func (s *Swim) Broadcast(now clock.Time, payload []byte, out *node.Out[Message]) bool {
	if len(payload) > s.config.payloadLimit() || s.departed {
		return false
	}
	s.broadcasts.sent++
	b := Broadcast{
		Origin:       s.self,
		Sequence:     uint64(incarnationOf(s.birth)) + s.broadcasts.sent,
		PayloadBytes: uint16(len(payload)),
	}
	s.broadcasts.put(b, payload)
	s.armGossip(now, out)
	return true
}

// TakeBroadcasts returns the broadcasts that have arrived since the last call, at most 64: later ones
// are dropped. The result is valid until the next input.
func (s *Swim) TakeBroadcasts() []Received {
	taken := s.broadcasts.received
	s.broadcasts.received = s.broadcasts.received[:0]
	return taken
}

// hearBroadcast takes another's broadcast that has not been heard before, and passes it on.
func (s *Swim) hearBroadcast(now clock.Time, b Broadcast, payload []byte, out *effects) {
	q := &s.broadcasts
	if b.Origin == s.self || !s.accepts(b.Origin) || len(payload) > s.config.payloadLimit() ||
		!s.numbered(b) || !q.note(b) {
		return
	}
	out.Emit(node.Event{
		Kind: node.BroadcastHeard, Subject: uint32(b.Origin), A: b.Sequence, B: hash(payload),
	})
	if len(q.received) < maxBroadcasts {
		q.received = append(q.received, Received{b.Origin, b.Sequence, slices.Clone(payload)})
	}
	q.put(b, payload)
	s.armGossip(now, out)
}

// numbered reports whether a broadcast can have its number: that of a life of its origin that we know,
// which is in the table. Believing any would let one corrupt datagram silence its origin, and many
// fill our memory.
func (s *Swim) numbered(b Broadcast) bool {
	held := s.members.at(b.Origin)
	latest := held.incarnation.Generation() + maxJump // a million broadcasts carry into the next
	return held.state != Unknown && Incarnation(b.Sequence).Generation() <= latest
}

func (q *broadcasts) empty() bool { return len(q.waiting) == 0 }

// note remembers a broadcast, and reports whether it is new. One older than the window counts as
// heard.
func (q *broadcasts) note(b Broadcast) bool {
	if q.heard == nil {
		q.heard = make(map[node.ID]window)
	}
	w, known := q.heard[b.Origin]
	switch {
	case !known || b.Sequence > w.last:
		w.bits <<= min(64, b.Sequence-w.last)
		w.last = b.Sequence
	case w.last-b.Sequence >= 64 || w.bits>>(w.last-b.Sequence)&1 == 1:
		return false
	}
	w.bits |= 1 << (w.last - b.Sequence)
	q.heard[b.Origin] = w
	return true
}

// put queues a broadcast that nobody has been told, in the place of the one told most often if there
// are too many.
func (q *broadcasts) put(b Broadcast, payload []byte) {
	if len(q.waiting) == maxBroadcasts {
		q.drop(q.mostSent())
	}
	q.births++
	q.waiting = append(q.waiting, waitingBroadcast{
		Broadcast: b, payload: slices.Clone(payload), birth: q.births,
	})
	q.bytes += broadcastBytes + len(payload)
}

func (q *broadcasts) mostSent() (most int) {
	for i := range q.waiting {
		if q.waiting[i].sends > q.waiting[most].sends {
			most = i
		}
	}
	return most
}

func (q *broadcasts) drop(i int) {
	last := len(q.waiting) - 1
	q.bytes -= broadcastBytes + len(q.waiting[i].payload)
	q.waiting[i] = q.waiting[last]
	q.waiting[last] = waitingBroadcast{}
	q.waiting = q.waiting[:last]
}

// take adds as many broadcasts as fit into room bytes, those sent least often first. After limit
// times they leave the queue.
func (q *broadcasts) take(m *Message, room int, limit uint32) {
	for i := range q.waiting {
		q.waiting[i].taken = false
	}
	for len(m.Broadcasts) < MaxDatagramBroadcasts {
		i := q.next()
		if i < 0 || room < broadcastBytes+len(q.waiting[i].payload) {
			return
		}
		b := &q.waiting[i]
		room -= broadcastBytes + len(b.payload)
		m.addBroadcast(b.Broadcast, b.payload)
		b.taken = true
		if b.sends++; b.sends >= limit {
			q.drop(i)
		}
	}
}

// next returns the broadcast that goes first of those not taken yet, -1 if there is none.
func (q *broadcasts) next() int {
	best := -1
	for i := range q.waiting {
		w := &q.waiting[i]
		if w.taken {
			continue
		}
		if best < 0 || w.sends < q.waiting[best].sends ||
			w.sends == q.waiting[best].sends && w.birth < q.waiting[best].birth {
			best = i
		}
	}
	return best
}
