package strict_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file is text from anywhere, and a terminal obeys what it is sent (invariant 3).
func TestAnExcerptIsFitForATerminal(t *testing.T) {
	refused := refusal(t, "about:\t\"\x1b[31mred\" x")
	require.NotContains(t, refused.Error(), "\x1b")
	require.NotContains(t, refused.Error(), "\t")
	refused = refusal(t, `about: "`+"\u202e"+strings.Repeat("x", 500)+`"`)
	require.NotContains(t, refused.Error(), "\u202e")
	for line := range strings.SplitSeq(refused.Excerpt, "\n") {
		require.LessOrEqual(t, len([]rune(line)), 88)
	}
}

// Editors count the ends of lines of all systems, inside quotes as well (invariant 2).
func TestPlacesDoNotDependOnLineEnds(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		refused := refusal(t, strings.ReplaceAll("name: 'a\n\n  b'\nlist: [", "\n", end))
		require.Equal(t, 4, refused.Line)
		require.Equal(t, 7, refused.Column)
		require.Equal(t, "    3 |   b'\n    4 | list: [\n      |       ^", refused.Excerpt)
	}
}

// In a long line the part around the mark is shown.
func TestAnExcerptOfALongLine(t *testing.T) {
	refused := refusal(t, "# before\n{name: "+strings.Repeat("ä", 300)+", list: [x]}")
	require.Equal(t, 317, refused.Column)
	lines := strings.Split(refused.Excerpt, "\n")
	require.Len(t, lines, 3)
	require.Equal(t, "    1 | ", lines[0])
	mark := strings.Index(lines[2], "^")
	require.Equal(t, 8+39, mark)
	require.Equal(t, "x]}", string([]rune(lines[1])[mark:]))
}
