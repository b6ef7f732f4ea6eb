package file

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"butterfly/scenarios"
	"butterfly/sim/form"
)

// name is the name of a scenario.
func name() form.Of[string] {
	const pattern = "^[a-z0-9][a-z0-9-]*$"
	f := form.Patterned(pattern,
		fmt.Sprintf("1 to %d of a-z, 0-9 and -, the first no -", scenarios.MaxName),
		func(text string) (string, bool) { return text, len(text) <= scenarios.MaxName }, printText)
	f.Schema["maxLength"] = scenarios.MaxName
	return f
}

// line is a text on one line.
func line() form.Of[string] {
	return form.Of[string]{
		Schema: form.Schema{"type": "string", "maxLength": maxText},
		Expected: fmt.Sprintf("a line of up to %d characters, in quotes where YAML needs them",
			maxText),
		Parse: form.Typed(ast.StringType, func(text string) (string, bool) {
			return text, utf8.RuneCountInString(text) <= maxText &&
				strings.IndexFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) < 0
		}),
		Print: printText,
	}
}

// printText puts a text in quotes where YAML might take it for something else.
func printText(text string) string {
	if isBare(text) {
		return text
	}
	return form.InQuotes(text)
}

// isBare reports whether YAML is sure to take a text without quotes for a text: a letter, and then
// words with what stands between them in prose. Others may do without quotes as well.
func isBare(text string) bool {
	switch strings.ToLower(text) {
	case "", "true", "false", "null", "nan", "inf":
		return false
	}
	strange := func(c rune) bool {
		return !isLetter(c) && !strings.ContainsRune("0123456789 ,.;'()%/+-", c)
	}
	return isLetter(rune(text[0])) && !strings.HasSuffix(text, " ") &&
		strings.IndexFunc(text, strange) < 0
}

func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
