package spec

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/sim/form"
	"butterfly/sim/strict"
)

// field is a key of a mapping that stands for a T.
type field[T any] struct {
	key string
	// means explains it to whoever edits a file, and is what a flag's help says.
	means    string
	required bool
	schema   form.Schema
	read     func(r *reader, path string, node ast.Node, into *T) *Error
	// set takes the value as a flag has it; nil for what stands in files only.
	set func(into *T, text string) error
	// write writes the key with its value, or nothing if it is what it is without being written.
	write func(w *writer, key string, from, otherwise *T)
}

// must is the field as one that has to be there.
func (f field[T]) must() field[T] {
	f.required = true
	return f
}

// value is a field that holds one V.
func value[T any, V comparable](
	key, means string, f form.Of[V], get func(*T) V, set func(*T, V),
) field[T] {
	return field[T]{
		key: key, means: means, schema: f.Schema,
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			v, problem := f.Read(r.Document, path, node)
			if problem == nil {
				set(into, v)
			}
			return problem
		},
		set: func(into *T, text string) error {
			v, err := f.FromText(text)
			if err == nil {
				set(into, v)
			}
			return err
		},
		write: func(w *writer, key string, from, otherwise *T) {
			if v, other := get(from), get(otherwise); w.mustSay(v == other, v == *new(V)) {
				w.line("%s: %s", key, f.Print(v))
			}
		},
	}
}

// scalar is a value that is held in one place.
func scalar[T any, V comparable](key, means string, f form.Of[V], of func(*T) *V) field[T] {
	return value(key, means, f, func(t *T) V { return *of(t) }, func(t *T, v V) { *of(t) = v })
}

// section is a mapping in a mapping. check, unless nil, looks at how its fields go together, and
// returns the key to show and what is wrong.
func section[T, V any](
	key, means string, fields []field[V], of func(*T) *V, check func(*V) (key string, err error),
) field[T] {
	return field[T]{
		key: key, means: means, schema: schemaOf(fields),
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			places, problem := readMapping(r, path, node, fields, of(into))
			if problem != nil || check == nil {
				return problem
			}
			if key, err := check(of(into)); err != nil {
				return r.Problem(nearest(places, key, node), "%s: %v", path, err)
			}
			return nil
		},
		write: func(w *writer, key string, from, otherwise *T) {
			inner := writer{whole: w.whole, indent: w.indent + "  "}
			writeMapping(&inner, fields, of(from), of(otherwise))
			if inner.Len() > 0 {
				w.line("%s:", key)
				w.WriteString(inner.String())
			}
		},
	}
}

// nearest is where a field of a mapping stands, or else the mapping.
func nearest(places map[string]strict.Place, key string, mapping ast.Node) strict.Place {
	if at, there := places[key]; there {
		return at
	}
	return strict.Start(mapping)
}

// readMapping reads the fields of a mapping, and returns where they stand.
func readMapping[T any](
	r *reader, path string, node ast.Node, fields []field[T], into *T,
) (places map[string]strict.Place, problem *Error) {
	places = map[string]strict.Place{}
	read := func(key string, at strict.Place, value ast.Node) *Error {
		f, problem := lookUp(r, path, key, at, fields)
		if problem != nil {
			return problem
		}
		places[key] = strict.Start(value)
		return f.read(r, strict.Child(path, key), value, into)
	}
	return places, r.Entries(path, node, keysOf(fields), required(fields), read)
}

func lookUp[T any](
	r *reader, path, key string, at strict.Place, fields []field[T],
) (*field[T], *Error) {
	i := slices.IndexFunc(fields, func(f field[T]) bool { return f.key == key })
	if i >= 0 {
		return &fields[i], nil
	}
	return nil, r.Wrong(path, at, "unknown field "+strict.Quoted(key), "one of "+allKeys(fields))
}

func allKeys[T any](fields []field[T]) string {
	var keys []string
	for _, f := range fields {
		keys = append(keys, f.key)
	}
	return strings.Join(keys, ", ")
}

// keysOf describes a mapping.
func keysOf[T any](fields []field[T]) string {
	if needed := required(fields); len(needed) > 0 {
		return "a mapping with " + strings.Join(needed, ", ")
	}
	return "a mapping of " + allKeys(fields)
}

// required returns the keys of the fields that have to be there.
func required[T any](fields []field[T]) (keys []string) {
	for _, f := range fields {
		if f.required {
			keys = append(keys, f.key)
		}
	}
	return keys
}

func writeMapping[T any](w *writer, fields []field[T], from, otherwise *T) {
	for _, f := range fields {
		f.write(w, f.key, from, otherwise)
	}
}
