package trace

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"butterfly/sim/clock"
)

// codec is what both ends of a file remember between records.
type codec struct {
	at  clock.Time // of the last record
	seq uint64     // of the last step
}

// remark is set in the kind byte of a record without a Seq.
const remark = 0x80

// append adds the wire form of r, which must be one that check accepts.
func (c *codec) append(b []byte, r *Record) []byte {
	if r.Seq == 0 {
		b = append(b, byte(r.Kind)|remark)
	} else {
		b = append(b, byte(r.Kind))
		b = binary.AppendVarint(b, int64(r.Seq-c.seq))
		c.seq = r.Seq
	}
	b = binary.AppendUvarint(b, uint64(r.At-c.at))
	c.at = r.At
	b = binary.AppendVarint(b, int64(r.Cause-c.seq))
	b = binary.AppendUvarint(b, uint64(r.Host+1))
	b = binary.AppendUvarint(b, uint64(r.Peer+1))
	b = binary.AppendUvarint(b, uint64(r.Code))
	b = binary.AppendUvarint(b, uint64(r.Subject))
	b = binary.AppendUvarint(b, uint64(r.Size))
	b = binary.AppendUvarint(b, r.A)
	return binary.AppendUvarint(b, r.B)
}

// check reports why r cannot follow the records before it.
func (c *codec) check(r *Record) error {
	if !r.Kind.valid() {
		return fmt.Errorf("record has no known kind: %d", r.Kind)
	}
	if r.At < c.at {
		return fmt.Errorf("record at %v comes after one at %v", r.At, c.at)
	}
	return nil
}

// parse reads the rest of a record whose kind byte is first.
func (c *codec) parse(first byte, from io.ByteReader) (Record, error) {
	field := fieldReader{from: from}
	r := Record{Kind: Kind(first &^ remark)}
	if first&remark == 0 {
		r.Seq = c.seq + uint64(field.signed())
		c.seq = r.Seq
	}
	r.At = c.at + clock.Time(field.unsigned(uint64(math.MaxInt64-c.at)))
	c.at = r.At
	r.Cause = c.seq + uint64(field.signed())
	r.Host = uint32(field.unsigned(math.MaxUint32)) - 1
	r.Peer = uint32(field.unsigned(math.MaxUint32)) - 1
	r.Code = uint16(field.unsigned(math.MaxUint16))
	r.Subject = uint32(field.unsigned(math.MaxUint32))
	r.Size = uint32(field.unsigned(math.MaxUint32))
	r.A = field.unsigned(math.MaxUint64)
	r.B = field.unsigned(math.MaxUint64)
	if field.err == nil {
		field.err = r.checkParsed(first)
	}
	return r, field.err
}

// checkParsed refuses what no Writer produces.
func (r *Record) checkParsed(first byte) error {
	if !r.Kind.valid() {
		return fmt.Errorf("unknown kind of record: %d", r.Kind)
	}
	if first&remark == 0 && r.Seq == 0 {
		return errors.New("step without a number")
	}
	return nil
}

// fieldReader reads bounded integers and remembers the first error.
type fieldReader struct {
	from io.ByteReader
	err  error
}

// unsigned reads an integer from 0 to limit. After an error it returns 0.
func (f *fieldReader) unsigned(limit uint64) uint64 {
	if f.err != nil {
		return 0
	}
	value, err := binary.ReadUvarint(f.from)
	if err == nil && value > limit {
		err = fmt.Errorf("field out of range: %d exceeds %d", value, limit)
	}
	if err != nil {
		f.err = truncated(err)
		return 0
	}
	return value
}

// signed reads a zigzag integer. After an error it returns 0.
func (f *fieldReader) signed() int64 {
	zigzag := f.unsigned(math.MaxUint64)
	return int64(zigzag>>1) ^ -int64(zigzag&1)
}

// truncated turns an end of input in the middle of something into an error that says so.
func truncated(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
