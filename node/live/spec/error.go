package spec

import (
	"fmt"
	"strings"
	"unicode"
)

// Error says what is wrong with a file, and where.
type Error struct {
	File string
	// Line and Column count from 1; columns are characters.
	Line, Column int
	// Problem names the field, what was found and what is allowed.
	Problem string
	// Excerpt is the line with a mark below, in two lines.
	Excerpt string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s\n%s", e.File, e.Line, e.Column, e.Problem, e.Excerpt)
}

// place is where something stands in a file, counted as [Error] does.
type place struct{ line, column int }

// excerptWidth is how many characters of a line are shown, excerptLead how many of them before the
// mark where the line is longer.
const excerptWidth, excerptLead = 80, 40

// excerpt shows a place of a text.
func excerpt(text string, at place) string {
	line := []rune(nthLine(text, at.line))
	from := 0
	if at.column > excerptWidth {
		from = min(at.column-excerptLead, len(line))
	}
	shown := printable(string(line[from:min(len(line), from+excerptWidth)]))
	return fmt.Sprintf("%5d | %s\n%5s | %*s", at.line, shown, "", at.column-from, "^")
}

func nthLine(text string, number int) (line string) {
	for range number {
		line, text, _ = strings.Cut(text, "\n")
	}
	return line
}

// printable replaces what would move a terminal's cursor or colour its text.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case unicode.IsPrint(c):
			return c
		case c == '\t':
			return ' '
		}
		return unicode.ReplacementChar
	}, text)
}

// maxFound is how many characters of a value are quoted.
const maxFound = 60

// quoted is a text that was found, shortened and fit for a terminal.
func quoted(text string) string {
	if runes := []rune(text); len(runes) > maxFound {
		text = string(runes[:maxFound]) + "..."
	}
	return fmt.Sprintf("%q", text)
}
