package wire

import "butterfly/node/gossip"

// number is what a value of a map is on the wire, so that one codec serves all maps.
type number interface{ ~uint16 | ~uint64 }

// ceiling says which is the highest value that there may be under a key.
type ceiling[V number] func(key uint32) V

// What is added to the kind of a gossip message to say what else there is.
const (
	withDelta = 0x10 // only of an Answer: a Push always has one
	withLacks = 0x20 // only of an Answer
	withWhole = 0x40 // only of one with a delta
	allMarks  = withDelta | withLacks | withWhole
)

// hasDelta reports whether m is sent with its delta. That of a replica that has nothing is not.
func hasDelta[V number](m *gossip.Message[uint32, V]) bool {
	return m.Kind == gossip.Push ||
		m.Kind == gossip.Answer && len(m.Delta.Versions)+len(m.Delta.Entries) > 0
}

// hasSeen reports whether m is sent with what its sender has seen.
func hasSeen[V number](m *gossip.Message[uint32, V]) bool {
	return m.Kind == gossip.Answer && m.Lacks ||
		gossip.Pull <= m.Kind && m.Kind <= gossip.Exchange
}

// appendGossip appends m, no value of which is above the highest.
func appendGossip[V number](b []byte, m *gossip.Message[uint32, V], highest ceiling[V]) []byte {
	must(gossip.Pull <= m.Kind && m.Kind <= gossip.Push, "unknown kind of gossip message")
	must(m.Kind == gossip.Answer || !m.Lacks, "a lack that is no answer")
	b = append(b, marks(m))
	if hasSeen(m) {
		b = appendContext(b, &m.Seen)
	}
	if m.Kind == gossip.Push {
		b = appendContext(b, &m.Delta.Since)
	}
	if hasDelta(m) {
		b = appendDelta(b, &m.Delta, highest)
	}
	return b
}

// marks returns the kind of m with what is added to it.
func marks[V number](m *gossip.Message[uint32, V]) byte {
	mark := byte(m.Kind)
	if !hasDelta(m) {
		must(!m.Delta.Whole, "a whole of nothing")
	} else if m.Delta.Whole {
		mark += withWhole
	}
	if m.Kind == gossip.Answer && hasDelta(m) {
		mark += withDelta
	}
	if m.Lacks {
		mark += withLacks
	}
	return mark
}

func sizeGossip[V number](m *gossip.Message[uint32, V]) int {
	const kind = 1
	size := kind
	if hasSeen(m) {
		size += sizeContext(&m.Seen)
	}
	if m.Kind == gossip.Push {
		size += sizeContext(&m.Delta.Since)
	}
	if hasDelta(m) {
		size += sizeDelta(&m.Delta)
	}
	return size
}

// readGossip reads a message into m, no value of which is above the highest.
func readGossip[V number](r *reader, m *gossip.Message[uint32, V], highest ceiling[V]) {
	start := r.offset
	mark := r.byte("kind of gossip", byte(gossip.Pull), allMarks|byte(gossip.Push))
	m.Kind = gossip.Kind(mark & 0xf)
	m.Lacks = mark&withLacks != 0
	m.Delta.Whole = mark&withWhole != 0
	brings := mark&withDelta != 0 || m.Kind == gossip.Push
	r.demand(possible(mark), start, "a kind of gossip that there is")
	if hasSeen(m) {
		r.context(&m.Seen)
	}
	if m.Kind == gossip.Push {
		r.context(&m.Delta.Since)
	}
	if brings && r.ok() {
		readDelta(r, &m.Delta, highest)
		r.demand(hasDelta(m), start, "a delta that brings something")
	}
}

// possible reports whether a kind may be marked like this.
func possible(mark byte) bool {
	kind, extra := gossip.Kind(mark&0xf), mark&^0xf
	switch kind {
	case gossip.Pull, gossip.Offer, gossip.Exchange:
		return extra == 0
	case gossip.Push:
		return extra&^withWhole == 0
	case gossip.Answer:
		return extra&withWhole == 0 || extra&withDelta != 0
	}
	return false
}
