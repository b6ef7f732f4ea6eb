package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// width is how many columns a report takes.
const width = 100

// labelWidth is how wide the labels of a report are, with the gap after them.
const labelWidth = 13

// Colours, as the terminal takes them.
const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	plain  = "\x1b[0m"
)

// takesColour reports whether a file is a terminal that shows colours to a user who wants them.
func takesColour(f *os.File) bool {
	return term.IsTerminal(int(f.Fd())) && coloursWanted(os.Getenv)
}

// coloursWanted asks the environment: NO_COLOR, if it is not empty, says no (no-color.org).
func coloursWanted(environment func(name string) string) bool {
	return environment("NO_COLOR") == "" && environment("TERM") != "dumb"
}

// sheet is a report in the making: rows of a label and a text.
type sheet struct {
	strings.Builder
	colour bool
	labels int // the width of the labels, 0 for labelWidth
}

func (a *app) newSheet() *sheet { return &sheet{colour: a.colour} }

// labelWidth is how far the right side of a row is indented.
func (s *sheet) labelWidth() int { return cmp.Or(s.labels, labelWidth) }

// paint colours a word where that is wanted.
func (s *sheet) paint(colour, word string) string {
	if !s.colour {
		return word
	}
	return colour + word + plain
}

// verdict writes the first line: a word in colour and a sentence.
func (s *sheet) verdict(colour, word, format string, args ...any) {
	sentence := wrap(fmt.Sprintf(format, args...), width-len(word)-2)
	indent := "\n" + strings.Repeat(" ", len(word)+2)
	fmt.Fprintf(s, "%s  %s\n", s.paint(colour, word), strings.Join(sentence, indent))
}

// row writes a labelled text, broken into lines where it is long. A row without a label goes on with
// what is above it.
func (s *sheet) row(label, format string, args ...any) {
	for _, line := range hang(fmt.Sprintf(format, args...), width-s.labelWidth()) {
		fmt.Fprintf(s, "%-*s%s\n", s.labelWidth(), label, line)
		label = ""
	}
}

// line writes a labelled text that stays on one line however long it is: something to be copied.
func (s *sheet) line(label, format string, args ...any) {
	fmt.Fprintf(s, "%-*s%s\n", s.labelWidth(), label, fmt.Sprintf(format, args...))
}

func (s *sheet) gap() { s.WriteByte('\n') }

// labelFirst is label for the first of several rows, and nothing for the others.
func labelFirst(label string, index int) string {
	if index > 0 {
		return ""
	}
	return label
}

// hang wraps a text, and where that is indented indents what goes on further still: otherwise it would
// look like a row of its own.
func hang(text string, columns int) []string {
	words := strings.TrimLeft(text, " ")
	margin := text[:len(text)-len(words)]
	if margin == "" || utf8.RuneCountInString(text) <= columns {
		return wrap(text, columns)
	}
	lines := wrap(words, columns-len(margin)-2)
	lines[0] = margin + lines[0]
	for i := range lines[1:] {
		lines[i+1] = margin + "  " + lines[i+1]
	}
	return lines
}

// wrap breaks a text at spaces into lines of at most so many columns. A text that fits stays as it
// is, its alignment included; a word that does not fit keeps a line of its own.
func wrap(text string, columns int) []string {
	if utf8.RuneCountInString(text) <= columns {
		return []string{text}
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > columns:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
