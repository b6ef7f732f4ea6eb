package plots

import (
	"cmp"
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// endLabel names a curve where it ends.
type endLabel struct {
	end   plotter.XY
	text  string
	color color.RGBA
}

// endLabels draws the names of curves to the right of the data, each tied to the end of its curve,
// and none on top of another.
type endLabels []endLabel

const (
	tieLength    vg.Length = 14 // from the right edge of the data to the label
	labelSpacing           = textSize + 2
)

// Plot implements [plot.Plotter].
func (labels endLabels) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	sorted := slices.SortedStableFunc(slices.Values(labels), func(a, b endLabel) int {
		return cmp.Compare(a.end.Y, b.end.Y)
	})
	wanted := make([]vg.Length, len(sorted))
	for i, l := range sorted {
		wanted[i] = y(l.end.Y)
	}
	style := sans(textSize, black)
	style.YAlign = draw.YCenter
	for i, height := range spread(wanted, labelSpacing, c.Min.Y, c.Max.Y) {
		l, at := sorted[i], vg.Point{X: c.Max.X + tieLength, Y: height}
		tie := draw.LineStyle{Color: l.color, Width: 0.8}
		c.StrokeLine2(tie, x(l.end.X)+readingRadius, wanted[i], at.X-2, at.Y)
		c.FillText(style, at, l.text)
	}
}

// spread moves heights, which are in ascending order, no farther than needed for a gap between
// neighbours, and into the given range if they fit it.
func spread(wanted []vg.Length, gap, least, most vg.Length) []vg.Length {
	heights := make([]vg.Length, 0, len(wanted))
	room := max(least, most-gap*vg.Length(len(wanted)-1))
	for _, b := range level(wanted, gap) {
		for range b.count {
			i := vg.Length(len(heights))
			heights = append(heights, min(max(b.mean(), least), room)+i*gap)
		}
	}
	return heights
}

// block is neighbours that touch each other. Their heights are those above the lowest place that
// those below them leave, so that all of a block are equal.
type block struct {
	sum   vg.Length
	count int
}

func (b block) mean() vg.Length { return b.sum / vg.Length(b.count) }

// level joins neighbours until each block lies above the one before it. This is isotonic regression
// by pooling adjacent violators (Ayer and others, 1955) of the heights less their gaps.
func level(wanted []vg.Length, gap vg.Length) []block {
	var blocks []block
	for i, height := range wanted {
		b := block{height - gap*vg.Length(i), 1}
		for len(blocks) > 0 && blocks[len(blocks)-1].mean() > b.mean() {
			below := blocks[len(blocks)-1]
			b = block{below.sum + b.sum, below.count + b.count}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	return blocks
}
