package plots

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// rows are what a figure is drawn from.
type rows interface {
	Figure() (*Figure, error)
	WriteCSV(w io.Writer) error
}

func render(t *testing.T, r rows, format Format) []byte {
	figure, err := r.Figure()
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, figure.Write(&file, format))
	return file.Bytes()
}

// table returns the lines of a table.
func table(t *testing.T, r rows) []string {
	var file strings.Builder
	require.NoError(t, r.WriteCSV(&file))
	require.ErrorIs(t, r.WriteCSV(full{}), errFull)
	return strings.Split(strings.TrimSpace(file.String()), "\n")
}

// drawnText is a text of a figure and the upright rectangle it takes.
type drawnText struct {
	text string
	box  vg.Rectangle
}

// textCanvas keeps the texts that are drawn on it, and where.
type textCanvas struct {
	recorder.Canvas // for all but texts
	at              placement
	pushed          []placement
	texts           []drawnText
}

// placement is where the origin of a canvas has been moved, and by how much it is turned.
type placement struct {
	origin vg.Point
	turned float64
}

// out returns where a point of the turned canvas is on the whole.
func (p placement) out(at vg.Point) vg.Point {
	sin, cos := vg.Length(math.Sin(p.turned)), vg.Length(math.Cos(p.turned))
	return p.origin.Add(vg.Point{X: at.X*cos - at.Y*sin, Y: at.X*sin + at.Y*cos})
}

func (c *textCanvas) Push()                { c.pushed = append(c.pushed, c.at) }
func (c *textCanvas) Rotate(angle float64) { c.at.turned += angle }
func (c *textCanvas) Translate(p vg.Point) { c.at.origin = c.at.out(p) }

func (c *textCanvas) Pop() {
	c.at, c.pushed = c.pushed[len(c.pushed)-1], c.pushed[:len(c.pushed)-1]
}

func (c *textCanvas) FillString(face font.Face, at vg.Point, text string) {
	const below, above = 0.21, 0.73 // what letters take of their size; fonts ask for more
	a := c.at.out(at.Sub(vg.Point{Y: below * face.Font.Size}))
	b := c.at.out(at.Add(vg.Point{X: face.Width(text), Y: above * face.Font.Size}))
	c.texts = append(c.texts, drawnText{text, vg.Rectangle{
		Min: vg.Point{X: min(a.X, b.X), Y: min(a.Y, b.Y)},
		Max: vg.Point{X: max(a.X, b.X), Y: max(a.Y, b.Y)},
	}})
}

// requireLegible demands that all texts are on the figure and none is on top of another.
func requireLegible(t require.TestingT, r rows) {
	figure, err := r.Figure()
	require.NoError(t, err)
	var c textCanvas
	figure.draw(draw.NewCanvas(&c, figure.width, figure.height))
	whole := vg.Rectangle{Max: vg.Point{X: figure.width, Y: figure.height}}
	for i, one := range c.texts {
		require.True(t, within(one.box, whole), "%q leaves the figure", one.text)
		for _, other := range c.texts[:i] {
			require.False(t, overlap(one.box, other.box), "%q is on top of %q", one.text, other.text)
		}
	}
}
