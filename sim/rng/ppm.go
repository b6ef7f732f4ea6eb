package rng

import (
	"fmt"
	"strings"
)

// PPM is a probability or share in parts per million: 0 never, 1_000_000 always.
type PPM uint32

// Always is the certain event.
const Always PPM = 1_000_000

// Percent returns p percent.
func Percent(p int) PPM { return PPM(p * 10_000) }

// Hit draws once from r and reports whether an event of probability p happens. Certain and
// impossible events take their draw too, so that changing a probability never shifts those that
// follow.
func (p PPM) Hit(r *Rand) bool {
	if p == 0 {
		r.Skip(1)
		return false
	}
	return r.Below(uint64(Always)) < uint64(p)
}

// ParsePPM reads a share from 0 to 1 exactly, with no float in between: "0.05", "5%", "50000ppm".
// Digits beyond a millionth are refused rather than rounded.
func ParsePPM(text string) (PPM, error) {
	digits, scale := text, 6
	if rest, ok := strings.CutSuffix(text, "%"); ok {
		digits, scale = rest, 4
	} else if rest, ok := strings.CutSuffix(text, "ppm"); ok {
		digits, scale = rest, 0
	}
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || point != (fraction != "") || len(whole) > 7 || len(fraction) > scale {
		return 0, badShare(text)
	}
	value := uint64(0)
	for _, c := range whole + fraction + strings.Repeat("0", scale-len(fraction)) {
		if c < '0' || c > '9' {
			return 0, badShare(text)
		}
		value = value*10 + uint64(c-'0')
	}
	if value > uint64(Always) {
		return 0, badShare(text)
	}
	return PPM(value), nil
}

func badShare(text string) error {
	return fmt.Errorf("%q is not a share: expected 0 to 1 (0.05), 0%% to 100%% (5%%), "+
		"or ppm (50000ppm), to a millionth", text)
}

// String prints p as a percentage without trailing zeros.
func (p PPM) String() string {
	text := fmt.Sprintf("%d.%04d", p/10_000, p%10_000)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".") + "%"
}
