package netmodel

import (
	"cmp"
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// Latency is a distribution of one-way delays. The zero value is always 0. Values are comparable
// and print in the form that [ParseLatency] reads.
type Latency struct {
	kind  latencyKind
	low   time.Duration // the constant; the least value; the median; the usual value
	high  time.Duration // the greatest value of a uniform distribution; the median of a tail
	sigma uint32        // of a log-normal distribution or tail, in thousandths
	tail  rng.PPM       // the share of samples in the tail
}

type latencyKind uint8

const (
	constant latencyKind = iota
	uniform
	logNormal
	twoModes
)

const (
	// MaxLatency bounds the parameters of distributions, and every sample: an hour is longer than
	// any network is slow.
	MaxLatency = time.Hour
	// MaxSigmaMilli bounds the sigma of log-normal distributions, in thousandths.
	MaxSigmaMilli = rng.MaxSigmaMilli
)

// Constant is always d.
func Constant(d time.Duration) Latency { return Latency{low: d} }

// Uniform is any value from low to high, both included, equally likely.
func Uniform(low, high time.Duration) Latency {
	return Latency{kind: uniform, low: low, high: high}
}

// LogNormal has the given median, and a logarithm that is normally distributed with a standard
// deviation of sigmaMilli thousandths: half of the samples near the median, and the heavy tail of
// real networks.
func LogNormal(median time.Duration, sigmaMilli uint32) Latency {
	return Latency{kind: logNormal, low: median, sigma: sigmaMilli}
}

// TwoModes is what round trips across the Internet look like: tight around the usual delay, and
// rarely far beyond it. Most samples are within 1 % of usual, any of these as likely as any other,
// which is a standard deviation of 0.6 % of it; a share of them, tail, takes longer by a log-normal
// delay of the given median and sigma.
//
// Of the paths between 59,244 pairs of cities half had a deviation of up to 0.6 % of their mean, and
// one in a hundred of 48 % or more; no normal distribution fits that.
func TwoModes(usual time.Duration, tail rng.PPM, median time.Duration, sigmaMilli uint32) Latency {
	return Latency{kind: twoModes, low: usual, high: median, sigma: sigmaMilli, tail: tail}
}

// jitterDivisor: the tight mode reaches a hundredth to each side.
const jitterDivisor = 100

// Sample draws exactly once, whatever the distribution.
func (l Latency) Sample(draw *rng.Rand) time.Duration {
	switch l.kind {
	case uniform:
		return rng.Between(draw, l.low, l.high)
	case logNormal:
		shape := rng.LogNormal{Median: l.low, SigmaMilli: l.sigma}
		return min(shape.Sample(draw), MaxLatency)
	case twoModes:
		return l.sampleModes(rng.New(draw.Uint64()))
	}
	draw.Skip(1) // certain, and draws all the same: what is drawn next does not shift
	return l.low
}

// sampleModes has luck of its own for what one draw has to decide.
func (l Latency) sampleModes(draw rng.Rand) time.Duration {
	jitter := l.low / jitterDivisor
	delay := rng.Between(&draw, l.low-jitter, l.low+jitter)
	if l.tail.Hit(&draw) {
		delay += rng.LogNormal{Median: l.high, SigmaMilli: l.sigma}.Sample(&draw)
	}
	return min(delay, MaxLatency)
}

// Longest is the greatest sample there can be.
func (l Latency) Longest() time.Duration {
	switch l.kind {
	case uniform:
		return l.high
	case logNormal:
		return min(rng.LogNormal{Median: l.low, SigmaMilli: l.sigma}.Longest(), MaxLatency)
	case twoModes:
		tail := rng.LogNormal{Median: l.high, SigmaMilli: l.sigma}.Longest()
		return min(l.low+l.low/jitterDivisor+tail, MaxLatency)
	}
	return l.low
}

// Validate says what is wrong with the parameters, or returns nil.
func (l Latency) Validate() error {
	name := fmt.Sprintf("latency %v", l)
	if err := cmp.Or(validSpan(name, l.low), validSpan(name, l.high)); err != nil {
		return err
	}
	if l.kind == uniform && l.low > l.high {
		return fmt.Errorf("%s: %v is more than %v", name, l.low, l.high)
	}
	if l.sigma > MaxSigmaMilli {
		return fmt.Errorf("%s: sigma is more than %s", name, formatSigma(MaxSigmaMilli))
	}
	return validShare(name, l.tail)
}
