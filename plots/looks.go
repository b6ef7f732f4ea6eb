package plots

import (
	"image/color"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// look is how one of several curves of a panel is drawn: no two have the same colour, and
// neighbours differ in their marks and lines, too.
type look struct {
	color  color.RGBA
	shape  draw.GlyphDrawer
	dashes []vg.Length // nil is a solid line
}

// lookAt is the look of the curve that comes up at the given place, counted from 0.
func lookAt(place int) look {
	palette := []color.RGBA{
		blue, vermillion, black, bluishGreen, reddishPurple, orange, skyBlue,
	}
	shapes := []draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, diamond()}
	dashes := [][]vg.Length{nil, {3, 2}, {1, 1.5}}
	return look{
		palette[place%len(palette)], shapes[place%len(shapes)], dashes[place%len(dashes)],
	}
}

// joined is a mark at each point and a line that joins them, to be added to a panel together.
func (l look) joined(points plotter.XYs) []mark {
	through := line(l.color, points)
	through.Dashes = l.dashes
	return []mark{through, dots(l.color, readingRadius, l.shape, points)}
}
