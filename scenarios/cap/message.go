package cap

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"

	"butterfly/node/crdt"
	"butterfly/node/wire"
	"butterfly/scenarios/replicas"
)

// Kind says what a [Message] is. The zero kind is no message.
type Kind uint8

const (
	// Ask is a client's request: Operation, and in Past what it insists on.
	Ask Kind = iota + 1
	// Answer is its end: Operation.Number, Result, and in Past the writes that came of it. It is
	// the reply to Ask where it is known at once, else a request to the client.
	Answer
	// Later is the reply to an Ask whose Answer comes as a request.
	Later
	// Lacks is the reply to an Ask of which the server has not got the Past.
	Lacks
	// Gossip is what replicas of the map say to each other.
	Gossip
	// Letter is what voters of a log say to each other.
	Letter
	// Taken is the reply to whatever needs none.
	Taken
)

// Message is what clients and servers say to each other. Kind says which of the other fields means
// something.
type Message struct {
	Kind      Kind
	Operation Operation
	Result    uint64
	// Past are writes of the map: of each writer, the last that the client knows of.
	Past   []crdt.Dot
	Gossip replicas.Message
	Letter []byte
}

// Reset empties m and keeps its memory.
func (m *Message) Reset() {
	m.Kind, m.Operation, m.Result = 0, Operation{}, 0
	m.Past, m.Letter = m.Past[:0], m.Letter[:0]
	m.Gossip.Reset()
}

// Size is what m weighs on the wire, in bytes.
func Size(m *Message) int {
	switch m.Kind {
	case Ask, Answer:
		o := &m.Operation
		size := 2 + sizeUvarint(uint64(o.Number)) + sizeUvarint(uint64(o.Key)) + 8 + 8 + 1
		for _, dot := range m.Past {
			size += 8 + sizeUvarint(dot.Seq)
		}
		return size
	case Gossip:
		return 1 + wire.SizeReplica(&m.Gossip)
	case Letter:
		return 1 + len(m.Letter)
	}
	return 1
}

func sizeUvarint(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }

// Append appends the encoding of m to b.
func Append(b []byte, m *Message) []byte {
	b = append(b, byte(m.Kind))
	switch m.Kind {
	case Ask, Answer:
		return appendOperation(b, m)
	case Gossip:
		return wire.AppendReplica(b, &m.Gossip)
	case Letter:
		return append(b, m.Letter...)
	}
	return b
}

func appendOperation(b []byte, m *Message) []byte {
	o := &m.Operation
	b = append(b, byte(o.Verb))
	b = binary.AppendUvarint(b, uint64(o.Number))
	b = binary.AppendUvarint(b, uint64(o.Key))
	b = binary.LittleEndian.AppendUint64(b, o.Value)
	b = binary.LittleEndian.AppendUint64(b, m.Result)
	b = append(b, byte(len(m.Past)))
	for _, dot := range m.Past {
		b = binary.LittleEndian.AppendUint64(b, uint64(dot.Actor))
		b = binary.AppendUvarint(b, dot.Seq)
	}
	return b
}

// ErrFormat says that bytes are not the encoding of a message.
var ErrFormat = errors.New("cap: not a message of clients and servers")

// Parse decodes all of b into m, which is empty, without retaining b. It returns an error if b is
// not what [Append] writes; what m holds then means nothing.
func Parse(b []byte, m *Message) error {
	if len(b) == 0 {
		return ErrFormat
	}
	m.Kind = Kind(b[0])
	switch m.Kind {
	case Ask, Answer:
		return parseOperation(b[1:], m)
	case Gossip:
		return wire.ParseReplica(b[1:], &m.Gossip)
	case Letter:
		m.Letter = append(m.Letter, b[1:]...)
		return nil
	case Later, Lacks, Taken:
		if len(b) == 1 {
			return nil
		}
	}
	return ErrFormat
}

func parseOperation(b []byte, m *Message) error {
	r := reader{b: b}
	m.Operation.Verb = Verb(r.byte())
	m.Operation.Number = uint32(r.uvarint(math.MaxUint32))
	m.Operation.Key = uint32(r.uvarint(math.MaxUint32))
	m.Operation.Value, m.Result = r.uint64(), r.uint64()
	for range r.byte() {
		dot := crdt.Dot{Actor: crdt.Actor(r.uint64()), Seq: r.uvarint(math.MaxUint64)}
		m.Past = append(m.Past, dot)
	}
	if r.failed || len(r.b) > 0 || m.Operation.Verb >= verbs {
		return ErrFormat
	}
	return nil
}

// reader reads off the beginning of b. After a failure all it reads is 0.
type reader struct {
	b      []byte
	failed bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.failed = true
	}
	if r.failed {
		return make([]byte, n)
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *reader) byte() byte { return r.take(1)[0] }

func (r *reader) uint64() uint64 { return binary.LittleEndian.Uint64(r.take(8)) }

// uvarint reads a number up to most, in the one encoding that it has.
func (r *reader) uvarint(most uint64) uint64 {
	v, n := binary.Uvarint(r.b)
	if n != sizeUvarint(v) || v > most {
		r.failed = true
		return 0
	}
	r.take(n)
	return v
}
