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
	first := math.Ceil(least/step) + 0 // never minus nought, which would be printed so
	for k := first; k*step <= most; k++ {
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

// label prints a number with its thousands apart.
func label(x float64) string {
	digits := strconv.FormatFloat(x, 'g', 10, 64)
	if strings.Contains(digits, "e-") {
		rounded, _ := strconv.ParseFloat(digits, 64) // what was just printed
		digits = strconv.FormatFloat(rounded, 'f', -1, 64)
	}
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
