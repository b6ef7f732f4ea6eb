package plots

import (
	"image/color"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Sizes of text in points. A figure 750 points wide is 1,000 pixels wide at 96 dots per inch.
const (
	titleSize   = 12 * vg.Length(1)
	headingSize = 9.5 * vg.Length(1)
	textSize    = 8.5 * vg.Length(1)
	smallSize   = 7.5 * vg.Length(1)
)

// sans is the style of all text.
func sans(size vg.Length, c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		Handler: plot.DefaultTextHandler,
	}
}

func bold(size vg.Length, c color.Color) text.Style {
	style := sans(size, c)
	style.Font.Weight = stdfont.WeightBold
	return style
}
