package record

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxRecordBytes is how long a record may be: twice what a map of [names.MaxCapacity] results takes.
const maxRecordBytes = 64 << 20

// End is how a recording ends.
type End byte

const (
	// Cut means in the middle: the process was killed, or still runs, or a file is not there.
	Cut End = iota
	// Closed means with the life it is of.
	Closed
	// Limit means because the recording had become as large as it may.
	Limit
)

func (e End) String() string {
	switch e {
	case Cut:
		return "cut short"
	case Closed:
		return "closed"
	case Limit:
		return "at its limit"
	}
	return "end?"
}

// Reader reads a recording, one record at a time.
type Reader struct {
	path    string
	header  Header
	number  int // of the segment
	file    *os.File
	zip     *zstd.Decoder
	in      *bufio.Reader
	records uint64 // read so far
	body    []byte // of the last record
	end     End    // once there are no more
}

// Open reads the header of a recording. The error says which file is not as expected, and where.
func Open(path string) (*Reader, error) {
	r := &Reader{path: path}
	err := r.open()
	if err == nil {
		err = r.readHeader()
	}
	if err != nil {
		r.Close()
		return nil, r.locate(err)
	}
	return r, nil
}

// Header says what the recording is of.
func (r *Reader) Header() *Header { return &r.header }

// Close closes the files.
func (r *Reader) Close() {
	if r.zip != nil {
		r.zip.Close()
	}
	if r.file != nil {
		_ = r.file.Close()
	}
	r.zip, r.file = nil, nil
}

// locate says where err was found.
func (r *Reader) locate(err error) error {
	return fmt.Errorf("record: %s, after %d records: %w",
		segmentPath(r.path, r.number), r.records, err)
}

// open opens the segment whose turn it is.
func (r *Reader) open() (err error) {
	if r.file, err = os.Open(segmentPath(r.path, r.number)); err != nil {
		return err
	}
	if err = r.readMagic(); err != nil {
		return err
	}
	r.zip, err = zstd.NewReader(r.file, zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxWindow(windowBytes))
	if err != nil {
		return err
	}
	r.in = bufio.NewReader(r.zip)
	return nil
}

func (r *Reader) readMagic() error {
	var start [len(magic)]byte
	n, err := io.ReadFull(r.file, start[:])
	switch {
	case !strings.HasPrefix(magic, string(start[:n])):
		return fmt.Errorf("no recording of this version (begins with %q)", start[:n])
	case err != nil:
		return io.ErrUnexpectedEOF
	}
	return nil
}

func (r *Reader) readHeader() error {
	body, err := r.read()
	switch {
	case err != nil:
		return wanted(err)
	case len(body) == 0 || body[0] != tagHeader:
		return errors.New("expected a header: is this the first file of the recording?")
	}
	text := json.NewDecoder(bytes.NewReader(body[1:]))
	text.DisallowUnknownFields()
	if err := text.Decode(&r.header); err != nil {
		return fmt.Errorf("header: %w", err)
	}
	return r.header.Validate()
}

// wanted returns the error for the end of a file where more is needed.
func wanted(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// next returns the next record of those to be replayed, which is lent until the next one; [io.EOF]
// if there are no more.
func (r *Reader) next() ([]byte, error) {
	for {
		body, err := r.read()
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF:
			return nil, r.finish(Cut)
		case err != nil:
			return nil, r.locate(err)
		case len(body) == 0:
			return nil, r.locate(errRecord)
		}
		if body[0] < tagGoOn {
			return body, nil
		}
		if err := r.endSegment(body[0]); err != nil {
			return nil, err
		}
	}
}

// endSegment goes on after the last record of a file; [io.EOF] if it is the last of all.
func (r *Reader) endSegment(tag byte) error {
	if _, err := r.in.ReadByte(); errors.Is(err, io.ErrUnexpectedEOF) {
		return r.finish(Cut)
	} else if err != io.EOF {
		return r.locate(errors.Join(errors.New("expected nothing after the last record"), err))
	}
	switch tag {
	case tagGoOn:
		return r.goOn()
	case tagClosed:
		return r.finish(Closed)
	case tagLimit:
		return r.finish(Limit)
	}
	return r.locate(errRecord)
}

func (r *Reader) finish(end End) error {
	r.end = end
	return io.EOF
}

// goOn opens the next segment. That it is not there, or has nothing in it, is a recording cut
// short.
func (r *Reader) goOn() error {
	r.Close()
	r.number++
	r.records-- // the record that says so is not one of those that segments count
	err := r.open()
	if err == nil {
		err = r.readSegment()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, io.ErrUnexpectedEOF):
		return r.finish(Cut)
	case err != nil:
		return r.locate(err)
	}
	return nil
}

// readSegment reads what a segment but the first begins with.
func (r *Reader) readSegment() error {
	records := r.records
	body, err := r.read()
	if err != nil {
		return wanted(err)
	}
	r.records = records
	if len(body) == 0 || body[0] != tagSegment {
		return errRecord
	}
	return parseSegment(body[1:], r.header.Seed, r.number, records)
}

// read returns the next record, whatever it is.
func (r *Reader) read() ([]byte, error) {
	length, err := binary.ReadUvarint(r.in)
	if err != nil {
		return nil, err
	}
	if length > maxRecordBytes {
		return nil, fmt.Errorf("a record of %d B, expected at most %d", length, maxRecordBytes)
	}
	// The memory for it grows with what is there, not with what is promised.
	const step = 1 << 16
	r.body = r.body[:0]
	for left := int(length); left > 0; {
		from := len(r.body)
		r.body = append(r.body, make([]byte, min(left, step))...)
		if _, err := io.ReadFull(r.in, r.body[from:]); err != nil {
			return nil, wanted(err)
		}
		left -= len(r.body) - from
	}
	r.records++
	return r.body, nil
}
