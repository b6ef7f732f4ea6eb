package spec

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// reader reads one file.
type reader struct {
	text string
	// origins is how many have been read.
	origins int
}

// readFile reads a file that holds one mapping.
func readFile[T any](name string, text []byte, mostBytes int, fields []field[T], into *T) error {
	r := &reader{text: plain(string(text))}
	problem := r.readWhole(mostBytes, func(root ast.Node) *Error {
		_, problem := readMapping(r, "", root, fields, into)
		return problem
	})
	if problem != nil {
		problem.File = name
		return problem
	}
	return nil
}

// plain is a text without the mark that some editors put at the beginning, and with the line ends
// that places are counted by.
func plain(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// readWhole parses the text and reads its one value. What the file does not need of YAML is refused
// before anything is built of it.
func (r *reader) readWhole(mostBytes int, read func(root ast.Node) *Error) *Error {
	if len(r.text) > mostBytes {
		return r.problem(place{1, 1}, "found %d bytes, expected at most %d", len(r.text), mostBytes)
	}
	if !utf8.ValidString(r.text) {
		return r.problem(r.garbled(), "found bytes that are no UTF-8, expected text in UTF-8")
	}
	tokens := lexer.Tokenize(r.text)
	if problem := r.checkTokens(tokens); problem != nil {
		return problem
	}
	// Keys that stand twice are refused with the others that do not fit.
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	switch {
	case err != nil:
		return r.syntax(err)
	case len(parsed.Docs) == 0 || parsed.Docs[0].Body == nil:
		return r.problem(place{1, 1}, "found nothing, expected a mapping")
	case len(parsed.Docs) > 1:
		return r.problem(start(parsed.Docs[1]), "found a second document, expected one")
	}
	return read(parsed.Docs[0].Body)
}

// garbled is where the first byte stands that is no UTF-8.
func (r *reader) garbled() place {
	valid := 0
	for valid < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[valid:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		valid += size
	}
	before := r.text[:valid]
	return place{1 + strings.Count(before, "\n"),
		1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])}
}

func (r *reader) checkTokens(tokens token.Tokens) *Error {
	var shape outline
	for _, t := range tokens {
		if name := refused(t.Type); name != "" {
			return r.problem(placeOf(t), "found %s, expected plain keys and values", name)
		}
		if found, most := shape.add(t); found != "" {
			return r.problem(placeOf(t), "found more than %d %s, expected fewer", most, found)
		}
	}
	return nil
}

// refused names what is no part of our files, and is empty for the rest.
func refused(t token.Type) string {
	switch t {
	case token.AnchorType:
		return "an anchor"
	case token.AliasType:
		return "an alias"
	case token.TagType:
		return "a tag"
	case token.MergeKeyType:
		return "a merge key"
	case token.MappingKeyType:
		return `a key after "?"`
	case token.DirectiveType:
		return "a directive"
	case token.DocumentEndType:
		return "an end mark"
	}
	return ""
}

// syntax is what the YAML parser complains about.
func (r *reader) syntax(err error) *Error {
	var complaint yaml.Error
	if errors.As(err, &complaint) && complaint.GetToken() != nil {
		return r.problem(placeOf(complaint.GetToken()),
			"found what is no YAML: %s", printable(complaint.GetMessage()))
	}
	return r.problem(place{1, 1}, "found what is no YAML: %s", printable(err.Error()))
}

func (r *reader) problem(at place, format string, args ...any) *Error {
	return &Error{
		Line: at.line, Column: at.column, Problem: fmt.Sprintf(format, args...),
		Excerpt: excerpt(r.text, at),
	}
}

// wrong is a problem with the value of a field.
func (r *reader) wrong(path string, at place, found, expected string) *Error {
	if path != "" {
		path += ": "
	}
	return r.problem(at, "%sfound %s, expected %s", path, found, expected)
}

func placeOf(t *token.Token) place { return place{t.Position.Line, t.Position.Column} }

// start is where a value begins.
func start(node ast.Node) place {
	switch n := node.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return start(n.Values[0])
		}
	case *ast.MappingValueNode:
		return placeOf(n.Key.GetToken())
	case *ast.DocumentNode:
		switch {
		case n.Body != nil:
			return start(n.Body)
		case n.Start != nil: // it is empty
			return placeOf(n.Start)
		}
		return place{1, 1}
	}
	if t := node.GetToken(); t != nil {
		return placeOf(t)
	}
	return place{1, 1}
}

// found says what a value is.
func found(node ast.Node) string {
	switch node.(type) {
	case ast.MapNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	}
	return quoted(node.GetToken().Value)
}
