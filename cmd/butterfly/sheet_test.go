package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// "Command-line software which adds ANSI color to its output by default should check for a NO_COLOR
// environment variable that, when present and not an empty string (regardless of its value), prevents
// the addition of ANSI color." (no-color.org)
func TestNoColorIsHonoured(t *testing.T) {
	for _, c := range []struct {
		noColor, terminal string
		want              bool
	}{
		{"", "xterm", true}, {"1", "xterm", false}, {"0", "xterm", false}, {"", "dumb", false},
	} {
		environment := map[string]string{"NO_COLOR": c.noColor, "TERM": c.terminal}
		require.Equal(t, c.want, coloursWanted(func(name string) string { return environment[name] }))
	}
}

func TestAFileTakesNoColour(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/report")
	require.NoError(t, err)
	defer f.Close()
	require.False(t, takesColour(f))
}

func TestOnlyAColouredSheetIsPainted(t *testing.T) {
	plainSheet, coloured := &sheet{}, &sheet{colour: true}
	plainSheet.verdict(red, "FAIL", "so it is")
	coloured.verdict(red, "FAIL", "so it is")
	require.Equal(t, "FAIL  so it is\n", plainSheet.String())
	require.Equal(t, "\x1b[31mFAIL\x1b[0m  so it is\n", coloured.String())
}

func TestLongRowsAreBrokenAndCommandsAreNot(t *testing.T) {
	long := strings.Repeat("word ", 30) + "end"
	rows, line := &sheet{}, &sheet{}
	rows.row("label", "%s", long)
	line.line("label", "%s", long)
	require.Equal(t, "label        "+long+"\n", line.String())
	broken := strings.Split(strings.TrimSpace(rows.String()), "\n")
	require.Len(t, broken, 2)
	require.LessOrEqual(t, len(broken[0]), width)
	require.True(t, strings.HasPrefix(broken[1], strings.Repeat(" ", labelWidth)+"word"))
}

// What goes on with an indented row is further in than its beginning.
func TestAnIndentedRowGoesOnBelowItsBeginning(t *testing.T) {
	s := &sheet{}
	s.row("broken", "a property")
	s.row("", "  by %s: 2 seeds", strings.Repeat("partition, ", 8)+"crash")
	s.row("", "  by crash: 1 seed")
	require.Equal(t, "broken       a property\n"+
		"               by"+strings.Repeat(" partition,", 7)+"\n"+
		"                 partition, crash: 2 seeds\n"+
		"               by crash: 1 seed\n", s.String())
}

func TestWrappingKeepsAllWordsAndTheWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-zé]{1,12} ){0,40}[a-z]{1,12}`).Draw(t, "text")
		columns := rapid.IntRange(12, 60).Draw(t, "columns")
		lines := wrap(text, columns)
		require.Equal(t, text, strings.Join(lines, " "))
		for _, l := range lines {
			require.LessOrEqual(t, len([]rune(l)), columns)
		}
	})
}
