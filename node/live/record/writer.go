package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

const (
	flushBytes  = 64 << 10    // how much is gathered before it is written
	flushPeriod = time.Second // and how long at most, by the times of the inputs
	spareBytes  = 256         // room for the last record of a file and the first of the next
)

// Writer records one life. Of each input the driver tells it before the machine, and then what came
// of it; see the package documentation. It is for one goroutine, and owns none.
//
// A nil Writer is that of a life which nobody records: it takes all that a Writer takes and does
// nothing, for the price of a call.
type Writer struct {
	path      string
	header    Header
	limits    Limits
	directory *names.Directory

	segment *segmentWriter // nil when the recording has ended
	number  int            // of the segment
	done    int64          // bytes of the segments before it
	records uint64         // in all segments
	waiting uint64         // how many more are in the buffer
	buffer  []byte
	scratch []byte
	chain   chain
	named   uint32     // how many origins are recorded
	last    clock.Time // of the last input
	flushed clock.Time // when the buffer was last written
	full    bool
	err     error
}

// Create begins a recording in a file that there must not be yet; a second segment would have its
// path with ".1" after it, and so on. What the directory has learned by then is recorded with each
// input. The errors are those of the file system and of values that are not valid.
func Create(path string, h Header, directory *names.Directory, limits Limits) (*Writer, error) {
	if err := errors.Join(h.Validate(), limits.Validate()); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(segmentPath(path, 1)); err == nil {
		return nil, fmt.Errorf("record: there is %s of another recording; move it away",
			segmentPath(path, 1))
	}
	segment, err := createSegment(path)
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	w := &Writer{path: path, header: h, limits: limits, directory: directory, segment: segment}
	w.append(appendJSON([]byte{tagHeader}, h))
	w.flush()
	return w, w.err
}

// Start records that input of the machine; so do the others.
func (w *Writer) Start(now clock.Time, saved []byte) {
	w.input(&input{kind: start, at: now, bytes: saved})
}

// Receive is described at [Writer.Start].
func (w *Writer) Receive(now clock.Time, from node.ID, m *wire.Message) {
	w.input(&input{kind: receive, at: now, from: from, message: m})
}

// Wake is described at [Writer.Start].
func (w *Writer) Wake(now clock.Time, t node.TimerID) {
	w.input(&input{kind: wake, at: now, timer: t})
}

// Serve is described at [Writer.Start].
func (w *Writer) Serve(now clock.Time, from node.ID, request *wire.Message) {
	w.input(&input{kind: serve, at: now, from: from, message: request})
}

// Returned is described at [Writer.Start].
func (w *Writer) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
) {
	w.input(&input{
		kind: returned, at: now, from: from, call: call, message: reply, failure: failure,
	})
}

// Probed is described at [Writer.Start].
func (w *Writer) Probed(now clock.Time, result node.ProbeResult) {
	w.input(&input{kind: probed, at: now, result: result})
}

// Leave is described at [Writer.Start].
func (w *Writer) Leave(now clock.Time) { w.input(&input{kind: leave, at: now}) }

// Register is described at [Writer.Start].
func (w *Writer) Register(now clock.Time, origin uint32, definition uint16) {
	w.input(&input{kind: register, at: now, origin: origin, definition: definition})
}

// Unregister is described at [Writer.Start].
func (w *Writer) Unregister(now clock.Time, origin uint32) {
	w.input(&input{kind: unregister, at: now, origin: origin})
}

// Define is described at [Writer.Start].
func (w *Writer) Define(d health.Definition) {
	if w != nil {
		w.input(&input{kind: define, at: w.last, defined: d})
	}
}

// Describe is described at [Writer.Start].
func (w *Writer) Describe(now clock.Time, metadata []byte) {
	w.input(&input{kind: describe, at: now, bytes: metadata})
}

// Effects records what came of the input before it; out is empty after Define.
func (w *Writer) Effects(out *node.Out[wire.Message], outcome Outcome) {
	if w == nil || w.segment == nil {
		return
	}
	w.scratch = appendEffects(w.scratch[:0], w.chain.fold(out, outcome))
	w.append(w.scratch)
}

// Full reports whether the recording has ended because it has become as large as it may.
func (w *Writer) Full() bool { return w != nil && w.full }

// Err returns what ended the recording if the file system did, nil otherwise.
func (w *Writer) Err() error {
	if w == nil {
		return nil
	}
	return w.err
}

// Close ends the recording. It may be called again, and returns [Writer.Err].
func (w *Writer) Close() error {
	if w != nil {
		w.flush()
		w.end(tagClosed)
	}
	return w.Err()
}

func (w *Writer) input(in *input) {
	if w == nil {
		return
	}
	if w.segment != nil && in.at.Sub(w.flushed) >= flushPeriod {
		w.flushed = in.at
		w.flush()
	}
	if w.segment == nil {
		return
	}
	if in.at < w.last {
		w.fail(fmt.Errorf("an input at %d, expected none before the last one's %d", in.at, w.last))
		return
	}
	w.nameOrigins()
	w.scratch = appendInput(w.scratch[:0], in, w.last)
	w.last = in.at
	w.append(w.scratch)
	w.scratch = emptied(w.scratch)
}

// nameOrigins records which origins have got a number.
func (w *Writer) nameOrigins() {
	for ; int(w.named) < w.directory.Len(); w.named++ {
		w.scratch = appendOrigin(w.scratch[:0], w.directory.Name(w.named))
		w.append(w.scratch)
	}
}

// append adds a record.
func (w *Writer) append(record []byte) {
	w.buffer = binary.AppendUvarint(w.buffer, uint64(len(record)))
	w.buffer = append(w.buffer, record...)
	w.waiting++
	if len(w.buffer) >= flushBytes {
		w.flush()
	}
}

// flush writes what has been gathered, if it fits.
func (w *Writer) flush() {
	if w.segment == nil || len(w.buffer) == 0 {
		return
	}
	more := worst(len(w.buffer)) + spareBytes
	if w.done+w.segment.written+more > w.limits.TotalBytes {
		w.full = true
		w.end(tagLimit)
		return
	}
	if w.segment.written+more > w.limits.SegmentBytes && w.segment.written > int64(len(magic)) {
		w.rotate()
	}
	w.write()
}

// write writes the buffer.
func (w *Writer) write() {
	if w.segment == nil {
		return
	}
	if err := w.segment.put(w.buffer); err != nil {
		w.fail(err)
		return
	}
	w.records, w.waiting, w.buffer = w.records+w.waiting, 0, emptied(w.buffer)
}

// rotate goes on in another file.
func (w *Writer) rotate() {
	w.done += w.segment.written
	if err := w.segment.end(tagGoOn); err != nil {
		w.fail(err)
		return
	}
	w.number++
	next, err := createSegment(segmentPath(w.path, w.number))
	if w.segment = next; err != nil {
		w.fail(err)
		return
	}
	first := appendSegment(nil, w.header.Seed, w.number, w.records)
	if err := next.put(append([]byte{byte(len(first))}, first...)); err != nil {
		w.fail(err)
	}
}

// end ends the recording with its last record.
func (w *Writer) end(tag byte) {
	if w.segment == nil {
		return
	}
	err := w.segment.end(tag)
	w.segment, w.buffer = nil, nil
	if err != nil {
		w.fail(err)
	}
}

// fail ends the recording where it is.
func (w *Writer) fail(err error) {
	if w.segment != nil {
		_ = w.segment.file.Close()
	}
	w.segment, w.buffer, w.err = nil, nil, fmt.Errorf("record: %w", err)
}

// emptied returns no bytes, and the memory of b for others unless it is large.
func emptied(b []byte) []byte {
	if cap(b) > 4*flushBytes {
		return nil
	}
	return b[:0]
}
