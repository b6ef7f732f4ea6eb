package spec

import "github.com/goccy/go-yaml/token"

// outline follows the nesting of a file from token to token, before anything is built of it: the
// parser behind it calls itself for every level, and takes time in proportion to the square of how
// many keys a mapping has and of how many items of lists are empty.
type outline struct {
	last *token.Token
	// open are the mappings that may go on at the indentation of their keys, the deepest last.
	open []mapping
	// brackets is how many are open.
	brackets int
	// dashes is how many follow a dash.
	dashes int
}

// mapping is one by indentation.
type mapping struct{ column, keys int }

const (
	// maxDepth is how deep mappings and brackets may be nested, each. A file needs five levels.
	maxDepth = 16
	// maxKeys is how many keys one mapping may have: a file's services are the most.
	maxKeys = MaxServices
	// maxDashes is how many dashes may follow a dash at once. No file needs one.
	maxDashes = 16
)

// add takes the next token, and says of what there are too many.
func (o *outline) add(t *token.Token) (found string, most int) {
	if t.Type == token.CommentType {
		return "", 0
	}
	o.count(t)
	o.last = t
	switch {
	case o.brackets > maxDepth || len(o.open) > maxDepth:
		return "levels of nesting", maxDepth
	case len(o.open) > 0 && o.open[len(o.open)-1].keys > maxKeys:
		return "keys in one mapping", maxKeys
	case o.dashes > maxDashes:
		return "lists in lists and empty items", maxDashes
	}
	return "", 0
}

func (o *outline) count(t *token.Token) {
	switch t.Type {
	case token.MappingStartType, token.SequenceStartType:
		o.brackets++
	case token.MappingEndType, token.SequenceEndType:
		o.brackets--
	case token.SequenceEntryType:
		o.leave(t.Position.Column)
		if o.last != nil && o.last.Type == token.SequenceEntryType {
			o.dashes++
		}
	case token.MappingValueType:
		o.countKey()
	}
}

// countKey counts the last token as a key, at its colon.
func (o *outline) countKey() {
	if o.last == nil || o.brackets > 0 {
		return
	}
	column := o.last.Position.Column
	o.leave(column)
	if deepest := len(o.open) - 1; deepest < 0 || o.open[deepest].column < column {
		o.open = append(o.open, mapping{column: column})
	}
	o.open[len(o.open)-1].keys++
}

// leave ends the mappings that are indented more.
func (o *outline) leave(column int) {
	for len(o.open) > 0 && o.open[len(o.open)-1].column > column {
		o.open = o.open[:len(o.open)-1]
	}
}
