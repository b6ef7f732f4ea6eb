package hunt

import (
	"fmt"
	"strconv"
	"strings"
)

// Seed is a seed as people and files write it. It prints as 0x and 16 digits; in JSON it is a
// string, because most readers of JSON cannot hold 64 bits in a number. Every value is a seed, 0
// too.
type Seed uint64

// ParseSeed reads a decimal number or, after 0x, a hexadecimal one.
func ParseSeed(text string) (Seed, error) {
	digits, base := text, 10
	if rest, hexadecimal := strings.CutPrefix(strings.ToLower(text), "0x"); hexadecimal {
		digits, base = rest, 16
	}
	n, err := strconv.ParseUint(digits, base, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no seed: expected a whole number below 2^64, such as 7 or 0x1f",
			text)
	}
	return Seed(n), nil
}

func (s Seed) String() string { return fmt.Sprintf("0x%016x", uint64(s)) }

// MarshalText writes the form of [Seed.String].
func (s Seed) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalJSON reads a string that [ParseSeed] takes, or a number.
func (s *Seed) UnmarshalJSON(text []byte) (err error) {
	*s, err = ParseSeed(strings.Trim(string(text), `"`))
	return err
}
