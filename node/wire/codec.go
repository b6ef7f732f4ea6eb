package wire

import (
	"fmt"

	"butterfly/node/origin"
	"butterfly/node/swim"
)

// Version is the version of the layout. A change that today's Parse would misread gets another one.
const Version = 4

// headerBytes is the version and the kind.
const headerBytes = 1

// Append appends the encoding of m to b and allocates only if b has to grow. It panics on a message
// that Parse would refuse, and on the zero one; see the package documentation for what that takes.
func Append(b []byte, m *Message) []byte {
	b = append(b, Version<<4|byte(m.Kind))
	switch m.Kind {
	case Swim:
		return appendSwim(b, &m.Swim)
	case Gossip:
		return appendGossip(b, &m.Gossip, origin.Highest)
	}
	panic(fmt.Sprintf("wire: no message is of kind %d", m.Kind))
}

// Parse decodes all of b into m, which must be empty; its memory is used again. It keeps nothing of
// b. If b is not the encoding of a message, m is empty afterwards and the error is a
// [*FormatError].
func Parse(b []byte, m *Message) error {
	r := reader{b: b}
	r.message(m)
	r.end()
	if r.err != nil {
		m.Reset()
		return r.err
	}
	return nil
}

// Size returns len(Append(nil, m)), in bytes, without encoding. It never panics and is exact for
// every message that Append accepts.
func Size(m *Message) int {
	switch m.Kind {
	case Swim:
		return SizeSwim(&m.Swim)
	case Gossip:
		return headerBytes + sizeGossip(&m.Gossip)
	}
	return headerBytes
}

// SizeSwim returns the [Size] of a message of kind [Swim] with m in it.
func SizeSwim(m *swim.Message) int { return headerBytes + sizeSwim(m) }

func (r *reader) message(m *Message) {
	m.Kind = r.kind(Swim)
	switch m.Kind {
	case Swim:
		r.swim(&m.Swim)
	case Gossip:
		readGossip(r, &m.Gossip, origin.Highest)
	}
}

// kind reads the version and a kind, which is not below lowest.
func (r *reader) kind(lowest Kind) Kind {
	header := r.byte("version and kind", Version<<4|byte(lowest), Version<<4|byte(Gossip))
	return Kind(header & 0xf)
}

// must panics unless held: Append was given a message that no peer would accept.
func must(held bool, broken string) {
	if !held {
		panic("wire: message of bad form: " + broken)
	}
}
