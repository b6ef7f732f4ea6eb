package plots

import (
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// head is what a figure says above its panels, in lines that fit its width.
type head struct{ title, subtitle []string }

// Heights of the lines of a head in points, and what keeps them apart from the panels.
const (
	titleLine    = 18
	subtitleLine = 13
	headGap      = 9
)

func (s *stack) head(width vg.Length) head {
	return head{
		title:    wrap(bold(titleSize, black), s.title, width),
		subtitle: wrap(sans(headingSize, textGrey), s.subtitle, width),
	}
}

// wrap breaks a text between words into lines of at most the given width. A word that is wider gets
// a line of its own; a text without words is one empty line.
func wrap(style text.Style, words string, width vg.Length) []string {
	lines := []string{""}
	for _, word := range strings.Fields(words) {
		last := &lines[len(lines)-1]
		if *last == "" {
			*last = word
		} else if longer := *last + " " + word; style.Width(longer) <= width {
			*last = longer
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// room is the height of the head.
func (h head) room() vg.Length {
	return vg.Length(titleLine*len(h.title) + subtitleLine*len(h.subtitle) + headGap)
}

// drawOn draws the head at the upper edge of the canvas.
func (h head) drawOn(c draw.Canvas) {
	below := drawLines(c, bold(titleSize, black), c.Max.Y, titleLine, h.title)
	drawLines(c, sans(headingSize, textGrey), below, subtitleLine, h.subtitle)
}

// drawLines draws lines from the given height downwards, and returns the height below the last.
func drawLines(c draw.Canvas, style text.Style, top, height vg.Length, lines []string) vg.Length {
	style.YAlign = draw.YTop
	for _, line := range lines {
		c.FillText(style, vg.Point{X: c.Min.X, Y: top}, line)
		top -= height
	}
	return top
}
