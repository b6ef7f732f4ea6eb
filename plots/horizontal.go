package plots

import "gonum.org/v1/plot"

// horizontal is the axis that the panels of a stack share.
type horizontal struct {
	name        string // what it shows, with its unit
	least, most float64
	scale       plot.Normalizer
	ticks       plot.Ticker
}

// put gives the axis to a plot. The labels below the lowest plot of a stack are enough for all.
func (h *horizontal) put(p *plot.Plot, lowest bool) {
	p.X.Min, p.X.Max, p.X.Scale = h.least, h.most, h.scale
	p.X.Tick.Marker = silent{h.ticks}
	if lowest {
		p.X.Tick.Marker, p.X.Label.Text = h.ticks, h.name
	}
}

// silent is a ticker without its labels.
type silent struct{ plot.Ticker }

// Ticks implements [plot.Ticker].
func (s silent) Ticks(least, most float64) []plot.Tick {
	ticks := s.Ticker.Ticks(least, most)
	for i := range ticks {
		ticks[i].Label = ""
	}
	return ticks
}
