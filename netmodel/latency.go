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
	low   time.Duration // the constant; the least value; the median
	high  time.Duration // the greatest value of a uniform distribution
	sigma uint32        // of a log-normal distribution, in thousandths
}

type latencyKind uint8

const (
	constant latencyKind = iota
	uniform
	logNormal
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

// Sample draws exactly once, whatever the distribution.
func (l Latency) Sample(draw *rng.Rand) time.Duration {
	switch l.kind {
	case uniform:
		return rng.Between(draw, l.low, l.high)
	case logNormal:
		shape := rng.LogNormal{Median: l.low, SigmaMilli: l.sigma}
		return min(shape.Sample(draw), MaxLatency)
	}
	draw.Skip(1) // certain, and draws all the same: what is drawn next does not shift
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
	return nil
}
