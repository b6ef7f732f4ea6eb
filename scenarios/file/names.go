package file

import (
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/netmodel"
	"butterfly/sim/strict"
)

// names is a field that holds words, left out where there are none.
func names[T any](key, means string, most int, f form[string], of func(*T) *[]string) field[T] {
	return field[T]{
		key: key, means: means,
		shape: shape{"type": "array", "items": f.shape, "maxItems": most},
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			items, problem := r.Items(path, node, "a list such as [london, tokyo/a]", most)
			for i := 0; i < len(items) && problem == nil; i++ {
				var word string
				word, problem = readScalar(r, strict.Item(path, i), items[i], f)
				*of(into) = append(*of(into), word)
			}
			return problem
		},
		write: func(w *writer, key string, from *T, _ bool) {
			if len(*of(from)) > 0 {
				w.line("%s: [%s]", key, strings.Join(*of(from), ", "))
			}
		},
	}
}

// site is where a server stands.
func site() form[string] {
	cities := strings.Join(netmodel.Cities(), "|")
	return patterned("^("+cities+")(/[a-z])?$",
		"a city, or one with a zone such as tokyo/b, of "+strings.ReplaceAll(cities, "|", ", "),
		func(text string) (string, bool) {
			_, err := netmodel.ParsePlace(text)
			return text, err == nil
		}, func(text string) string { return text })
}
