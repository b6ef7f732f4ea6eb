package strict

import (
	"fmt"
	"strings"
	"unicode"
)

// Error says what is wrong with a file, and where.
type Error struct {
	// File is what the caller said the file is called.
	File string
	// Line and Column count from 1; columns are characters.
	Line, Column int
	// Problem names the field, what was found and what is allowed.
	Problem string
	// Excerpt is the line with the one before it and a mark below, without a newline at the end.
	Excerpt string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s\n%s", e.File, e.Line, e.Column, e.Problem, e.Excerpt)
}

// Place is where something stands in a file, counted as [Error] does. The zero value is no place.
type Place struct{ Line, Column int }

// beginning is that of every file.
var beginning = Place{Line: 1, Column: 1}

const (
	// excerptWidth is how many columns of a line are shown, excerptLead how many of them before the
	// mark if the line is longer.
	excerptWidth = 80
	excerptLead  = 40
)

// excerpt shows a place of a text.
func excerpt(text string, at Place) string {
	lines := strings.SplitN(text, "\n", at.Line+1)
	from := 0
	if at.Column > excerptWidth {
		from = at.Column - excerptLead
	}
	var b strings.Builder
	for number := max(1, at.Line-1); number <= min(at.Line, len(lines)); number++ {
		fmt.Fprintf(&b, "%5d | %s\n", number, window(lines[number-1], from))
	}
	fmt.Fprintf(&b, "%5s | %s^", "", strings.Repeat(" ", max(0, at.Column-1-from)))
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

// maxQuoted is how many characters of a value are quoted.
const maxQuoted = 60

// Quoted is a text that was found, shortened and fit for a terminal.
func Quoted(text string) string {
	if runes := []rune(text); len(runes) > maxQuoted {
		text = string(runes[:maxQuoted]) + "..."
	}
	return fmt.Sprintf("%q", text)
}
