package form

import (
	"time"

	"butterfly/sim/rng"
)

// SharePattern is that of a share in percent, to a millionth, to make larger patterns of.
const SharePattern = `[0-9]{1,3}(\.[0-9]{1,4})?%`

// Share is one from 0% to 100%.
func Share() Of[rng.PPM] {
	return Patterned("^"+SharePattern+"$", "a share from 0% to 100%, to a millionth",
		func(text string) (rng.PPM, bool) {
			share, err := rng.ParsePPM(text)
			return share, err == nil
		}, rng.PPM.String)
}

const durationPattern = `([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+`

// Duration is a time from the least to the most, both included, as [time.ParseDuration] reads it. It
// has no sign unless the least is negative. D counts nanoseconds.
func Duration[D ~int64](least, most D, expected string, print func(D) string) Of[D] {
	sign := ""
	if least < 0 {
		sign = "-?"
	}
	return Patterned("^"+sign+durationPattern+"$", expected,
		func(text string) (D, bool) {
			d, err := time.ParseDuration(text)
			return D(d), err == nil && D(d) >= least && D(d) <= most
		}, print)
}
