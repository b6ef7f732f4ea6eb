package station

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// ErrFormat says that bytes are not what a rival's Append writes.
var ErrFormat = errors.New("station: not a message of this design")

// Reader takes fields off the front of bytes that may be anything. The first field that is not as
// expected ends it: from then on every field reads as zero and every list as empty, so that whoever
// reads asks once, at the end.
type Reader struct {
	rest []byte
	bad  bool
}

// NewReader returns a reader of b, which it only borrows.
func NewReader(b []byte) Reader { return Reader{rest: b} }

// Byte reads a number of one byte, at most highest.
func (r *Reader) Byte(highest byte) byte {
	if len(r.rest) == 0 || r.rest[0] > highest {
		r.Refuse()
		return 0
	}
	value := r.rest[0]
	r.rest = r.rest[1:]
	return value
}

// Uint64 reads a number of eight bytes, the lowest first.
func (r *Reader) Uint64() uint64 {
	if len(r.rest) < 8 {
		r.Refuse()
		return 0
	}
	value := binary.LittleEndian.Uint64(r.rest)
	r.rest = r.rest[8:]
	return value
}

// Uvarint reads the base-128 number of encoding/binary in its shortest form, at most highest.
func (r *Reader) Uvarint(highest uint64) uint64 {
	value, width := binary.Uvarint(r.rest)
	if width != SizeUvarint(value) || value > highest {
		r.Refuse()
		return 0
	}
	r.rest = r.rest[width:]
	return value
}

// Count reads the length of a list whose elements take elementBytes each, or more: no message can
// ask for more memory than a few times its own size.
func (r *Reader) Count(elementBytes int) int {
	count := r.Uvarint(math.MaxUint64)
	if count > uint64(len(r.rest)/elementBytes) {
		r.Refuse()
		return 0
	}
	return int(count)
}

// More reports whether there is something left to read.
func (r *Reader) More() bool { return len(r.rest) > 0 }

// Refuse ends the reading: what was read makes no sense.
func (r *Reader) Refuse() { r.rest, r.bad = nil, true }

// End returns [ErrFormat] unless every field was as expected and nothing is left.
func (r *Reader) End() error {
	if r.bad || r.More() {
		return ErrFormat
	}
	return nil
}

// SizeUvarint is how many bytes v takes in base 128.
func SizeUvarint(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }
