package plots

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// steps is a ticker for linear axes: labels at multiples of 1, 2 or 5 times a power of ten, as many
// as fit, but no more than the given number.
type steps int

// Ticks implements [plot.Ticker].
func (s steps) Ticks(least, most float64) []plot.Tick {
	step := stepFor((most - least) / float64(max(1, s)))
	var ticks []plot.Tick
	for k := math.Ceil(least / step); k*step <= most; k++ {
		ticks = append(ticks, plot.Tick{Value: k * step, Label: label(k * step)})
	}
	return ticks
}

// stepFor returns the smallest step that is at least the given one.
func stepFor(least float64) float64 {
	if !(least > 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, factor := range []float64{1, 2, 5} {
		if factor*power >= least {
			return factor * power
		}
	}
	return 10 * power
}

// countScale is a scale and ticker for counts from none to very many: logarithmic, but of one more
// than the count, so that none has its place.
type countScale struct{}

// Normalize implements [plot.Normalizer].
func (countScale) Normalize(least, most, x float64) float64 {
	return (math.Log1p(x) - math.Log1p(least)) / (math.Log1p(most) - math.Log1p(least))
}

// Ticks implements [plot.Ticker]: 0, and the powers of ten but 1, which is too close to 0.
func (countScale) Ticks(_, most float64) []plot.Tick {
	ticks := []plot.Tick{{Value: 0, Label: "0"}}
	for power := 10.0; power <= most; power *= 10 {
		ticks = append(ticks, plot.Tick{Value: power, Label: label(power)})
	}
	return ticks
}

// label prints a number with its thousands apart.
func label(x float64) string {
	digits := strconv.FormatFloat(x, 'g', 10, 64)
	whole, rest, _ := strings.Cut(digits, ".")
	if rest != "" {
		rest = "." + rest
	}
	if strings.Contains(digits, "e") {
		return digits
	}
	for at := len(whole) - 3; at > 0 && whole[at-1] != '-'; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return whole + rest
}
