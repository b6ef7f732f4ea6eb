package plots

import "gonum.org/v1/plot/plotter"

// residue shows the sites that are never reached.
func (r *Rumor) residue() *panel {
	p := newPanel("Sites that never hear of it", residueHeight)
	p.unit = "share of the sites (log)"
	p.plot.Add(backdrop{}, rules{})
	for i, variant := range r.variants() {
		reached, bounds := residues(r.of(variant))
		p.add(variant, lookAt(i).joined(reached)...)
		p.add("", dots(lookAt(i).color, boundRadius, downwards(), bounds))
	}
	p.add("s = e^-m", lawLine(r.poisson()))
	p.plot.Y.Min, p.plot.Y.Max = r.least(), 1
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = logScale{}, logScale{}
	return p
}

// lawLine is grey and solid, for here dashes tell variants apart.
func lawLine(points plotter.XYs) *plotter.Line {
	l := line(dominatedGrey, points)
	l.Width = 0.8
	return l
}

// residues returns what was left of the rumors of a variant: shares, and bounds where nothing was.
func residues(rows []RumorRow) (shares, bounds plotter.XYs) {
	for _, row := range rows {
		if row.Residue > 0 {
			shares = append(shares, plotter.XY{X: row.Traffic, Y: row.Residue})
		} else {
			bounds = append(bounds, plotter.XY{X: row.Traffic, Y: row.bound()})
		}
	}
	return shares, bounds
}

// last shows how long the last site waits that is reached.
func (r *Rumor) last() *panel {
	p := newPanel("Until the last site that hears of it does", lastHeight)
	p.unit = "cycles"
	p.plot.Add(backdrop{}, rules{})
	for i, variant := range r.variants() {
		var points plotter.XYs
		for _, row := range r.of(variant) {
			points = append(points, plotter.XY{X: row.Traffic, Y: row.LastCycles})
			p.plot.Y.Max = max(p.plot.Y.Max, headroom*row.LastCycles)
		}
		for _, m := range lookAt(i).joined(points) {
			p.plot.Add(m)
		}
	}
	p.plot.Y.Min = 0
	return p
}
