package raft

import (
	"encoding/binary"
	"math"

	"butterfly/node"
	"butterfly/scenarios/rivals/station"
)

// Kind says what a [Message] is. The zero kind is no message.
type Kind uint8

const (
	// Letter is what voters say to each other: a datagram, or a request if it is large. Body is the
	// letter.
	Letter Kind = iota + 1
	// Taken is the reply to a Letter.
	Taken
	// Poll is a server's request for news, and its sign of life. Index is up to where it knows the
	// log, and Body what it wants to be put into it.
	Poll
	// Granted is the leader's reply to a Poll of a server that takes part: it has a lease. Index is
	// up to where the log is told, and Body the changes since that of the Poll.
	Granted
	// GrantedWhole is Granted with all there is for Body.
	GrantedWhole
	// Denied is any other reply to a Poll. Leader is who is to be asked next: who replies, if it is
	// the leader; [node.Nobody] if it knows of none.
	Denied

	kinds // how many there are, and one
)

// Message is what servers say to each other. Kind says which of the other fields means something.
type Message struct {
	Kind   Kind
	Index  uint64
	Leader node.ID
	Body   []byte
}

// Reset empties m and keeps its memory.
func (m *Message) Reset() { m.Kind, m.Index, m.Leader, m.Body = 0, 0, 0, m.Body[:0] }

// indexed reports whether messages of the kind have an index.
func (k Kind) indexed() bool { return k == Poll || k == Granted || k == GrantedWhole }

// Size is what m weighs on the wire, in bytes.
func Size(m *Message) int {
	switch {
	case m.Kind.indexed():
		return 1 + station.SizeUvarint(m.Index) + len(m.Body)
	case m.Kind == Letter:
		return 1 + len(m.Body)
	case m.Kind == Denied:
		return 1 + station.SizeUvarint(uint64(m.Leader))
	}
	return 1
}

// Append appends the encoding of m to b.
func Append(b []byte, m *Message) []byte {
	b = append(b, byte(m.Kind))
	switch {
	case m.Kind.indexed():
		return append(binary.AppendUvarint(b, m.Index), m.Body...)
	case m.Kind == Letter:
		return append(b, m.Body...)
	case m.Kind == Denied:
		return binary.AppendUvarint(b, uint64(m.Leader))
	}
	return b
}

// Parse decodes all of b into m, which is empty, without retaining b. It returns
// [station.ErrFormat] if b is not what [Append] writes; what m holds then means nothing. Bodies are
// read by those whom they are for.
func Parse(b []byte, m *Message) error {
	if len(b) == 0 || b[0] == 0 || Kind(b[0]) >= kinds {
		return station.ErrFormat
	}
	m.Kind = Kind(b[0])
	rest := b[1:]
	switch {
	case m.Kind.indexed():
		width := 0
		m.Index, width = binary.Uvarint(rest)
		if width != station.SizeUvarint(m.Index) {
			return station.ErrFormat
		}
		m.Body = append(m.Body, rest[width:]...)
		return nil
	case m.Kind == Letter:
		m.Body = append(m.Body, rest...)
		return nil
	}
	r := station.NewReader(rest)
	if m.Kind == Denied {
		m.Leader = node.ID(r.Uvarint(math.MaxUint32))
	}
	return r.End()
}
