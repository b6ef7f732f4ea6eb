package plots

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

func TestWrappingKeepsEveryWordAndTheWidth(t *testing.T) {
	style := sans(textSize, black)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,9}`), 0, 20).Draw(t, "words")
		width := vg.Length(rapid.IntRange(10, 200).Draw(t, "width"))
		lines := wrap(style, strings.Join(words, " "), width)
		require.Equal(t, words, strings.Fields(strings.Join(lines, " ")))
		for i, line := range lines {
			require.True(t, style.Width(line) <= width || !strings.Contains(line, " "), line)
			if i > 0 {
				next, _, _ := strings.Cut(line, " ")
				require.Greater(t, style.Width(lines[i-1]+" "+next), width, "a line is filled first")
			}
		}
	})
}

func TestLongTitlesMakeTheFigureHigher(t *testing.T) {
	short, err := healing().Figure()
	require.NoError(t, err)
	rows := healing()
	rows.Title = strings.Repeat("the same again and ", 10)
	long, err := rows.Figure()
	require.NoError(t, err)
	require.Equal(t, short.height+titleLine, long.height)
	requireLegible(t, rows)
}
