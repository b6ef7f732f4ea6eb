package plots

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

const presetRadius = 3

// panel shows one figure of every choice over its detection time.
func (p *Pareto) panel(statement string, figure func(r *ParetoRow) float64) *panel {
	pane := newPanel(statement, paretoHeight)
	pane.plot.Add(backdrop{}, rules{})
	c := p.cloud(figure)
	steps := line(blue, lowering(slices.Concat(c.front, c.frontPresets)))
	steps.StepStyle = plotter.PostStep
	pane.add("dominated", dots(dominatedGrey, dotRadius, draw.CircleGlyph{}, c.dominated))
	pane.add("on the front", steps, dots(blue, dotRadius, draw.CircleGlyph{}, c.front))
	if len(c.dominatedPresets) > 0 {
		pane.add("dominated preset", dots(vermillion, presetRadius, diamond(), c.dominatedPresets))
	}
	if len(c.frontPresets) > 0 {
		pane.add("preset on the front", dots(blue, presetRadius, diamond(), c.frontPresets))
	}
	pane.plot.Add(&pointLabels{
		points: c.presets, names: c.names, dots: slices.Concat(c.dominated, c.front),
	})
	return pane
}

// cloud is where the choices are in a panel, by how they are drawn.
type cloud struct {
	dominated, front, dominatedPresets, frontPresets plotter.XYs
	presets                                          plotter.XYs // all of them
	names                                            []string    // of the presets, in the same order
}

func (p *Pareto) cloud(figure func(r *ParetoRow) float64) *cloud {
	c := &cloud{}
	for i := range p.Rows {
		r := &p.Rows[i]
		at := plotter.XY{X: r.DetectionSeconds, Y: figure(r)}
		kind := c.kind(r)
		*kind = append(*kind, at)
		if r.Preset {
			c.presets, c.names = append(c.presets, at), append(c.names, r.Label)
		}
	}
	return c
}

// kind returns the points that are drawn as a row is.
func (c *cloud) kind(r *ParetoRow) *plotter.XYs {
	switch {
	case r.Preset && r.Front:
		return &c.frontPresets
	case r.Preset:
		return &c.dominatedPresets
	case r.Front:
		return &c.front
	}
	return &c.dominated
}

// lowering returns, from left to right, the points that are lower than all to the left of them: a
// front of three figures is none of two, but the best of it is.
func lowering(points plotter.XYs) plotter.XYs {
	sorted := slices.SortedFunc(slices.Values(points), func(a, b plotter.XY) int {
		return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y))
	})
	var lower plotter.XYs
	for _, p := range sorted {
		if len(lower) == 0 || p.Y < lower[len(lower)-1].Y {
			lower = append(lower, p)
		}
	}
	return lower
}
