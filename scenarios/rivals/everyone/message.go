package everyone

import "butterfly/scenarios/rivals/station"

// Message is what servers say to each other: nothing.
type Message struct{}

// Size is what m weighs on the wire, in bytes.
func Size(*Message) int { return 0 }

// Append appends the encoding of m to b.
func Append(b []byte, _ *Message) []byte { return b }

// Parse decodes all of b into m. It returns [station.ErrFormat] if there is anything in b.
func Parse(b []byte, _ *Message) error {
	if len(b) > 0 {
		return station.ErrFormat
	}
	return nil
}
