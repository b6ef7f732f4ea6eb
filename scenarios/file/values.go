package file

import (
	"github.com/goccy/go-yaml/ast"

	"butterfly/sim/form"
	"butterfly/sim/strict"
)

// values is a field that holds several V of one form, left out where there are none. The example is
// what a list of them looks like.
func values[T, V any](
	key, means, example string, most int, f form.Of[V], of func(*T) *[]V,
) field[T] {
	return field[T]{
		key: key, means: means, schema: form.List(f.Schema, most),
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			items, problem := r.Items(path, node, "a list such as "+example, most)
			for i := 0; i < len(items) && problem == nil; i++ {
				var v V
				v, problem = f.Read(r.Document, strict.Item(path, i), items[i])
				*of(into) = append(*of(into), v)
			}
			return problem
		},
		write: func(w *writer, key string, from *T, _ bool) {
			if len(*of(from)) > 0 {
				w.line("%s: %s", key, f.PrintList(*of(from)))
			}
		},
	}
}
