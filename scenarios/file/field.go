package file

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/scenarios"
	"butterfly/sim/form"
	"butterfly/sim/strict"
)

// field is a key of a mapping that stands for a T.
type field[T any] struct {
	key string
	// means explains it to whoever edits a file.
	means    string
	required bool
	// phased: the phases of a run say the same, and then it is not to be there.
	phased bool
	schema form.Schema
	read   func(r *reader, path string, node ast.Node, into *T) *Error
	// write writes the key with its value, or nothing if it may be left out.
	write func(w *writer, key string, from *T, needed bool)
}

// must is the field as one that has to be there.
func (f field[T]) must() field[T] {
	f.required = true
	return f
}

// unlessPhased is the field as one that is not there beside the phases of a run.
func (f field[T]) unlessPhased() field[T] {
	f.phased = true
	return f
}

// value is a field that holds one V. It is left out where it is the zero value.
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
		write: func(w *writer, key string, from *T, needed bool) {
			var zero V
			if v := get(from); needed || v != zero {
				w.line("%s: %s", key, f.Print(v))
			}
		},
	}
}

// scalar is a value that is held in one place.
func scalar[T any, V comparable](key, means string, f form.Of[V], of func(*T) *V) field[T] {
	return value(key, means, f, func(t *T) V { return *of(t) }, func(t *T, v V) { *of(t) = v })
}

// optional is a value that is left out where the pointer is nil.
func optional[T, V any](key, means string, f form.Of[V], of func(*T) **V) field[T] {
	return field[T]{
		key: key, means: means, schema: f.Schema,
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			v, problem := f.Read(r.Document, path, node)
			if problem == nil {
				*of(into) = &v
			}
			return problem
		},
		write: func(w *writer, key string, from *T, _ bool) {
			if v := *of(from); v != nil {
				w.line("%s: %s", key, f.Print(*v))
			}
		},
	}
}

// section is a mapping that is left out where the pointer is nil.
func section[T, V any](key, means string, fields []field[V], of func(*T) **V) field[T] {
	return field[T]{
		key: key, means: means, schema: schemaOf(fields),
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			*of(into) = new(V)
			return readMapping(r, path, node, fields, *of(into))
		},
		write: func(w *writer, key string, from *T, _ bool) {
			if v := *of(from); v != nil {
				w.line("%s:", key)
				w.indented("  ", func() { writeMapping(w, fields, v) })
			}
		},
	}
}

// readMapping reads the fields of a mapping, and records where they stand.
func readMapping[T any](
	r *reader, path string, node ast.Node, fields []field[T], into *T,
) *Error {
	r.places[path] = strict.Start(node)
	read := func(key string, at strict.Place, value ast.Node) *Error {
		f, problem := lookUp(r, path, key, at, fields)
		if problem != nil {
			return problem
		}
		inner := strict.Child(path, key)
		if f.phased && r.phased {
			return r.Wrong(inner, at, "it beside phases, which say it too", "one of them")
		}
		r.places[inner] = strict.Start(value)
		return f.read(r, inner, value, into)
	}
	return r.Entries(path, node, keysOf(fields), required(fields, r.phased), read)
}

func lookUp[T any](
	r *reader, path, key string, at strict.Place, fields []field[T],
) (*field[T], *Error) {
	i := slices.IndexFunc(fields, func(f field[T]) bool { return f.key == key })
	if i >= 0 {
		return &fields[i], nil
	}
	var known []string
	for _, f := range fields {
		known = append(known, f.key)
	}
	return nil, r.Wrong(path, at,
		fmt.Sprintf("unknown field %s%s", strict.Quoted(key), scenarios.DidYouMean(key, known)),
		"one of "+strings.Join(known, ", "))
}

// keysOf describes a mapping.
func keysOf[T any](fields []field[T]) string {
	if needed := required(fields, false); len(needed) > 0 {
		return "a mapping with " + strings.Join(needed, ", ")
	}
	return "a mapping"
}

// required returns the keys of the fields that have to be there, beside phases or without them.
func required[T any](fields []field[T], phased bool) (keys []string) {
	for _, f := range fields {
		if f.required && !(f.phased && phased) {
			keys = append(keys, f.key)
		}
	}
	return keys
}

func writeMapping[T any](w *writer, fields []field[T], from *T) {
	for _, f := range fields {
		f.write(w, f.key, from, f.required)
	}
}
