package names

import (
	"encoding/binary"
	"fmt"
)

// FormatError says why bytes are not what they should be.
type FormatError struct {
	// Offset is where the offending field begins: how many bytes come before it.
	Offset int
	// Expected is what should be there.
	Expected string
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("names: expected %s at byte %d", e.Expected, e.Offset)
}

// reader takes fields off the front of b. The first that is not as expected ends it: from then on
// every field reads as zero and every list as empty.
//
// Invariant: 0 <= offset <= len(b).
type reader struct {
	b      []byte
	offset int
	err    *FormatError
}

func (r *reader) ok() bool { return r.err == nil }

func (r *reader) left() int { return len(r.b) - r.offset }

// take reads bytes, which are lent.
func (r *reader) take(field string, count int) []byte {
	if !r.ok() {
		return nil
	}
	if count > r.left() {
		r.fail(r.offset, fmt.Sprintf("%s of %d B", field, count))
		return nil
	}
	start := r.offset
	r.offset += count
	return r.b[start:r.offset]
}

// byte reads a number of one byte.
func (r *reader) byte(field string) byte {
	if b := r.take(field, 1); b != nil {
		return b[0]
	}
	return 0
}

// uvarint reads a number in its shortest form, low <= number <= high.
func (r *reader) uvarint(field string, low, high uint64) uint64 {
	if !r.ok() {
		return 0
	}
	value, width := binary.Uvarint(r.b[r.offset:])
	longer := width > 1 && r.b[r.offset+width-1] == 0
	if width <= 0 || longer || value < low || value > high {
		r.fail(r.offset, fmt.Sprintf("%s (uvarint, %d to %d)", field, low, high))
		return 0
	}
	r.offset += width
	return value
}

// text reads a length within the given bounds and as many bytes, which are lent.
func (r *reader) text(field string, low, high int) []byte {
	return r.take(field, int(r.uvarint(field, uint64(low), uint64(high))))
}

// count reads the length of a list whose elements take elementBytes each, or more.
func (r *reader) count(list string, low, elementBytes int) int {
	start := r.offset
	count := r.uvarint(list, uint64(low), 1<<32-1)
	if room := r.left() / elementBytes; count > uint64(room) {
		r.fail(start, fmt.Sprintf("%s, at most %d in %d B", list, room, r.left()))
		return 0
	}
	return int(count)
}

// demand fails unless held, which is about the field that began at start.
func (r *reader) demand(held bool, start int, expected string) {
	if !held {
		r.fail(start, expected)
	}
}

// end expects that nothing is left.
func (r *reader) end() { r.demand(r.left() == 0, r.offset, "the end") }

// fail notes the first thing that was not as expected.
func (r *reader) fail(offset int, expected string) {
	if r.ok() {
		r.err = &FormatError{offset, expected}
	}
}

// failure returns what was not as expected, nil if all was.
func (r *reader) failure() error {
	if r.err == nil {
		return nil
	}
	return r.err
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}
