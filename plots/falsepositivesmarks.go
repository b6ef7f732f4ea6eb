package plots

import (
	"cmp"
	"fmt"
	"image/color"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// addCurves adds, for each k, the formula as a line with the name of the k at its end, and what was
// measured.
func (f *FalsePositives) addCurves(p *panel) {
	palette := []color.RGBA{vermillion, orange, bluishGreen, skyBlue, blue, reddishPurple}
	var labels endLabels
	for _, k := range f.ks() {
		c := palette[k%len(palette)]
		if curve := f.formula(k); len(curve) > 0 {
			p.add("", line(c, curve))
			labels = append(labels, endLabel{curve[len(curve)-1], fmt.Sprintf("k = %d", k), c})
		}
		shares, bounds := f.seen(k)
		p.add("", newReadings(c, draw.CircleGlyph{}, shares))
		p.add("", dots(c, boundRadius, downwards(), bounds))
	}
	p.plot.Add(labels)
}

const (
	boundRadius = 3
	besideBound = 7 // from a bound to the next at the same loss, in points
)

// seen returns what was measured for a k: shares, and bounds where nothing was seen.
func (f *FalsePositives) seen(k int) (shares []reading, bounds plotter.XYs) {
	for _, r := range f.of(k) {
		switch {
		case r.Measured > 0:
			shares = append(shares, reading{r.LossPercent, r.Measured, r.Low, r.High})
		case r.bound():
			bounds = append(bounds, plotter.XY{X: r.LossPercent + f.aside(&r), Y: r.High})
		}
	}
	return shares, bounds
}

// aside is how far a bound stands to the right of its loss, in percent of loss: as many probes give
// every k the same bound, which would hide all but one.
func (f *FalsePositives) aside(r *FalsePositiveRow) float64 {
	place := 0.0 // from the middle of all, in half steps
	for i := range f.Rows {
		if other := &f.Rows[i]; other.bound() && other.LossPercent == r.LossPercent {
			place += float64(cmp.Compare(r.K, other.K))
		}
	}
	return place / 2 * besideBound * f.mostLoss() / float64(comparisonDataWidth)
}

// addLegend explains the marks; which k a colour stands for is said at the ends of the lines.
func (f *FalsePositives) addLegend(p *panel) {
	p.legend.XOffs = besideEndLabels
	p.legend.Add("formula", line(textGrey, nil))
	p.legend.Add("measured", newReadings(textGrey, draw.CircleGlyph{}, nil))
	if f.bounds() != "" {
		p.legend.Add("none seen", dots(textGrey, boundRadius, downwards(), nil))
	}
}
