package plots

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// headroom is how far a linear axis goes beyond the highest value.
const headroom = 1.08

// countScale is a scale and ticker for what ranges from none to very much: logarithmic, but of one
// unit more than the value, so that none has its place. It is the unit: what is less than one unit
// is hard to tell from none.
type countScale float64

// Normalize implements [plot.Normalizer].
func (unit countScale) Normalize(least, most, x float64) float64 {
	height := func(x float64) float64 { return math.Log1p(x / float64(unit)) }
	return (height(x) - height(least)) / (height(most) - height(least))
}

// Ticks implements [plot.Ticker]: 0, and powers of ten times the unit but one unit, which is too
// close to 0.
func (unit countScale) Ticks(_, most float64) []plot.Tick {
	ticks := []plot.Tick{{Value: 0, Label: "0"}}
	for _, power := range powers(10*float64(unit), most) {
		ticks = append(ticks, plot.Tick{Value: power, Label: label(power)})
	}
	return ticks
}

// logScale is a logarithmic scale and ticker. Nothing that is not positive has a place on it.
type logScale struct{}

// Normalize implements [plot.Normalizer].
func (logScale) Normalize(least, most, x float64) float64 {
	return math.Log(x/least) / math.Log(most/least)
}

// fewDecades is how many powers of ten an axis may span to have ticks between them.
const fewDecades = 2.5

// Ticks implements [plot.Ticker]: the powers of ten, and 2 and 5 times these on a short axis.
func (logScale) Ticks(least, most float64) []plot.Tick {
	factors := []float64{1, 2, 5}
	if math.Log10(most/least) > fewDecades {
		factors = factors[:1]
	}
	var ticks []plot.Tick
	for _, power := range powers(decadeBelow(least), most) {
		for _, factor := range factors {
			if x := factor * power; least <= x*rounding && x <= most*rounding {
				ticks = append(ticks, plot.Tick{Value: x, Label: label(x)})
			}
		}
	}
	return ticks
}

// mostPowers is how many powers of ten have room for their labels along an axis.
const mostPowers = 10

// powers returns the tenfolds of a value up to the most, or every second or third of them and so on
// if there are too many.
func powers(from, most float64) []float64 {
	step := 1 + math.Floor(math.Log10(most/from)/mostPowers)
	var all []float64
	for k := 0.0; ; k += step {
		power := from * math.Pow(10, k)
		if !(power <= most*rounding) {
			return all
		}
		all = append(all, power)
	}
}

// rounding forgives what repeated multiplication loses.
const rounding = 1 + 1e-9

// decadeBelow is the largest power of ten that is at most x, which must be positive.
func decadeBelow(x float64) float64 { return math.Pow(10, math.Floor(math.Log10(x*rounding))) }

// around returns the ends of a logarithmic axis with a little room on both sides of positive
// values, of which there is at least one.
func around(values ...float64) (least, most float64) {
	least, most = slices.Min(values), slices.Max(values)
	room := max(math.Pow(most/least, 0.05), 1.1)
	return least / room, most * room
}

// measuredAt is a ticker for a logarithmic axis: a tick at each of these values, which are in
// ascending order, and a label where there is room for one.
type measuredAt struct {
	values []float64
	width  vg.Length // about how long the axis is
}

// Ticks implements [plot.Ticker].
func (m measuredAt) Ticks(least, most float64) []plot.Tick {
	style, taken := sans(textSize, textGrey), vg.Length(math.Inf(-1))
	ticks := make([]plot.Tick, len(m.values))
	for i, x := range m.values {
		ticks[i] = plot.Tick{Value: x}
		middle := m.width * vg.Length(logScale{}.Normalize(least, most, x))
		half := style.Width(label(x)) / 2
		if taken <= middle-half {
			ticks[i].Label, taken = label(x), middle+half+textSize/2
		}
	}
	return ticks
}
