package strict

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

// Limits are how large a text may be, in ways that the files of a format stay far away from. All are
// to be set: zero allows none.
type Limits struct {
	// Bytes is the size of a file.
	Bytes int
	// Depth is how many levels may be nested by brackets, by indentation and by dashes on one line,
	// each.
	Depth int
	// Keys is how many a mapping may have.
	Keys int
	// EmptyValues is how many may be missing after a colon, a dash or a comma. There are formats in
	// which none may, and then one of them is refused when it is read, with a better reason.
	EmptyValues int
}

// Document is one text that is being read. Its methods make the errors that are about it.
type Document struct {
	name, text string
	root       ast.Node
}

// Parse reads a text in UTF-8 as YAML, or returns why it is none that can be taken.
func Parse(name string, text []byte, limits Limits) (*Document, *Error) {
	d := &Document{name: name, text: plain(string(text))}
	if len(text) > limits.Bytes {
		return nil, d.Problem(beginning, "found more than %d bytes, expected no more", limits.Bytes)
	}
	if !utf8.ValidString(d.text) {
		return nil, d.Problem(garbled(d.text), "found bytes that are no UTF-8, expected text in UTF-8")
	}
	tokens := lexer.Tokenize(d.text)
	if problem := d.checkTokens(tokens, limits); problem != nil {
		return nil, problem
	}
	// Keys that stand twice are refused with the others that do not fit, see [Document.Entries].
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, d.syntax(err)
	}
	if len(parsed.Docs) > 0 {
		d.root = parsed.Docs[0].Body
	}
	return d, nil
}

// Root is the value that the text is, nil if there is nothing in it.
func (d *Document) Root() ast.Node { return d.root }

// Problem is an error at a place.
func (d *Document) Problem(at Place, format string, args ...any) *Error {
	return &Error{
		File: d.name, Line: at.Line, Column: at.Column, Problem: fmt.Sprintf(format, args...),
		Excerpt: excerpt(d.text, at),
	}
}

// Wrong is a problem with the value that has the path.
func (d *Document) Wrong(path string, at Place, found, expected string) *Error {
	if path != "" {
		path += ": "
	}
	return d.Problem(at, "%sfound %s, expected %s", path, found, expected)
}

// plain is a text without the mark that some editors put at the beginning, and with the line ends that
// places are counted by.
func plain(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// garbled is where the first byte stands that is no UTF-8.
func garbled(text string) Place {
	valid := strings.ToValidUTF8(text, "\x00")
	same := 0
	for same < len(valid) && valid[same] == text[same] {
		same++
	}
	before := text[:same]
	return Place{1 + strings.Count(before, "\n"),
		1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])}
}

// checkTokens refuses what a file does not need of YAML, before anything is built of it.
func (d *Document) checkTokens(tokens token.Tokens, limits Limits) *Error {
	shape := outline{limits: limits}
	for _, t := range tokens {
		if name := refused(t.Type); name != "" {
			return d.Problem(placeOf(t), "found %s, expected plain keys and values", name)
		}
		if shape.endsDocument(t) {
			return d.Problem(placeOf(t), "found a second document, expected one")
		}
		if found, most := shape.add(t); found != "" {
			return d.Problem(placeOf(t), "found more than %d %s, expected fewer", most, found)
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
func (d *Document) syntax(err error) *Error {
	var complaint yaml.Error
	if errors.As(err, &complaint) && complaint.GetToken() != nil {
		return d.Problem(placeOf(complaint.GetToken()),
			"found what is no YAML: %s", printable(complaint.GetMessage()))
	}
	return d.Problem(beginning, "found what is no YAML: %s", printable(err.Error()))
}

func placeOf(t *token.Token) Place { return Place{t.Position.Line, t.Position.Column} }
