package file

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
	// Excerpt is the line with the one before it and a mark below, in several lines.
	Excerpt string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s\n%s", e.File, e.Line, e.Column, e.Problem, e.Excerpt)
}

// place is where something stands in a file, counted as [Error] does.
type place struct{ line, column int }

const (
	// excerptWidth is how many columns of a line are shown, excerptLead how many of them before the
	// mark if the line is longer.
	excerptWidth = 80
	excerptLead  = 40
)

// excerpt shows a place of a text.
func excerpt(text string, at place) string {
	lines := strings.Split(text, "\n")
	if at.line > len(lines) {
		return ""
	}
	var b strings.Builder
	from := 0
	if at.column > excerptWidth {
		from = at.column - excerptLead
	}
	for line := max(1, at.line-1); line <= at.line; line++ {
		fmt.Fprintf(&b, "%5d | %s\n", line, window(lines[line-1], from))
	}
	fmt.Fprintf(&b, "%5s | %s^", "", strings.Repeat(" ", max(0, at.column-1-from)))
	return b.String()
}

// window is the part of a line that is shown, with one column for each character.
func window(line string, from int) string {
	runes := []rune(line)
	runes = runes[min(from, len(runes)):]
	return printable(string(runes[:min(len(runes), excerptWidth)]))
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

// quoted is a text found in a file, shortened and fit for a terminal.
func quoted(text string) string {
	if runes := []rune(text); len(runes) > maxFound {
		text = string(runes[:maxFound]) + "..."
	}
	return fmt.Sprintf("%q", text)
}
