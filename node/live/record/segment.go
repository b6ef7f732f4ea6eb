package record

import (
	"fmt"
	"os"

	"github.com/klauspost/compress/zstd"
)

const (
	magic = "bfly-nr\x01" // the last byte is the version of the format

	windowBytes = 1 << 20 // how far back both ends of the compression look
)

// segmentPath is where a segment of a recording is.
func segmentPath(path string, segment int) string {
	if segment == 0 {
		return path
	}
	return fmt.Sprintf("%s.%d", path, segment)
}

// segmentWriter writes one file.
type segmentWriter struct {
	file    *os.File
	zip     *zstd.Encoder
	written int64 // bytes of the file
}

// createSegment begins a file that there must not be yet.
func createSegment(path string) (*segmentWriter, error) {
	const ownerOnly = 0o600 // it has what a server was told of origins
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, ownerOnly)
	if err != nil {
		return nil, err
	}
	s := &segmentWriter{file: file}
	s.zip, err = zstd.NewWriter(s, zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(windowBytes))
	if err == nil {
		_, err = s.Write([]byte(magic))
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return s, nil
}

// Write takes what is compressed.
func (s *segmentWriter) Write(b []byte) (int, error) {
	n, err := s.file.Write(b)
	s.written += int64(n)
	return n, err
}

// worst is the most that so many bytes take in a file: for what cannot be compressed there are a
// few bytes for each block, and the frame.
func worst(bytes int) int64 { return int64(bytes) + int64(bytes)>>12 + 64 }

// put writes records through to the file.
func (s *segmentWriter) put(records []byte) error {
	if _, err := s.zip.Write(records); err != nil {
		return err
	}
	return s.zip.Flush()
}

// end writes the last record and closes the file.
func (s *segmentWriter) end(tag byte) error {
	err := s.put([]byte{1, tag})
	for _, closes := range []func() error{s.zip.Close, s.file.Close} {
		if failed := closes(); err == nil {
			err = failed
		}
	}
	return err
}
