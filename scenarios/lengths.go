package scenarios

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"butterfly/sim/rng"
)

// Lengths is how long faults last. Its zero value leaves that to the kind of fault. The text form:
//
//	6h                     always as long
//	1h..6h                 any length in between, each as likely
//	lognormal(63m, 1.4)    half of them shorter than the median, with a long tail: sigma is the
//	                       standard deviation of the logarithm, to a thousandth
//
// Repairs are log-normal: those of 23,739 outages of 3,577 nodes had a logarithm (of minutes) with a
// mean of 4.15, which is a median of 63 minutes, and a deviation of 1.40 (LANL 1996-2005, LA-UR-05-7318;
// Schroeder and Gibson, DSN 2006).
type Lengths struct {
	// Shortest and Longest are between which any is as likely; both 0 with a Median.
	Shortest, Longest Span
	// Median and SigmaMilli are of a log-normal distribution, sigma in thousandths.
	Median     Span
	SigmaMilli uint32
}

// draw takes one length, to the millisecond, and draws once.
func (l *Lengths) draw(luck *rng.Rand) Span {
	if l.Median > 0 {
		shape := rng.LogNormal{Median: l.Median.Duration(), SigmaMilli: l.SigmaMilli}
		return Span(shape.Sample(luck).Truncate(time.Millisecond))
	}
	return drawSpan(luck, l.Shortest.Duration(), l.Longest.Duration())
}

func (l *Lengths) validate() error {
	longest := Span(MaxDuration)
	switch {
	case l.Shortest < 0 || l.Longest < l.Shortest || l.Longest > longest:
		return fmt.Errorf("%v, expected the shorter length first, up to %v", l, longest)
	case l.Median == 0 && l.SigmaMilli > 0 || l.Median != 0 && l.Longest != 0:
		return fmt.Errorf("%v, expected two lengths, or a median and a sigma", l)
	case l.Median < 0 || l.Median > longest:
		return fmt.Errorf("%v, expected a median up to %v", l, longest)
	case l.SigmaMilli > rng.MaxSigmaMilli:
		return fmt.Errorf("%v, expected a sigma up to %d", l, rng.MaxSigmaMilli/1000)
	}
	return nil
}

// String is the text form; empty for the zero value.
func (l *Lengths) String() string {
	switch {
	case *l == Lengths{}:
		return ""
	case l.Median > 0:
		sigma := fmt.Sprintf("%d.%03d", l.SigmaMilli/1000, l.SigmaMilli%1000)
		return fmt.Sprintf("lognormal(%s, %s)", l.Median.Short(),
			strings.TrimSuffix(strings.TrimRight(sigma, "0"), "."))
	case l.Shortest == l.Longest:
		return l.Longest.Short()
	}
	return l.Shortest.Short() + ".." + l.Longest.Short()
}

// MarshalText writes the text form.
func (l Lengths) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the text form.
func (l *Lengths) UnmarshalText(text []byte) (err error) {
	*l, err = ParseLengths(string(text))
	return err
}

// ParseLengths reads the text form. The empty text is the zero value.
func ParseLengths(text string) (l Lengths, err error) {
	if text == "" {
		return l, nil
	}
	if inside, ok := strings.CutPrefix(text, "lognormal("); ok {
		err = l.parseLogNormal(inside)
	} else {
		low, high, isRange := strings.Cut(text, "..")
		if !isRange {
			high = low
		}
		err = parseSpans(low, &l.Shortest, high, &l.Longest)
	}
	if err == nil {
		err = l.validate()
	}
	if err != nil || l == (Lengths{}) {
		return Lengths{}, fmt.Errorf(
			"%q, expected a length such as 6h, 1h..6h or lognormal(63m, 1.4), up to %v",
			text, MaxDuration)
	}
	return l, nil
}

func parseSpans(low string, shortest *Span, high string, longest *Span) error {
	if err := shortest.UnmarshalText([]byte(low)); err != nil {
		return err
	}
	return longest.UnmarshalText([]byte(high))
}

// parseLogNormal reads what comes after the bracket. The median is not 0: that would be no length.
func (l *Lengths) parseLogNormal(inside string) error {
	arguments, closed := strings.CutSuffix(inside, ")")
	median, sigma, two := strings.Cut(arguments, ",")
	whole, fraction, _ := strings.Cut(strings.TrimSpace(sigma), ".")
	if !closed || !two || whole == "" || len(fraction) > 3 {
		return fmt.Errorf("expected lognormal(median, sigma)")
	}
	thousandths, err := strconv.ParseUint(whole+fraction+"000"[len(fraction):], 10, 32)
	if err != nil {
		return err
	}
	l.SigmaMilli = uint32(thousandths)
	return l.Median.UnmarshalText([]byte(strings.TrimSpace(median)))
}
