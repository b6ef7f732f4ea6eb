package spec

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"

	"butterfly/node/health"
	"butterfly/sim/form"
	"butterfly/sim/strict"
)

// maxWindow is how many results a window may have, as health has it.
const maxWindow = 64

// semantics is a word, or a mapping for the one kind that has parameters.
func semantics() field[health.Definition] {
	words := form.Word(health.Semantics.String, health.Consecutive, health.Immediate)
	words.Expected += ", or {window: 10, threshold: 7}"
	return field[health.Definition]{
		key: "semantics",
		means: "how results make a status: rise and fall in a row, a share of a window, " +
			"or each result",
		schema: form.AnyOf(words.Schema, schemaOf(windowFields())),
		read: func(r *reader, path string, node ast.Node, into *health.Definition) (problem *Error) {
			if _, isMapping := node.(ast.MapNode); isMapping {
				return readWindow(r, path, node, into)
			}
			into.Semantics, problem = words.Read(r.Document, path, node)
			return problem
		},
		write: writeSemantics,
	}
}

func windowFields() []field[health.Definition] {
	type check = health.Definition
	return []field[check]{
		scalar("window", "how many of the last results count", form.Whole[int](1, maxWindow),
			func(c *check) *int { return &c.Window }).must(),
		scalar("threshold", "how many of them must be successes", form.Whole[int](1, maxWindow),
			func(c *check) *int { return &c.Threshold }).must(),
	}
}

func readWindow(r *reader, path string, node ast.Node, into *health.Definition) *Error {
	into.Semantics = health.Window
	places, problem := readMapping(r, path, node, windowFields(), into)
	if problem == nil && into.Threshold > into.Window {
		return r.Wrong(strict.Child(path, "threshold"), places["threshold"], fmt.Sprint(into.Threshold),
			fmt.Sprintf("at most the window of %d", into.Window))
	}
	return problem
}

func writeSemantics(w *writer, key string, from, otherwise *health.Definition) {
	switch {
	case from.Semantics == health.Window:
		w.line("%s: {window: %d, threshold: %d}", key, from.Window, from.Threshold)
	case w.mustSay(from.Semantics == otherwise.Semantics, from.Semantics == 0):
		w.line("%s: %v", key, from.Semantics)
	}
}
