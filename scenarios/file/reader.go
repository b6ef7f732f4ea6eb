package file

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
	// places is where the values stand, by their paths, such as faults[3].hosts.
	places map[string]place
	// phased: the file says how long the phases of the run are.
	phased bool
	// targets is how many hosts and origins have been read.
	targets int
}

// root parses the text and returns its one value.
func (r *reader) root() (ast.Node, *Error) {
	if len(r.text) > MaxBytes {
		return nil, r.problem(place{1, 1}, "found more than %d bytes, expected no more", MaxBytes)
	}
	r.text = plain(r.text)
	if !utf8.ValidString(r.text) {
		return nil, r.problem(r.garbled(), "found bytes that are no UTF-8, expected text in UTF-8")
	}
	if problem := r.checkTokens(lexer.Tokenize(r.text)); problem != nil {
		return nil, problem
	}
	// Keys that stand twice are refused with the others that do not fit.
	parsed, err := parser.ParseBytes([]byte(r.text), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, r.syntax(err)
	}
	if len(parsed.Docs) != 1 || parsed.Docs[0].Body == nil {
		return nil, r.problem(place{1, 1}, "found nothing, expected %s", keysOf(scenarioFields()))
	}
	return parsed.Docs[0].Body, nil
}

// hasKey reports whether a value is a mapping with the key.
func hasKey(node ast.Node, key string) bool {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		return false
	}
	for entries := mapping.MapRange(); entries.Next(); {
		if entries.Key().GetToken().Value == key {
			return true
		}
	}
	return false
}

// plain is a text without the mark that some editors put at the beginning, and with the line ends that
// places are counted by.
func plain(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// garbled is where the first byte stands that is no UTF-8.
func (r *reader) garbled() place {
	valid := strings.ToValidUTF8(r.text, "\x00")
	same := 0
	for same < len(valid) && valid[same] == r.text[same] {
		same++
	}
	before := r.text[:same]
	return place{1 + strings.Count(before, "\n"),
		1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])}
}

// checkTokens refuses what a scenario does not need of YAML, before anything is built of it.
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

// refused names what is no part of a scenario file, and is empty for the rest.
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

// invalid places a complaint about a scenario that reads well: at the field it names, or else at the
// nearest one around it that stands in the file.
func (r *reader) invalid(err error) *Error {
	complaint := asWritten(err.Error())
	path := complaint
	if end := strings.IndexAny(complaint, ":, "); end >= 0 {
		path = complaint[:end]
	}
	if path == "swim" { // the parameters of a group, which is what they go together in
		path = "group"
	}
	for path != "" {
		if at, found := r.places[path]; found {
			return r.problem(at, "%s", complaint)
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return r.problem(r.places[""], "%s", complaint)
}

func placeOf(t *token.Token) place { return place{t.Position.Line, t.Position.Column} }

// start is where a value begins.
func start(node ast.Node) place {
	if mapping, ok := node.(ast.MapNode); ok {
		for entries := mapping.MapRange(); entries.Next(); {
			return placeOf(entries.Key().GetToken())
		}
	}
	return placeOf(node.GetToken())
}
