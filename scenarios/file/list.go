package file

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"butterfly/sim/form"
	"butterfly/sim/strict"
)

// list is a field that holds mappings, left out where there are none.
func list[T, V any](key, means string, most int, fields []field[V], of func(*T) *[]V) field[T] {
	return field[T]{
		key: key, means: means,
		schema: form.List(schemaOf(fields), most),
		read: func(r *reader, path string, node ast.Node, into *T) *Error {
			items, problem := r.Items(path, node, "a list of mappings", most)
			if problem != nil || len(items) == 0 {
				return problem
			}
			*of(into) = make([]V, len(items))
			for i, item := range items {
				problem := readMapping(r, strict.Item(path, i), item, fields, &(*of(into))[i])
				if problem != nil {
					return problem
				}
			}
			return nil
		},
		write: func(w *writer, key string, from *T, _ bool) {
			if len(*of(from)) == 0 {
				return
			}
			w.line("%s:", key)
			for i := range *of(from) {
				w.listItem(func() { writeMapping(w, fields, &(*of(from))[i]) })
			}
		},
	}
}

// numbers is a field that holds numbers below limit, written one by one or as ranges.
func numbers[T any, N ~uint32](key, means string, limit int, of func(*T) *[]N) field[T] {
	f := numberRange(limit - 1)
	return field[T]{
		key: key, means: means, schema: form.Schema{"type": "array", "items": f.Schema},
		read: func(r *reader, path string, node ast.Node, into *T) (problem *Error) {
			*of(into), problem = readNumbers[N](r, path, node, f)
			return problem
		},
		write: func(w *writer, key string, from *T, _ bool) {
			if len(*of(from)) > 0 {
				w.line("%s: [%s]", key, strings.Join(runs(*of(from)), ", "))
			}
		},
	}
}

func readNumbers[N ~uint32](r *reader, path string, node ast.Node, f form.Of[span]) ([]N, *Error) {
	items, problem := r.Items(path, node, "a list such as [0, 4-7]", MaxTargets)
	if problem != nil {
		return nil, problem
	}
	var all []N
	for i, item := range items {
		numbers, problem := f.Read(r.Document, strict.Item(path, i), item)
		if problem != nil {
			return nil, problem
		}
		if problem := r.strike(strict.Item(path, i), strict.Start(item), numbers); problem != nil {
			return nil, problem
		}
		for n := numbers.Least; n <= numbers.Most; n++ {
			all = append(all, N(n))
		}
	}
	return all, nil
}

// strike counts hosts or origins, and refuses them where all are too many.
func (r *reader) strike(path string, at strict.Place, more span) *Error {
	r.targets += more.Most - more.Least + 1
	if r.targets <= MaxTargets {
		return nil
	}
	return r.Wrong(path, at, fmt.Sprintf("%d hosts and origins up to here", r.targets),
		fmt.Sprintf("at most %d in all faults together", MaxTargets))
}

// shortestRun is how many numbers are worth a range.
const shortestRun = 3

// runs writes numbers, and those that follow each other as ranges.
func runs[N ~uint32](all []N) (texts []string) {
	for i := 0; i < len(all); {
		length := 1
		for i+length < len(all) && all[i+length] == all[i]+N(length) {
			length++
		}
		if length < shortestRun {
			texts, i = append(texts, strconv.Itoa(int(all[i]))), i+1
			continue
		}
		texts, i = append(texts, fmt.Sprintf("%d-%d", all[i], all[i]+N(length)-1)), i+length
	}
	return texts
}
