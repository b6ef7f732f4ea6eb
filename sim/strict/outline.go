package strict

import "github.com/goccy/go-yaml/token"

// outline follows the nesting of a text from token to token, and holds it against the limits.
type outline struct {
	limits Limits
	// brackets counts the keys in each bracket that is open.
	brackets []bracket
	// indents counts the keys of each mapping by indentation that may go on, the deepest last.
	indents []indent
	// last is the token before this one, comments aside, and owner the column of its key or dash.
	last  *token.Token
	owner int
	// entries is how many items of lists begin on the line of last.
	entries int
	// empty is how many values are missing.
	empty int
}

// bracket is a list or a mapping in brackets, indent a mapping by indentation.
type (
	bracket struct {
		mapping bool
		keys    int
		// colon: there was one since the last comma.
		colon bool
	}
	indent struct{ column, keys int }
)

// endsDocument reports whether the next token begins a second document.
func (o *outline) endsDocument(t *token.Token) bool {
	return t.Type == token.DocumentHeaderType && o.last != nil
}

// add takes the next token, and says of what there are too many.
func (o *outline) add(t *token.Token) (found string, most int) {
	if t.Type == token.CommentType {
		return "", 0
	}
	if o.last == nil || o.last.Position.Line != t.Position.Line {
		o.entries = 0
	}
	if o.leavesEmpty(t) {
		o.empty++
	}
	keys := o.count(t)
	o.last = t
	switch l := o.limits; {
	case max(len(o.brackets), len(o.indents), o.entries) > l.Depth:
		return "levels of nesting", l.Depth
	case keys > l.Keys:
		return "keys in one mapping", l.Keys
	case o.empty > l.EmptyValues:
		return "empty values", l.EmptyValues
	}
	return "", 0
}

// leavesEmpty reports whether t comes where the value of a key, or the item of a dash, should be, or
// after a key in brackets that has no colon.
func (o *outline) leavesEmpty(t *token.Token) bool {
	if b := o.inner(); b != nil && b.mapping &&
		(t.Type == token.CollectEntryType || t.Type == token.MappingEndType) {
		colon := b.colon
		b.colon = false
		return !colon || o.last.Type == token.MappingValueType
	}
	if o.last == nil ||
		o.last.Type != token.MappingValueType && o.last.Type != token.SequenceEntryType {
		return false
	}
	if t.Type == token.CollectEntryType || t.Type == token.SequenceEndType {
		return true
	}
	if t.Position.Line == o.last.Position.Line || t.Position.Column > o.owner {
		return false
	}
	listOfKey := o.last.Type == token.MappingValueType && t.Type == token.SequenceEntryType
	return t.Position.Column < o.owner || !listOfKey
}

// count counts what t begins or ends. Of a key, it returns how many its mapping has.
func (o *outline) count(t *token.Token) (keys int) {
	switch t.Type {
	case token.MappingStartType, token.SequenceStartType:
		o.brackets = append(o.brackets, bracket{mapping: t.Type == token.MappingStartType})
	case token.MappingEndType, token.SequenceEndType:
		o.brackets = o.brackets[:max(0, len(o.brackets)-1)]
	case token.SequenceEntryType:
		o.entries++
		o.owner = t.Position.Column
		o.leave(o.owner)
	case token.MappingValueType:
		return o.key(t)
	}
	return 0
}

// key counts a key at its colon, and returns how many its mapping has.
func (o *outline) key(colon *token.Token) int {
	o.owner = colon.Position.Column
	if o.last != nil {
		o.owner = o.last.Position.Column
	}
	if b := o.inner(); b != nil {
		b.keys, b.colon = b.keys+1, true
		return b.keys
	}
	o.leave(o.owner)
	if last := len(o.indents) - 1; last < 0 || o.indents[last].column < o.owner {
		o.indents = append(o.indents, indent{column: o.owner})
	}
	mapping := &o.indents[len(o.indents)-1]
	mapping.keys++
	return mapping.keys
}

// inner is the innermost bracket that is open, nil without any.
func (o *outline) inner() *bracket {
	if len(o.brackets) == 0 {
		return nil
	}
	return &o.brackets[len(o.brackets)-1]
}

// leave ends the mappings that are indented more.
func (o *outline) leave(column int) {
	for len(o.indents) > 0 && o.indents[len(o.indents)-1].column > column {
		o.indents = o.indents[:len(o.indents)-1]
	}
}
