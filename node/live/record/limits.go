package record

import "fmt"

// Limits bound what a recording takes on the disk.
type Limits struct {
	// SegmentBytes is how long a file may be before the next is begun, unless a single second takes
	// more. At least 64 KiB.
	SegmentBytes int64
	// TotalBytes is how long all files may be together; there the recording ends. At least
	// SegmentBytes.
	TotalBytes int64
}

const minSegmentBytes = 64 << 10

// DefaultLimits has files of 64 MiB, and ends after 1 GiB: our choices.
func DefaultLimits() Limits { return Limits{SegmentBytes: 64 << 20, TotalBytes: 1 << 30} }

// Validate says what is wrong with the limits, nil if nothing is.
func (l Limits) Validate() error {
	switch {
	case l.SegmentBytes < minSegmentBytes:
		return fmt.Errorf("record: segment bytes are %d, expected at least %d", l.SegmentBytes,
			minSegmentBytes)
	case l.TotalBytes < l.SegmentBytes:
		return fmt.Errorf("record: total bytes are %d, expected at least the %d of a segment",
			l.TotalBytes, l.SegmentBytes)
	}
	return nil
}
