package file

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/scenarios"
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
	// shape is what the schema says of the value.
	shape shape
	read  func(r *reader, path string, node ast.Node, into *T) *Error
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
	key, means string, f form[V], get func(*T) V, set func(*T, V),
) field[T] {
	return field[T]{
		key: key, means: means, shape: f.shape,
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			v, problem := readScalar(r, path, node, f)
			if problem == nil {
				set(into, v)
			}
			return problem
		},
		write: func(w *writer, key string, from *T, needed bool) {
			var zero V
			if v := get(from); needed || v != zero {
				w.line("%s: %s", key, f.print(v))
			}
		},
	}
}

// scalar is a value that is held in one place.
func scalar[T any, V comparable](key, means string, f form[V], of func(*T) *V) field[T] {
	return value(key, means, f, func(t *T) V { return *of(t) }, func(t *T, v V) { *of(t) = v })
}

// optional is a value that is left out where the pointer is nil.
func optional[T, V any](key, means string, f form[V], of func(*T) **V) field[T] {
	return field[T]{
		key: key, means: means, shape: f.shape,
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			v, problem := readScalar(r, path, node, f)
			if problem == nil {
				*of(into) = &v
			}
			return problem
		},
		write: func(w *writer, key string, from *T, _ bool) {
			if v := *of(from); v != nil {
				w.line("%s: %s", key, f.print(*v))
			}
		},
	}
}

// section is a mapping that is left out where the pointer is nil.
func section[T, V any](key, means string, fields []field[V], of func(*T) **V) field[T] {
	return field[T]{
		key: key, means: means, shape: schemaOf(fields),
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
	seen := map[string]bool{}
	read := func(key string, at strict.Place, value ast.Node) *Error {
		f, problem := lookUp(r, path, key, at, fields)
		if problem != nil {
			return problem
		}
		seen[key] = true
		inner := strict.Child(path, key)
		if f.phased && r.phased {
			return r.Wrong(inner, at, "it beside phases, which say it too", "one of them")
		}
		r.places[inner] = strict.Start(value)
		return f.read(r, inner, value, into)
	}
	if problem := r.Entries(path, node, keysOf(fields), read); problem != nil {
		return problem
	}
	lacking := missing(fields, func(f *field[T]) bool { return seen[f.key] || f.phased && r.phased })
	if len(lacking) > 0 {
		return r.Wrong(path, r.places[path], "no "+strings.Join(lacking, ", "), keysOf(fields))
	}
	return nil
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

// missing returns the keys of fields that have to be there, but for those that are said to be there.
func missing[T any](fields []field[T], there func(*field[T]) bool) (keys []string) {
	for i := range fields {
		if f := &fields[i]; f.required && !there(f) {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// keysOf describes a mapping.
func keysOf[T any](fields []field[T]) string {
	text := "a mapping"
	needed := missing(fields, func(*field[T]) bool { return false })
	if len(needed) > 0 {
		text += " with " + strings.Join(needed, ", ")
	}
	return text
}

func writeMapping[T any](w *writer, fields []field[T], from *T) {
	for _, f := range fields {
		f.write(w, f.key, from, f.required)
	}
}
