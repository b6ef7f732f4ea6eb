package plots

import (
	"cmp"
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	laneHeight vg.Length = 10
	barHeight  vg.Length = 8
	edgeWidth  vg.Length = 1.5
	// MostLabelled is of how many faults each has room for a label. More are drawn as thin lines.
	MostLabelled = 60

	thinLane vg.Length = 3
	// leastLanes is how many thin lanes a kind's own name takes.
	leastLanes = 3

	labelGap vg.Length = 2 // between a bar's left edge and its label
	// dataWidth is about how wide the data of a timeline are: what a label takes of the time axis
	// decides which bars fit beside each other.
	dataWidth = timelineWidth - legendRoom - 70
)

// bars draws faults as bars with labels, in lanes: those of one kind in neighbouring lanes, and no
// two in one lane on top of each other.
type bars struct {
	faults []Fault
	lane   []int // by fault, from the top
	lanes  int
	kinds  []kindOfFault
	thin   bool // too many faults to label them
}

// kindOfFault is a group of neighbouring lanes.
type kindOfFault struct {
	name        string
	color       color.RGBA
	first, last int // its lanes
}

func (t *Timeline) faultPanel() *panel {
	b := t.bars()
	p := newPanel("What goes wrong", vg.Length(b.lanes)*b.laneHeight())
	p.plot.Y.Max = float64(b.lanes)
	p.plot.Y.Tick.Marker, p.plot.Y.Tick.Length = b, 0
	p.plot.Add(t.backdrop(), b)
	if t.splits() {
		p.add("network split", swatch{backGrey})
	}
	return p
}

// bars lays the faults out: kinds in the order in which each strikes first.
func (t *Timeline) bars() *bars {
	b := &bars{faults: slices.Clone(t.Faults), thin: len(t.Faults) > MostLabelled}
	slices.SortStableFunc(b.faults, func(x, y Fault) int {
		return cmp.Compare(x.From, y.From)
	})
	b.lane = make([]int, len(b.faults))
	palette := []color.RGBA{vermillion, skyBlue, orange, blue, reddishPurple, bluishGreen}
	for _, f := range b.faults {
		if slices.ContainsFunc(b.kinds, func(k kindOfFault) bool { return k.name == f.Kind }) {
			continue
		}
		k := kindOfFault{name: f.Kind, color: palette[len(b.kinds)%len(palette)], first: b.lanes}
		b.fill(f.Kind, t.end()/float64(dataWidth))
		k.last = b.lanes - 1
		b.kinds = append(b.kinds, k)
	}
	return b
}

func (b *bars) laneHeight() vg.Length {
	if b.thin {
		return thinLane
	}
	return laneHeight
}

// fill gives the faults of a kind to new lanes, each to the first in which it and its label have
// room.
func (b *bars) fill(kind string, secondsPerPoint float64) {
	var taken []float64 // by new lane: until when
	style := sans(smallSize, black)
	for i, f := range b.faults {
		if f.Kind != kind {
			continue
		}
		at := slices.IndexFunc(taken, func(until float64) bool { return until <= f.From })
		if at < 0 {
			at, taken = len(taken), append(taken, 0)
		}
		label := style.Width(f.Label) + 3*labelGap
		if b.thin {
			label = edgeWidth
		}
		taken[at] = max(f.To, f.From+float64(label)*secondsPerPoint)
		b.lane[i] = b.lanes + at
	}
	b.lanes += len(taken)
	if b.thin {
		b.lanes += max(0, leastLanes-len(taken))
	}
}

// Ticks implements [plot.Ticker]: each kind beside the middle of its lanes.
func (b *bars) Ticks(_, _ float64) []plot.Tick {
	ticks := make([]plot.Tick, len(b.kinds))
	for i, k := range b.kinds {
		middle := float64(b.lanes) - float64(k.first+k.last+1)/2
		ticks[i] = plot.Tick{Value: middle, Label: k.name}
	}
	return ticks
}

// Plot implements [plot.Plotter].
func (b *bars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, k := range b.kinds[1:] {
		top := y(float64(b.lanes - k.first))
		c.StrokeLine2(rule(), c.Min.X, top, c.Max.X, top)
	}
	for i, f := range b.faults {
		middle := y(float64(b.lanes-b.lane[i]) - 0.5)
		height := barHeight * b.laneHeight() / laneHeight
		bar := vg.Rectangle{
			Min: vg.Point{X: x(f.From), Y: middle - height/2},
			Max: vg.Point{X: x(f.To), Y: middle + height/2},
		}
		b.drawBar(c, bar, b.colorOf(f.Kind), f.Label)
	}
}

func (b *bars) colorOf(kind string) color.RGBA {
	at := slices.IndexFunc(b.kinds, func(k kindOfFault) bool { return k.name == kind })
	return b.kinds[at].color
}

// drawBar draws a pale bar with a strong left edge, the moment at which the fault strikes.
func (b *bars) drawBar(c draw.Canvas, bar vg.Rectangle, strong color.RGBA, label string) {
	fill(c, tint(strong, 45), bar)
	edge := bar
	edge.Max.X = edge.Min.X + edgeWidth
	fill(c, strong, edge)
	if b.thin {
		return
	}
	style := sans(smallSize, black)
	style.YAlign = draw.YCenter
	c.FillText(style, vg.Point{X: bar.Min.X + labelGap + 1, Y: (bar.Min.Y + bar.Max.Y) / 2}, label)
}

// swatch is an entry of a legend for what is drawn in the background.
type swatch struct{ color color.Color }

// Plot implements [plot.Plotter]; the background is drawn by others.
func (swatch) Plot(draw.Canvas, *plot.Plot) {}

// Thumbnail implements [plot.Thumbnailer].
func (s swatch) Thumbnail(c *draw.Canvas) { fill(*c, s.color, c.Rectangle) }
