package plots

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// pointLabels draws the names of points beside them: none on top of another, and on as few of the
// dots as can be. Only where there is no room for that do they overlap.
type pointLabels struct {
	points plotter.XYs
	names  []string
	dots   plotter.XYs
}

// Plot implements [plot.Plotter].
func (l *pointLabels) Plot(c draw.Canvas, p *plot.Plot) {
	style := sans(textSize, black)
	style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
	s := surroundings{points: places(c, p, l.points), dots: places(c, p, l.dots), edge: c.Rectangle}
	for i, name := range l.names {
		size := vg.Point{X: style.Width(name), Y: style.Height(name)}
		box := s.best(s.points[i], size)
		s.labels = append(s.labels, box)
		c.FillText(style, centre(box), name)
		tie(c, s.points[i], box)
	}
}

// places returns where points are on a canvas.
func places(c draw.Canvas, p *plot.Plot, points plotter.XYs) []vg.Point {
	x, y := p.Transforms(&c)
	all := make([]vg.Point, len(points))
	for i, one := range points {
		all[i] = vg.Point{X: x(one.X), Y: y(one.Y)}
	}
	return all
}

// tie joins a point to a label that is not right beside it.
func tie(c draw.Canvas, point vg.Point, label vg.Rectangle) {
	nearest := vg.Point{
		X: min(max(point.X, label.Min.X), label.Max.X), Y: min(max(point.Y, label.Min.Y), label.Max.Y),
	}
	if gap := nearest.Sub(point); gap.Dot(gap) > 4*besidePoint*besidePoint {
		c.StrokeLine2(draw.LineStyle{Color: textGrey, Width: 0.5},
			point.X, point.Y, nearest.X, nearest.Y)
	}
}

// surroundings are what a label is to keep clear of.
type surroundings struct {
	points []vg.Point     // that have labels
	dots   []vg.Point     // that have none
	labels []vg.Rectangle // that have their places
	edge   vg.Rectangle
}

const (
	besidePoint vg.Length = 5  // from the centre of a point to the edge of its label
	besideLabel vg.Length = 10 // farther, if that is taken: a line of text
	farthest    vg.Length = 65 // far enough for four labels in one corner of a panel
	dotRadius   vg.Length = 2
	pointRadius vg.Length = 4
)

// best returns the best place for a label of the given size: right of its point, or else the first
// that covers least of what is around.
func (s *surroundings) best(point, size vg.Point) vg.Rectangle {
	var best vg.Rectangle
	least := math.MaxInt
	for reach := besidePoint; reach <= farthest; reach += besideLabel {
		for _, box := range boxes(point, size, reach) {
			if cost := s.cost(box); cost < least {
				best, least = box, cost
			}
		}
	}
	return best
}

// boxes returns the places for a label at a distance from its point, the best ones first: beside
// it, above and below it, and at the four corners.
func boxes(point, size vg.Point, away vg.Length) []vg.Rectangle {
	half := size.Scale(0.5)
	var all []vg.Rectangle
	for _, to := range []vg.Point{
		{X: 1}, {X: -1}, {Y: 1}, {Y: -1}, {X: 1, Y: 1}, {X: 1, Y: -1}, {X: -1, Y: 1}, {X: -1, Y: -1},
	} {
		middle := point.Add(vg.Point{X: to.X * (half.X + away), Y: to.Y * (half.Y + away)})
		all = append(all, vg.Rectangle{Min: middle.Sub(half), Max: middle.Add(half)})
	}
	return all
}

// cost weighs what a label would cover: all the dots matter less than one point with a name, and
// all these less than what makes it unreadable, another name or the edge.
func (s *surroundings) cost(label vg.Rectangle) int {
	namedPoint := len(s.dots) + 1
	unreadable := namedPoint * (len(s.points) + 1)
	cost := 0
	if !within(label, s.edge) {
		cost += unreadable
	}
	for _, other := range s.labels {
		if overlap(label, other) {
			cost += unreadable
		}
	}
	for _, p := range s.points {
		if overlap(label, square(p, pointRadius)) {
			cost += namedPoint
		}
	}
	for _, d := range s.dots {
		if overlap(label, square(d, dotRadius)) {
			cost++
		}
	}
	return cost
}

func centre(r vg.Rectangle) vg.Point { return r.Min.Add(r.Max).Scale(0.5) }

// square returns what a point takes.
func square(p vg.Point, radius vg.Length) vg.Rectangle {
	corner := vg.Point{X: radius, Y: radius}
	return vg.Rectangle{Min: p.Sub(corner), Max: p.Add(corner)}
}

// overlap reports whether two rectangles have a part in common.
func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}

// within reports whether all of a rectangle is inside another.
func within(a, b vg.Rectangle) bool {
	return b.Min.X <= a.Min.X && a.Max.X <= b.Max.X && b.Min.Y <= a.Min.Y && a.Max.Y <= b.Max.Y
}
