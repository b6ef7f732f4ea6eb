package record

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"

	"butterfly/node"
	"butterfly/node/live/names"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// What a record begins with that is no input: those begin with their kind.
const (
	tagHeader  = 0x20 + iota // the header, as JSON; first in the first segment
	tagSegment               // seed, segment and records before it; first in all others
	tagOrigin                // service and target of the origin that gets the next number
	tagEffects               // the chain of fingerprints after an input
	tagGoOn                  // last in a segment that another follows
	tagClosed                // last of a recording that was closed
	tagLimit                 // last of a recording that became too large
)

// appendInput appends a record; last is the time of the input before it.
func appendInput(b []byte, in *input, last clock.Time) []byte {
	b = append(b, byte(in.kind))
	if in.kind != define {
		b = binary.AppendUvarint(b, uint64(in.at-last))
	}
	switch in.kind {
	case start:
		return appendOptional(b, in.bytes)
	case receive, serve:
		return wire.Append(binary.AppendUvarint(b, uint64(in.from)), in.message)
	case wake:
		return append(b, byte(in.timer))
	case returned:
		return appendReturned(b, in)
	case probed:
		b = binary.AppendUvarint(b, in.result.Token)
		b = binary.AppendUvarint(b, uint64(in.result.Origin))
		return append(b, byte(in.result.Outcome))
	case register:
		b = binary.AppendUvarint(b, uint64(in.origin))
		return binary.AppendUvarint(b, uint64(in.definition))
	case unregister:
		return binary.AppendUvarint(b, uint64(in.origin))
	case define:
		return appendJSON(b, in.defined)
	case describe:
		return append(b, in.bytes...)
	}
	return b // leave
}

// appendOptional appends bytes, or that there are none.
func appendOptional(b, bytes []byte) []byte {
	if bytes == nil {
		return append(b, 0)
	}
	return append(append(b, 1), bytes...)
}

func appendReturned(b []byte, in *input) []byte {
	b = binary.AppendUvarint(b, uint64(in.from))
	b = binary.AppendUvarint(b, uint64(in.call))
	b = append(b, byte(in.failure))
	if in.message == nil {
		return b
	}
	return wire.Append(b, in.message)
}

// appendJSON appends a plain value, which has a form in JSON.
func appendJSON(b []byte, value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic("record: " + err.Error())
	}
	return append(b, text...)
}

func appendOrigin(b []byte, name names.Origin) []byte {
	b = append(b, tagOrigin, byte(len(name.Service)))
	return append(append(b, name.Service...), name.Target...)
}

func appendEffects(b []byte, chain uint32) []byte {
	return binary.BigEndian.AppendUint32(append(b, tagEffects), chain)
}

func appendSegment(b []byte, seed uint64, segment int, records uint64) []byte {
	b = binary.BigEndian.AppendUint64(append(b, tagSegment), seed)
	b = binary.AppendUvarint(b, uint64(segment))
	return binary.AppendUvarint(b, records)
}

// fields takes the fields of a record off the front of b. Once one is not there, or out of range,
// it is broken, and all that follow are zero.
type fields struct {
	b      []byte
	broken bool
}

// uvarint reads a number of at most high.
func (f *fields) uvarint(high uint64) uint64 {
	value, width := binary.Uvarint(f.b)
	if f.broken || width <= 0 || value > high {
		f.broken = true
		return 0
	}
	f.b = f.b[width:]
	return value
}

// byte reads a number of one byte, of at most high.
func (f *fields) byte(high byte) byte {
	if f.broken || len(f.b) == 0 || f.b[0] > high {
		f.broken = true
		return 0
	}
	value := f.b[0]
	f.b = f.b[1:]
	return value
}

// rest returns all that is left, which is lent.
func (f *fields) rest() []byte {
	rest := f.b
	f.b = nil
	return rest
}

var errRecord = errors.New("a record of no known form")

// parseInput reads an input from b; last is the time of the input before it. What in points to
// belongs to b and to message, which is empty, and is valid as long as they are.
func parseInput(b []byte, last clock.Time, message *wire.Message) (in input, err error) {
	f := fields{b: b}
	in.kind, in.at = kind(f.byte(byte(describe))), last
	if in.kind != define {
		in.at += clock.Time(f.uvarint(uint64(math.MaxInt64 - int64(last))))
	}
	switch in.kind {
	case start:
		if f.byte(1) == 1 {
			in.bytes = append([]byte{}, f.rest()...)
		}
	case receive, serve:
		in.from = f.server()
		err = in.readMessage(f.rest(), message)
	case wake:
		in.timer = node.TimerID(f.byte(node.MaxTimers - 1))
	case returned:
		err = in.readReturned(&f, message)
	case probed:
		in.result.Token = f.uvarint(math.MaxUint64)
		in.result.Origin = uint32(f.uvarint(math.MaxUint32))
		in.result.Outcome = node.Outcome(f.byte(byte(node.Succeeded)))
	case register:
		in.origin = uint32(f.uvarint(math.MaxUint32))
		in.definition = uint16(f.uvarint(math.MaxUint16))
	case unregister:
		in.origin = uint32(f.uvarint(math.MaxUint32))
	case define:
		err = json.Unmarshal(f.rest(), &in.defined)
	case describe:
		in.bytes = f.rest()
	case leave:
	default:
		f.broken = true
	}
	if err == nil && (f.broken || len(f.b) > 0) {
		err = errRecord
	}
	return in, err
}

func (f *fields) server() node.ID { return node.ID(f.uvarint(node.MaxIDs - 1)) }

func (in *input) readMessage(b []byte, message *wire.Message) error {
	in.message = message
	return wire.Parse(b, message)
}

func (in *input) readReturned(f *fields, message *wire.Message) error {
	in.from = f.server()
	in.call = node.CallID(f.uvarint(math.MaxUint32))
	in.failure = node.Failure(f.byte(byte(node.Refused)))
	if reply := f.rest(); len(reply) > 0 {
		return in.readMessage(reply, message)
	}
	return nil
}

// parseOrigin reads the name of an origin, as validated by the directory that is to number it.
func parseOrigin(b []byte) (names.Origin, error) {
	f := fields{b: b}
	length := int(f.byte(names.MaxNameBytes))
	rest := f.rest()
	if f.broken || length > len(rest) {
		return names.Origin{}, errRecord
	}
	return names.Origin{Service: string(rest[:length]), Target: string(rest[length:])}, nil
}

// parseSegment demands that b is what a segment of the given recording begins with.
func parseSegment(b []byte, seed uint64, segment int, records uint64) error {
	want := appendSegment(nil, seed, segment, records)[1:]
	if string(b) != string(want) {
		return errors.New("it does not follow the file before it: it is of another recording")
	}
	return nil
}
