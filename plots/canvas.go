package plots

import (
	"bytes"
	"image/png"
	"io"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
)

// pngCanvas writes the smallest file: figures are looked at more often than they are made.
type pngCanvas struct{ *vgimg.Canvas }

// WriteTo implements [io.WriterTo].
func (c pngCanvas) WriteTo(w io.Writer) (int64, error) {
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&file, c.Image()); err != nil {
		return 0, err
	}
	return file.WriteTo(w)
}

// pdfCanvas writes bold text in the regular weight: gonum/plot v0.17.0 registers a bold font under
// another name than it looks it up by, and panics.
type pdfCanvas struct{ *vgpdf.Canvas }

// FillString implements [vg.Canvas].
func (c pdfCanvas) FillString(face font.Face, at vg.Point, text string) {
	face.Font.Weight = stdfont.WeightNormal
	c.Canvas.FillString(font.DefaultCache.Lookup(face.Font, face.Font.Size), at, text)
}
