package trace

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Header says which run a trace is of.
type Header struct {
	// Scenario is the scenario's name.
	Scenario string
	// Seed is the run's seed; 0 is a seed like any other.
	Seed uint64
	// Build identifies the program, so that a trace is not read against another version's code.
	Build string
}

const (
	magic = "bfly-tr\x01" // the last byte is the version of the format

	windowBytes     = 1 << 20 // how far back both ends of the compression look
	flushBytes      = 1 << 15 // how much is gathered before the compressor is called
	headerTextBytes = 1 << 12 // longest Scenario or Build
)

// Writer writes a trace. It buffers: nothing is complete before [Writer.Close]. It owns no
// goroutine.
type Writer struct {
	out    *zstd.Encoder
	codec  codec
	buffer []byte
	count  uint64
	err    error // sticky: the first failure of out
}

// NewWriter starts a trace on w. It fails when w does or when a header text is over 4096 bytes.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	if len(h.Scenario) > headerTextBytes || len(h.Build) > headerTextBytes {
		return nil, fmt.Errorf("trace header text exceeds %d bytes", headerTextBytes)
	}
	if _, err := io.WriteString(w, magic); err != nil {
		return nil, err
	}
	out, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(windowBytes))
	if err != nil {
		return nil, err
	}
	return &Writer{out: out, buffer: h.append(make([]byte, 0, 2*flushBytes))}, nil
}

func (h *Header) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(h.Scenario)))
	b = append(b, h.Scenario...)
	b = binary.LittleEndian.AppendUint64(b, h.Seed)
	b = binary.AppendUvarint(b, uint64(len(h.Build)))
	return append(b, h.Build...)
}

// Write adds one record. It fails when r has no known kind, goes back in time, or when an earlier
// part of the trace could not be written.
func (w *Writer) Write(r *Record) error {
	if w.err != nil {
		return w.err
	}
	if err := w.codec.check(r); err != nil {
		return err
	}
	w.buffer = w.codec.append(w.buffer, r)
	w.count++
	if len(w.buffer) >= flushBytes {
		w.flush()
	}
	return w.err
}

func (w *Writer) flush() {
	_, w.err = w.out.Write(w.buffer)
	w.buffer = w.buffer[:0]
}

var errClosed = errors.New("trace writer is closed")

// Close ends the trace properly. It does not close the writer underneath. No Write may follow.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	w.buffer = append(w.buffer, endOfTrace)
	w.buffer = binary.AppendUvarint(w.buffer, w.count)
	w.flush()
	err := errors.Join(w.err, w.out.Close())
	w.err = errClosed
	return err
}
