package wire

import (
	"encoding/binary"
	"fmt"
	"math"
)

// FormatError says why bytes are not the encoding of a message.
type FormatError struct {
	// Offset is where the offending field begins: how many bytes come before it.
	Offset int
	// Expected is what should be there.
	Expected string
	// Found is what is there instead.
	Found string
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("wire: expected %s at byte %d, found %s", e.Expected, e.Offset, e.Found)
}

// reader takes fields off the front of b. The first that is not as expected ends it: from then on
// every field reads as zero and every list as empty. So those who read need not ask after each
// field; they ask before they go round a loop again.
//
// Invariant: 0 <= offset <= len(b).
type reader struct {
	b      []byte
	offset int // of the next field
	err    *FormatError
}

// ok reports whether everything so far was as expected.
func (r *reader) ok() bool { return r.err == nil }

// left returns how many bytes are still to be read.
func (r *reader) left() int { return len(r.b) - r.offset }

// byte reads a number of one byte, low <= byte <= high.
func (r *reader) byte(field string, low, high byte) byte {
	value := byte(r.fixed(field, 1))
	if r.ok() && (value < low || value > high) {
		expected := fmt.Sprintf("%s (%#02x to %#02x)", field, low, high)
		r.fail(r.offset-1, expected, fmt.Sprintf("%#02x", value))
		return 0
	}
	return value
}

// fixed reads a big-endian number of the given width.
func (r *reader) fixed(field string, widthBytes int) uint64 {
	value := uint64(0)
	for _, digit := range r.take(field, widthBytes) {
		value = value<<8 | uint64(digit)
	}
	return value
}

// take reads lengthBytes bytes, which are lent: whoever keeps them copies them.
func (r *reader) take(field string, lengthBytes int) []byte {
	if !r.ok() {
		return nil
	}
	if r.left() < lengthBytes {
		expected := fmt.Sprintf("%s (%d B)", field, lengthBytes)
		r.fail(r.offset, expected, fmt.Sprintf("%d B", r.left()))
		return nil
	}
	start := r.offset
	r.offset += lengthBytes
	return r.b[start:r.offset]
}

// uvarint reads a number in its shortest form, low <= number <= high.
func (r *reader) uvarint(field string, low, high uint64) uint64 {
	if !r.ok() {
		return 0
	}
	value, width := binary.Uvarint(r.b[r.offset:])
	if flaw := flawOf(r.b[r.offset:], value, width, low, high); flaw != "" {
		r.fail(r.offset, fmt.Sprintf("%s (uvarint, %d to %d)", field, low, high), flaw)
		return 0
	}
	r.offset += width
	return value
}

// flawOf says what is wrong with the outcome of [binary.Uvarint] on b, and nothing if it is good.
func flawOf(b []byte, value uint64, width int, low, high uint64) string {
	switch {
	case width == 0:
		return "the end of the message"
	case width < 0:
		return "more than 64 bits"
	case width > 1 && b[width-1] == 0:
		return "a longer form than needed"
	case value < low || value > high:
		return fmt.Sprint(value)
	}
	return ""
}

// uint32 reads a uvarint of at most 32 bits.
func (r *reader) uint32(field string) uint32 { return uint32(r.uvarint(field, 0, math.MaxUint32)) }

// count reads the length of a list whose elements take elementBytes each, or more.
func (r *reader) count(list string, elementBytes int) int {
	start := r.offset
	count := r.uvarint(list, 0, math.MaxUint64)
	if room := r.left() / elementBytes; count > uint64(room) {
		expected := fmt.Sprintf("%s (at most %d in %d B)", list, room, r.left())
		r.fail(start, expected, fmt.Sprint(count))
		return 0
	}
	return int(count)
}

// demand fails unless held, which is about the field or the element that began at start.
func (r *reader) demand(held bool, start int, expected string) {
	if !held {
		r.fail(start, expected, "another")
	}
}

// end expects that nothing is left.
func (r *reader) end() {
	if r.left() > 0 {
		r.fail(r.offset, "the end of the message", fmt.Sprintf("%d more B", r.left()))
	}
}

// fail notes the first thing that was not as expected.
func (r *reader) fail(offset int, expected, found string) {
	if r.ok() {
		r.err = &FormatError{Offset: offset, Expected: expected, Found: found}
	}
}
