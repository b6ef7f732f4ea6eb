package plots

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot/plotter"
)

func (d *Detection) firstPanel() *panel {
	p := newPanel("Until the first server holds the crashed one for dead", detectionHeight)
	p.plot.Add(backdrop{}, rules{})
	d.addRuns(p, blue, func(r *DetectionRow) []float64 { return r.FirstSeconds })
	if theory := d.theory(); len(theory) > 0 {
		p.add("theory, expected", dashed(line(black, theory)))
	}
	d.addMemberlist(p, func(m MemberlistDetection) float64 { return m.FirstMeanSeconds })
	return p
}

func (d *Detection) fullPanel() *panel {
	p := newPanel("Until every server holds it for dead", detectionHeight)
	p.plot.Add(backdrop{}, rules{})
	d.addRuns(p, vermillion, func(r *DetectionRow) []float64 { return r.FullSeconds })
	d.addMemberlist(p, func(m MemberlistDetection) float64 { return m.FullMeanSeconds })
	return p
}

// addRuns adds the median of the runs and the bands around it.
func (d *Detection) addRuns(p *panel, c color.RGBA, seconds func(r *DetectionRow) []float64) {
	rows := d.bySize()
	curve := func(share float64) plotter.XYs {
		points := make(plotter.XYs, len(rows))
		for i := range rows {
			sample := slices.Sorted(slices.Values(seconds(&rows[i])))
			points[i] = plotter.XY{X: float64(rows[i].Servers), Y: quantile(sample, share)}
		}
		return points
	}
	p.add("90 % of the runs", area(tint(c, 20), curve(0.05), curve(0.95)))
	p.add("50 % of the runs", area(tint(c, 50), curve(0.25), curve(0.75)))
	p.add("median run", line(c, curve(0.5)))
}

// theory is the expected time of the first detection, where there is a theory.
func (d *Detection) theory() plotter.XYs {
	var points plotter.XYs
	for _, r := range d.bySize() {
		if r.TheorySeconds > 0 {
			points = append(points, plotter.XY{X: float64(r.Servers), Y: r.TheorySeconds})
		}
	}
	return points
}

func (d *Detection) addMemberlist(p *panel, mean func(m MemberlistDetection) float64) {
	var points plotter.XYs
	for _, m := range d.Memberlist {
		points = append(points, plotter.XY{X: float64(m.Servers), Y: mean(m)})
	}
	if len(points) > 0 {
		p.add("memberlist 0.7.0, measured", dots(black, 2.5, diamond(), points))
	}
}
