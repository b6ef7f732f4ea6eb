package rumor

import (
	"fmt"
	"strings"
)

// Variant is one of the eight ways to spread a rumor. The zero value is push-feedback-counter.
type Variant struct {
	// Pull: sites ask for news; otherwise they push it.
	Pull bool
	// Blind: interest is lost whatever the recipient knew; otherwise only by its feedback.
	Blind bool
	// Coin: interest is lost by chance; otherwise by counting.
	Coin bool
}

// Variants returns all eight, push before pull, feedback before blind, counter before coin.
func Variants() []Variant {
	var all []Variant
	for i := range 8 {
		all = append(all, Variant{Pull: i&4 != 0, Blind: i&2 != 0, Coin: i&1 != 0})
	}
	return all
}

// ParseVariant reads what [Variant.String] writes.
func ParseVariant(name string) (Variant, error) {
	var names []string
	for _, v := range Variants() {
		if v.String() == name {
			return v, nil
		}
		names = append(names, v.String())
	}
	return Variant{}, fmt.Errorf("variant: %q, expected one of %s", name, strings.Join(names, ", "))
}

// String names the variant, such as "push-feedback-counter".
func (v Variant) String() string {
	name := func(is bool, yes, no string) string {
		if is {
			return yes
		}
		return no
	}
	return name(v.Pull, "pull", "push") + name(v.Blind, "-blind", "-feedback") +
		name(v.Coin, "-coin", "-counter")
}
