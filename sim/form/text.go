package form

import (
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Words is one of the texts that are known, all of which YAML takes for texts.
func Words[V ~string](known ...V) Of[V] {
	return Word(func(v V) string { return string(v) }, known...)
}

// Word is one of the values that are known, by names that YAML takes for texts.
func Word[V any](name func(V) string, known ...V) Of[V] {
	names := make([]string, len(known))
	for i, v := range known {
		names[i] = name(v)
	}
	return Of[V]{
		Schema: Schema{"enum": names}, Expected: "one of " + strings.Join(names, ", "),
		Parse: Typed(ast.StringType, func(text string) (v V, ok bool) {
			if i := slices.Index(names, text); i >= 0 {
				return known[i], true
			}
			return v, false
		}),
		Print: name,
	}
}

// Patterned is a text that fits a pattern, in the syntax that [regexp] and JSON Schema share. What
// fits may still be refused by parse.
func Patterned[V any](
	pattern, expected string, parse func(text string) (V, bool), print func(V) string,
) Of[V] {
	fits := regexp.MustCompile(pattern)
	return Of[V]{
		Schema: Schema{"type": "string", "pattern": pattern}, Expected: expected,
		Parse: Typed(ast.StringType, func(text string) (v V, ok bool) {
			if !fits.MatchString(text) {
				return v, false
			}
			return parse(text)
		}),
		Print: print,
	}
}
