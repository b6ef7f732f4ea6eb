package multicast

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"

	"butterfly/sim/clock"
)

// Result is what a check of a key has found.
type Result struct {
	Key   uint32
	Value uint64
	// At is when it was found.
	At clock.Time
}

// Message is one datagram: results in the order of their times, at least one.
type Message struct{ Results []Result }

// Reset empties m and keeps its memory.
func (m *Message) Reset() { m.Results = m.Results[:0] }

// MTU is the size in bytes of the largest datagram.
const MTU = 1400

const (
	mark        = 0x11 // version 1, kind 1
	headerBytes = 1 + 8
)

// Size is what m weighs on the wire, in bytes.
func Size(m *Message) int {
	size := headerBytes
	for i := range m.Results {
		size += sizeResult(m.Results, i)
	}
	return size
}

// sizeResult is what the i-th of the results adds to a message that begins with the first of them.
func sizeResult(results []Result, i int) int {
	r := &results[i]
	return sizeUvarint(later(results, i)) + sizeUvarint(uint64(r.Key)) + sizeUvarint(r.Value)
}

// later is by how many nanoseconds the i-th result is later than the one before it.
func later(results []Result, i int) uint64 {
	if i == 0 {
		return 0
	}
	return uint64(results[i].At.Sub(results[i-1].At))
}

func sizeUvarint(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }

// Append appends the encoding of m to b.
func Append(b []byte, m *Message) []byte {
	b = append(b, mark)
	b = binary.BigEndian.AppendUint64(b, uint64(m.Results[0].At))
	for i := range m.Results {
		b = binary.AppendUvarint(b, later(m.Results, i))
		b = binary.AppendUvarint(b, uint64(m.Results[i].Key))
		b = binary.AppendUvarint(b, m.Results[i].Value)
	}
	return b
}

// ErrFormat says that bytes are not the encoding of a message.
var ErrFormat = errors.New("multicast: not a datagram with results")

// Parse decodes all of b into m, which is empty, without retaining b. It returns [ErrFormat] if b
// is not what [Append] writes; what m holds then means nothing.
func Parse(b []byte, m *Message) error {
	if len(b) <= headerBytes || b[0] != mark {
		return ErrFormat
	}
	at := binary.BigEndian.Uint64(b[1:])
	for b = b[headerBytes:]; len(b) > 0; {
		var fields [3]uint64 // later, key, value
		for i := range fields {
			n := 0
			if fields[i], n = binary.Uvarint(b); n != sizeUvarint(fields[i]) {
				return ErrFormat
			}
			b = b[n:]
		}
		at += fields[0]
		latest := uint64(math.MaxInt64)
		if len(m.Results) == 0 {
			latest = 0
		}
		if fields[0] > latest || at > math.MaxInt64 || fields[1] > math.MaxUint32 {
			return ErrFormat
		}
		m.Results = append(m.Results, Result{uint32(fields[1]), fields[2], clock.Time(at)})
	}
	return nil
}
