package plots

import (
	"bytes"
	"errors"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFormatOfFileName(t *testing.T) {
	for path, want := range map[string]Format{"a.svg": SVG, "b/c.PNG": PNG, "x.y.pdf": PDF} {
		format, err := FormatOf(path)
		require.NoError(t, err)
		require.Equal(t, want, format)
	}
	for _, path := range []string{"", "svg", "a.gif", ".svg/a"} {
		_, err := FormatOf(path)
		require.ErrorContains(t, err, "a figure is a .svg, .png or .pdf file", path)
	}
}

func render(t *testing.T, rows *Timeline, format Format) []byte {
	figure, err := rows.Figure()
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, figure.Write(&file, format))
	return file.Bytes()
}

// "The same rows give the same bytes as SVG and as PNG."
func TestFiguresAreStableToTheByte(t *testing.T) {
	for _, format := range []Format{SVG, PNG} {
		require.Equal(t, render(t, story(), format), render(t, story(), format), format)
	}
}

func TestFiguresHaveTheirFormat(t *testing.T) {
	require.Contains(t, string(render(t, story(), SVG)), "<svg")
	require.True(t, bytes.HasPrefix(render(t, story(), PDF), []byte("%PDF")))
	picture, err := png.Decode(bytes.NewReader(render(t, story(), PNG)))
	require.NoError(t, err)
	require.Equal(t, 1500, picture.Bounds().Dx())
}

func TestFigureReportsWhatItCannotWrite(t *testing.T) {
	figure, err := story().Figure()
	require.NoError(t, err)
	require.ErrorIs(t, figure.Write(full{}, PNG), errFull)
	require.ErrorContains(t, figure.Write(full{}, "gif"), `"gif" is no format of figures`)
}

var errFull = errors.New("the disk is full")

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
