package netmodel

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"butterfly/sim/rng"
)

// ParseLatency reads the text form of a distribution:
//
//	500us                    constant
//	0.5ms..1.5ms             uniform, both ends included
//	lognormal(0.5ms, 0.8)    log-normal: the median, and sigma to a thousandth
//	modes(40ms, 1%, 50ms, 1) two modes: the usual value, the share of the tail, its median and sigma
//
// Spans are written as [time.ParseDuration] takes them. [Latency.String] gives the form back.
func ParseLatency(text string) (Latency, error) {
	latency, err := parseLatency(strings.TrimSpace(text))
	if err = cmp.Or(err, latency.Validate()); err != nil {
		return Latency{}, fmt.Errorf("%q is not a latency: %w", text, err)
	}
	return latency, nil
}

func parseLatency(text string) (Latency, error) {
	if arguments, ok := strings.CutPrefix(text, "lognormal("); ok {
		return parseLogNormal(arguments)
	}
	if arguments, ok := strings.CutPrefix(text, "modes("); ok {
		return parseModes(arguments)
	}
	if low, high, ok := strings.Cut(text, ".."); ok {
		return parseUniform(low, high)
	}
	d, err := parseSpan(text)
	return Constant(d), err
}

func parseUniform(lowText, highText string) (Latency, error) {
	low, lowErr := parseSpan(lowText)
	high, highErr := parseSpan(highText)
	return Uniform(low, high), cmp.Or(lowErr, highErr)
}

func parseLogNormal(arguments string) (Latency, error) {
	inside, closed := strings.CutSuffix(arguments, ")")
	medianText, sigmaText, two := strings.Cut(inside, ",")
	if !closed || !two {
		return Latency{}, errors.New("expected lognormal(median, sigma): lognormal(0.5ms, 0.8)")
	}
	median, medianErr := parseSpan(medianText)
	sigma, sigmaErr := parseSigma(strings.TrimSpace(sigmaText))
	return LogNormal(median, sigma), cmp.Or(medianErr, sigmaErr)
}

func parseModes(arguments string) (Latency, error) {
	inside, closed := strings.CutSuffix(arguments, ")")
	parts := strings.Split(inside, ",")
	if !closed || len(parts) != 4 {
		return Latency{}, errors.New("expected modes(usual, tail, median, sigma): modes(40ms, 1%, 50ms, 1)")
	}
	usual, usualErr := parseSpan(parts[0])
	tail, tailErr := rng.ParsePPM(strings.TrimSpace(parts[1]))
	median, medianErr := parseSpan(parts[2])
	sigma, sigmaErr := parseSigma(strings.TrimSpace(parts[3]))
	return TwoModes(usual, tail, median, sigma), cmp.Or(usualErr, tailErr, medianErr, sigmaErr)
}

func parseSpan(text string) (time.Duration, error) {
	d, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil {
		return 0, fmt.Errorf("%q is not a span of time: expected 500us, 1.5ms, 2s", text)
	}
	return d, nil
}

// parseSigma reads a decimal fraction as thousandths, exactly.
func parseSigma(text string) (thousandths uint32, err error) {
	whole, fraction, _ := strings.Cut(text, ".")
	if whole != "" && len(fraction) <= 3 {
		digits := whole + fraction + "000"[len(fraction):]
		if value, err := strconv.ParseUint(digits, 10, 32); err == nil {
			return uint32(value), nil
		}
	}
	return 0, fmt.Errorf("sigma %q is not a number with at most three decimals", text)
}

// String prints l so that [ParseLatency] reads it back.
func (l Latency) String() string {
	switch l.kind {
	case uniform:
		return formatSpan(l.low) + ".." + formatSpan(l.high)
	case logNormal:
		return fmt.Sprintf("lognormal(%s, %s)", formatSpan(l.low), formatSigma(l.sigma))
	case twoModes:
		return fmt.Sprintf("modes(%s, %v, %s, %s)",
			formatSpan(l.low), l.tail, formatSpan(l.high), formatSigma(l.sigma))
	}
	return formatSpan(l.low)
}

// formatSpan is Duration.String in ASCII: a scenario file can be typed on any keyboard.
func formatSpan(d time.Duration) string { return strings.Replace(d.String(), "µ", "u", 1) }

func formatSigma(thousandths uint32) string {
	text := fmt.Sprintf("%d.%03d", thousandths/1000, thousandths%1000)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}
