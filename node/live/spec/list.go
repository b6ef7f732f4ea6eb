package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/sim/form"
	"butterfly/sim/strict"
)

// list is a field that holds several values, each of them once, separated by commas in a flag.
func list[T any, V comparable](
	key, means string, most int, f form.Of[V], of func(*T) *[]V,
) field[T] {
	return field[T]{
		key: key, means: means, schema: form.List(f.Schema, most),
		read: func(r *reader, path string, node ast.Node, into *T) (problem *Error) {
			*of(into), problem = readList(r, path, node, most, f)
			return problem
		},
		set: func(into *T, text string) (err error) {
			*of(into), err = splitList(text, most, f)
			return err
		},
		write: func(w *writer, key string, from, otherwise *T) {
			if !slices.Equal(*of(from), *of(otherwise)) {
				w.line("%s: %s", key, f.PrintList(*of(from)))
			}
		},
	}
}

func readList[V comparable](
	r *reader, path string, node ast.Node, most int, f form.Of[V],
) (all []V, _ *Error) {
	items, problem := r.Items(path, node, "a list such as [a, b]", most)
	if problem != nil {
		return nil, problem
	}
	for i, item := range items {
		path := strict.Item(path, i)
		v, problem := f.Read(r.Document, path, item)
		if problem != nil {
			return nil, problem
		}
		if slices.Contains(all, v) {
			return nil, r.Wrong(path, strict.Start(item), "a second "+f.Print(v), "each once")
		}
		all = append(all, v)
	}
	return all, nil
}

// splitList reads a list as a flag has it. Empty is none.
func splitList[V comparable](text string, most int, f form.Of[V]) (all []V, err error) {
	if text == "" {
		return nil, nil
	}
	for item := range strings.SplitSeq(text, ",") {
		v, err := f.FromText(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	if len(all) > most {
		return nil, fmt.Errorf("found %d items, expected at most %d", len(all), most)
	}
	return all, nil
}
