package cap

import (
	"encoding/binary"
	"errors"
	"math"

	"butterfly/node/crdt"
	"butterfly/node/wire"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/rivals/station"
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
		size := 2 + station.SizeUvarint(uint64(o.Number)) + station.SizeUvarint(uint64(o.Key)) +
			8 + 8 + 1
		for _, dot := range m.Past {
			size += 8 + station.SizeUvarint(dot.Seq)
		}
		return size
	case Gossip:
		return 1 + wire.SizeReplica(&m.Gossip)
	case Letter:
		return 1 + len(m.Letter)
	}
	return 1
}

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
	r := station.NewReader(b)
	m.Operation.Verb = Verb(r.Byte(byte(verbs - 1)))
	m.Operation.Number = uint32(r.Uvarint(math.MaxUint32))
	m.Operation.Key = uint32(r.Uvarint(math.MaxUint32))
	m.Operation.Value, m.Result = r.Uint64(), r.Uint64()
	for range r.Byte(math.MaxUint8) {
		dot := crdt.Dot{Actor: crdt.Actor(r.Uint64()), Seq: r.Uvarint(math.MaxUint64)}
		m.Past = append(m.Past, dot)
	}
	if r.End() != nil {
		return ErrFormat
	}
	return nil
}
