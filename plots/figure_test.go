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

// "The same rows give the same bytes as SVG and as PNG."
func TestFiguresAreStableToTheByte(t *testing.T) {
	for name, made := range map[string]func() rows{
		"timeline":        func() rows { return story() },
		"detection":       func() rows { return detection() },
		"false positives": func() rows { return falsePositives() },
		"healing":         func() rows { return healing() },
		"pareto":          func() rows { return pareto() },
		"spread":          func() rows { return spreadOf(1000) },
		"rumor":           func() rows { return rumors() },
		"cost":            func() rows { return costs() },
		"takeover":        func() rows { return takeovers() },
		"balance":         func() rows { return balance() },
		"disruption":      func() rows { return disruptions() },
		"disagreement":    func() rows { return disagreements() },
		"versus":          func() rows { return contest() },
		"fidelity":        func() rows { return fidelity() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, format := range []Format{SVG, PNG} {
				once, again := render(t, made(), format), render(t, made(), format)
				require.True(t, bytes.Equal(once, again), format)
			}
		})
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
