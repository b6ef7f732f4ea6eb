package names

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"butterfly/node/health"
	"butterfly/node/origin"
)

const (
	// MaxPathBytes is how long the path of a check may be, and MaxBodyBytes what it looks for in an
	// answer.
	MaxPathBytes, MaxBodyBytes = 512, 512

	// maxDefinitionBytes is the most that a definition takes: two texts, two statuses, four times, for
	// which seven bytes are enough since they are no longer than a day, seven bytes and a weight.
	maxDefinitionBytes = (2 + MaxPathBytes) + (2 + MaxBodyBytes) + 2*2 + 4*7 + 7 + 3
	maxWindow          = 64
)

// definitions are definitions by number and numbers by what they mean.
type definitions struct {
	all     []defined
	numbers map[meaning]uint16
	taken   int // how many of all have been taken
	scratch []byte
}

// defined is what a definition's number stands for.
type defined struct {
	definition health.Definition
	encoding   string // all of it but the pool
}

// meaning is all that tells a definition from another.
type meaning struct {
	pool     uint32
	encoding string
}

// number returns the number of a valid definition.
func (s *definitions) number(d health.Definition) (number uint16, err error) {
	s.scratch = appendDefinition(s.scratch[:0], &d)
	if number, known := s.find(d.Pool, s.scratch); known {
		return number, nil
	}
	if !s.hasRoom(1) {
		return 0, fmt.Errorf("%w: it has %d definitions", ErrFull, len(s.all))
	}
	return s.add(d, string(s.scratch)), nil
}

func (s *definitions) find(pool uint32, encoding []byte) (number uint16, known bool) {
	number, known = s.numbers[meaning{pool, string(encoding)}]
	return number, known
}

func (s *definitions) hasRoom(count int) bool { return len(s.all)+count <= origin.MaxDefinitions }

// add gives a definition, which has no number, the next one.
func (s *definitions) add(d health.Definition, encoding string) (number uint16) {
	number = uint16(len(s.all))
	s.all = append(s.all, defined{d, encoding})
	s.numbers[meaning{d.Pool, encoding}] = number
	return number
}

func (s *definitions) takeNew() (taken []health.Definition) {
	for _, added := range s.all[s.taken:] {
		taken = append(taken, added.definition)
	}
	s.taken = len(s.all)
	return taken
}

// validateDefinition demands beyond what health does that d can travel.
func validateDefinition(d *health.Definition) error {
	if err := d.Validate(); err != nil {
		return err
	}
	switch {
	case len(d.Path) > MaxPathBytes:
		return fmt.Errorf("names: path has %d B, expected at most %d", len(d.Path), MaxPathBytes)
	case !isPath(d.Path):
		return fmt.Errorf("names: path is %q, expected a slash and printable ASCII without spaces",
			d.Path)
	case len(d.Body) > MaxBodyBytes:
		return fmt.Errorf("names: body has %d B, expected at most %d", len(d.Body), MaxBodyBytes)
	case !utf8.ValidString(d.Body):
		return fmt.Errorf("names: body is %q, expected UTF-8", d.Body)
	case d.Window < 0 || d.Window > maxWindow || d.Threshold < 0 || d.Threshold > maxWindow:
		return fmt.Errorf("names: window is %d with a threshold of %d, expected 0 to %d",
			d.Window, d.Threshold, maxWindow)
	}
	return nil
}

// isPath reports whether a path can stand in a request; an empty one can.
func isPath(path string) bool {
	for i := range len(path) {
		if path[i] <= ' ' || path[i] > '~' {
			return false
		}
	}
	return path == "" || path[0] == '/'
}

// appendDefinition appends a valid definition without its pool.
func appendDefinition(b []byte, d *health.Definition) []byte {
	b = append(b, byte(d.Kind))
	b = appendText(b, d.Path)
	b = binary.AppendUvarint(b, uint64(d.StatusFrom))
	b = binary.AppendUvarint(b, uint64(d.StatusTo))
	b = appendText(b, d.Body)
	for _, span := range []time.Duration{d.Interval, d.Timeout, d.Jitter, d.FastInterval} {
		b = binary.AppendUvarint(b, uint64(span))
	}
	b = append(b, byte(d.Semantics), byte(d.Rise), byte(d.Fall), byte(d.Window), byte(d.Threshold),
		byte(d.Initial))
	return binary.AppendUvarint(b, uint64(d.Weight))
}

// definition reads a definition without its pool, which lies lengthBytes long at the front.
func (r *reader) definition(lengthBytes int) health.Definition {
	start := r.offset
	d := health.Definition{
		Kind:         health.Kind(r.byte("kind of a check")),
		Path:         string(r.text("path of a check", 0, MaxPathBytes)),
		StatusFrom:   uint16(r.uvarint("lowest status", 0, math.MaxUint16)),
		StatusTo:     uint16(r.uvarint("highest status", 0, math.MaxUint16)),
		Body:         string(r.text("body of an answer", 0, MaxBodyBytes)),
		Interval:     time.Duration(r.uvarint("interval", 0, math.MaxInt64)),
		Timeout:      time.Duration(r.uvarint("timeout", 0, math.MaxInt64)),
		Jitter:       time.Duration(r.uvarint("jitter", 0, math.MaxInt64)),
		FastInterval: time.Duration(r.uvarint("fast interval", 0, math.MaxInt64)),
		Semantics:    health.Semantics(r.byte("semantics")),
		Rise:         int(r.byte("rise")),
		Fall:         int(r.byte("fall")),
		Window:       int(r.byte("window")),
		Threshold:    int(r.byte("threshold")),
		Initial:      health.Status(r.byte("initial status")),
		Weight:       uint16(r.uvarint("weight", 0, math.MaxUint16)),
	}
	r.demand(r.offset-start == lengthBytes, start, fmt.Sprintf("a definition of %d B", lengthBytes))
	if r.ok() {
		if err := validateDefinition(&d); err != nil {
			r.fail(start, fmt.Sprintf("a valid definition (%v)", err))
		}
	}
	return d
}
