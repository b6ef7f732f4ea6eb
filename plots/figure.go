package plots

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Format is a file format for figures.
type Format string

// The formats: two that scale, and one that every page can show.
const (
	SVG Format = "svg"
	PDF Format = "pdf"
	PNG Format = "png"
)

// FormatOf returns the format that the extension of a file's name asks for.
func FormatOf(path string) (Format, error) {
	extension := strings.ToLower(filepath.Ext(path))
	for _, f := range []Format{SVG, PNG, PDF} {
		if extension == "."+string(f) {
			return f, nil
		}
	}
	return "", fmt.Errorf("%q: a figure is a .svg, .png or .pdf file", path)
}

// pixelsPerInch makes a PNG half as many pixels wide again as it is meant to be shown.
const pixelsPerInch = 144

// Figure is a finished drawing.
type Figure struct {
	width, height vg.Length
	draw          func(c draw.Canvas)
}

// Write writes the figure in the given format.
func (f *Figure) Write(w io.Writer, format Format) error {
	canvas, err := f.canvas(format)
	if err != nil {
		return err
	}
	f.draw(draw.New(canvas))
	_, err = canvas.WriteTo(w)
	return err
}

func (f *Figure) canvas(format Format) (vg.CanvasWriterTo, error) {
	switch format {
	case SVG:
		return vgsvg.New(f.width, f.height), nil
	case PNG:
		return pngCanvas{
			vgimg.NewWith(vgimg.UseWH(f.width, f.height), vgimg.UseDPI(pixelsPerInch)),
		}, nil
	case PDF:
		return pdfCanvas{vgpdf.New(f.width, f.height)}, nil
	}
	return nil, fmt.Errorf("%q is no format of figures", format)
}
