package strict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Child is the path of the value that a key has in the mapping at path.
func Child(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Item is the path of the n-th item, from 0, of the list at path.
func Item(path string, n int) string { return fmt.Sprintf("%s[%d]", path, n) }

// Start is where a value begins: a mapping at its first key, and nil, which is no value, where the file
// does.
func Start(value ast.Node) Place {
	if value == nil {
		return beginning
	}
	if mapping, ok := value.(ast.MapNode); ok {
		for entries := mapping.MapRange(); entries.Next(); {
			return placeOf(entries.Key().GetToken())
		}
	}
	return placeOf(value.GetToken())
}

// Found says what a value is.
func Found(value ast.Node) string {
	switch value.(type) {
	case ast.MapNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case nil, *ast.NullNode:
		return "nothing"
	}
	return Quoted(value.GetToken().Value)
}

// Entries calls read for each entry of the mapping that has the path, in the order of the file, until
// it returns an error. The key is at the given place. A value that is no mapping is refused, and so is
// a key that was there before, and at the end a mapping that lacks one of the required keys.
func (d *Document) Entries(
	path string, mapping ast.Node, expected string, required []string,
	read func(key string, at Place, value ast.Node) *Error,
) *Error {
	entries, ok := mapping.(ast.MapNode)
	if !ok {
		return d.Wrong(path, Start(mapping), Found(mapping), expected)
	}
	lines := map[string]int{}
	for each := entries.MapRange(); each.Next(); {
		key := each.Key().GetToken()
		if before, twice := lines[key.Value]; twice {
			return d.Wrong(path, placeOf(key),
				fmt.Sprintf("a second %s, after that of line %d", Quoted(key.Value), before), "one")
		}
		lines[key.Value] = key.Position.Line
		if problem := read(key.Value, placeOf(key), each.Value()); problem != nil {
			return problem
		}
	}
	return d.complete(path, mapping, expected, required, lines)
}

// complete refuses a mapping that lacks one of the required keys. It has those that have a line.
func (d *Document) complete(
	path string, mapping ast.Node, expected string, required []string, lines map[string]int,
) *Error {
	lacking := slices.DeleteFunc(slices.Clone(required), func(key string) bool {
		return lines[key] > 0
	})
	if len(lacking) == 0 {
		return nil
	}
	return d.Wrong(path, Start(mapping), "no "+strings.Join(lacking, ", "), expected)
}

// HasKey reports whether a value is a mapping with the key.
func HasKey(value ast.Node, key string) bool {
	mapping, ok := value.(ast.MapNode)
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

// Items returns the items of the list that has the path, and refuses what is none or has more than the
// most.
func (d *Document) Items(
	path string, list ast.Node, expected string, most int,
) ([]ast.Node, *Error) {
	sequence, ok := list.(*ast.SequenceNode)
	if !ok {
		return nil, d.Wrong(path, Start(list), Found(list), expected)
	}
	if len(sequence.Values) > most {
		return nil, d.Wrong(path, Start(list), fmt.Sprintf("%d items", len(sequence.Values)),
			fmt.Sprintf("at most %d", most))
	}
	return sequence.Values, nil
}
