package form

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/sim/strict"
)

// Of is how values of a type are written. All fields are to be set.
type Of[V any] struct {
	// Schema is the form as editors know it.
	Schema Schema
	// Expected completes "found so, expected".
	Expected string
	// Parse reads a value, and reports whether there is one.
	Parse func(Scalar) (v V, ok bool)
	// Print writes a value as it stands in a file, in quotes where YAML needs them.
	Print func(V) string
}

// Scalar is a value in one piece, as it was found.
type Scalar struct {
	// Text is what was written, without quotes.
	Text string
	// Type is what YAML takes it for. It is zero, [ast.UnknownNodeType], for a text that is from no
	// file and may be of any.
	Type ast.NodeType
}

// Typed parses what is of a type, or may be.
func Typed[V any](of ast.NodeType, parse func(text string) (V, bool)) func(Scalar) (V, bool) {
	return func(s Scalar) (v V, ok bool) {
		if s.Type != of && s.Type != ast.UnknownNodeType {
			return v, false
		}
		return parse(s.Text)
	}
}

// Read reads the value that has the path in a document, or refuses what is there.
func (f Of[V]) Read(d *strict.Document, path string, node ast.Node) (v V, problem *strict.Error) {
	if scalar, ok := node.(ast.ScalarNode); ok {
		if v, ok := f.Parse(Scalar{Text: scalar.GetToken().Value, Type: scalar.Type()}); ok {
			return v, nil
		}
	}
	return v, d.Wrong(path, strict.Start(node), strict.Found(node), f.Expected)
}

// FromText reads a value as a flag has it. The error says what was found, and what is expected.
func (f Of[V]) FromText(text string) (v V, err error) {
	v, ok := f.Parse(Scalar{Text: text})
	if !ok {
		return v, fmt.Errorf("found %s, expected %s", strict.Quoted(text), f.Expected)
	}
	return v, nil
}

// PrintList writes values as a list in brackets.
func (f Of[V]) PrintList(all []V) string {
	texts := make([]string, len(all))
	for i, v := range all {
		texts[i] = f.Print(v)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// InQuotes writes a printable text as YAML that is a text, whatever stands in it.
func InQuotes(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
