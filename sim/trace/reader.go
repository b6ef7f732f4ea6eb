package trace

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// endOfTrace stands where the next record's kind would.
const endOfTrace = 0

// Reader reads a trace. It owns no goroutine and needs no closing. Memory is bounded whatever the
// input.
type Reader struct {
	in     *bufio.Reader
	header Header
	codec  codec
	count  uint64
	end    error // sticky: io.EOF or what went wrong
}

// NewReader reads the header of a trace from r. It fails when r does not hold a trace of this
// format.
func NewReader(r io.Reader) (*Reader, error) {
	var start [len(magic)]byte
	if _, err := io.ReadFull(r, start[:]); err != nil {
		return nil, fmt.Errorf("trace: %w", truncated(err))
	}
	if string(start[:]) != magic {
		return nil, fmt.Errorf("trace: no butterfly trace of this version (begins with %q)", start)
	}
	in, err := zstd.NewReader(r,
		zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(windowBytes))
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	t := &Reader{in: bufio.NewReader(in)}
	if err := t.header.parse(t.in); err != nil {
		return nil, fmt.Errorf("trace header: %w", truncated(err))
	}
	return t, nil
}

// Header says which run the trace is of.
func (t *Reader) Header() Header { return t.header }

// Next returns the next record. The error is [io.EOF] at the proper end of the trace; a trace that
// was cut off or damaged ends in another error, which stays.
func (t *Reader) Next() (Record, error) {
	if t.end != nil {
		return Record{}, t.end
	}
	r, err := t.next()
	if err == nil {
		t.count++
		return r, nil
	}
	t.end = err
	if err != io.EOF {
		t.end = fmt.Errorf("trace, after %d records: %w", t.count, err)
	}
	return Record{}, t.end
}

func (t *Reader) next() (Record, error) {
	first, err := t.in.ReadByte()
	if err != nil {
		return Record{}, truncated(err)
	}
	if first == endOfTrace {
		return Record{}, t.finish()
	}
	return t.codec.parse(first, t.in)
}

// finish checks what follows the last record and returns io.EOF if all is well.
func (t *Reader) finish() error {
	count, err := binary.ReadUvarint(t.in)
	if err != nil {
		return truncated(err)
	}
	if count != t.count {
		return fmt.Errorf("ends after %d records but was written with %d", t.count, count)
	}
	if _, err := t.in.ReadByte(); err != io.EOF {
		return errors.Join(errors.New("something follows the end"), err)
	}
	return io.EOF
}

func (h *Header) parse(in *bufio.Reader) (err error) {
	if h.Scenario, err = parseText(in); err != nil {
		return err
	}
	var seed [8]byte
	if _, err = io.ReadFull(in, seed[:]); err != nil {
		return err
	}
	h.Seed = binary.LittleEndian.Uint64(seed[:])
	h.Build, err = parseText(in)
	return err
}

func parseText(in *bufio.Reader) (string, error) {
	length, err := binary.ReadUvarint(in)
	if err != nil {
		return "", err
	}
	if length > headerTextBytes {
		return "", fmt.Errorf("text of %d bytes exceeds %d", length, headerTextBytes)
	}
	text := make([]byte, length)
	_, err = io.ReadFull(in, text)
	return string(text), err
}
