package butterfly

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

var clockReaders = []string{
	"Now", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "Since", "Until",
}

func determinismRules() []rule {
	return []rule{{
		name:  "nothing in a simulation reads or waits for the real clock, its tests included",
		why:   "what depends on how fast the machine is cannot be replayed",
		binds: pure,
		find:  findCalls("time", clockReaders...),
	}, {
		name:  "no goroutines and no select inside a world",
		why:   "the Go scheduler picks among the ready at random; only hunt runs worlds beside each other",
		binds: func(f *source) bool { return pure(f) && !f.test && !f.within("scenarios/hunt") },
		find:  findConcurrency,
	}, {
		name:  "no range over a map",
		why:   "Go shuffles the order, and one send in another order is another universe",
		binds: func(f *source) bool { return pure(f) && f.info != nil },
		find:  findMapRanges,
	}, {
		name: "no floats where decisions are made",
		why: "the compiler fuses multiply and add on arm64 and with GOAMD64=v3, and the result differs in " +
			"its last bit",
		binds: func(f *source) bool {
			return f.within("sim", "netmodel", "node") && pure(f) && f.info != nil
		},
		find: findFloats,
	}}
}

// findCalls returns a finder of mentions of functions of a package of the standard library.
func findCalls(pkg string, functions ...string) func(*source, func(token.Pos, string)) {
	return func(f *source, report func(token.Pos, string)) {
		ast.Inspect(f.file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(functions, s.Sel.Name) {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == localName(f, pkg) {
					report(s.Pos(), fmt.Sprintf("%s.%s is banned here", pkg, s.Sel.Name))
				}
			}
			return true
		})
	}
}

// localName returns the name under which f imports a package, empty if it does not.
func localName(f *source, pkg string) string {
	for _, spec := range f.file.Imports {
		if spec.Path.Value == `"`+pkg+`"` {
			if spec.Name != nil {
				return spec.Name.Name
			}
			return pkg
		}
	}
	return ""
}

func findConcurrency(f *source, report func(token.Pos, string)) {
	ast.Inspect(f.file, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.GoStmt:
			report(n.Pos(), "a go statement is banned here")
		case *ast.SelectStmt:
			report(n.Pos(), "a select statement is banned here")
		}
		return true
	})
}

// findMapRanges finds loops over maps, and iterators over them that are not sorted at once.
func findMapRanges(f *source, report func(token.Pos, string)) {
	sorted := sortedArguments(f)
	findCalls("maps", "Keys", "Values", "All")(f, func(at token.Pos, what string) {
		if !sorted[at] {
			report(at, what)
		}
	})
	ast.Inspect(f.file, func(n ast.Node) bool {
		if r, ok := n.(*ast.RangeStmt); ok {
			if ranged := f.info.TypeOf(r.X); ranged != nil && isMap(ranged) {
				report(r.Pos(), fmt.Sprintf("range over a %v", ranged))
			}
		}
		return true
	})
}

// sortedArguments returns where the arguments of slices.Sorted and its kin begin.
func sortedArguments(f *source) map[token.Pos]bool {
	sorted := map[token.Pos]bool{}
	ast.Inspect(f.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		if s, ok := call.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(s.Sel.Name, "Sorted") {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == localName(f, "slices") {
				sorted[call.Args[0].Pos()] = true
			}
		}
		return true
	})
	return sorted
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func findFloats(f *source, report func(token.Pos, string)) {
	ast.Inspect(f.file, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if basic, ok := f.info.TypeOf(e).(*types.Basic); ok && basic.Info()&types.IsFloat != 0 {
				report(e.Pos(), fmt.Sprintf("a %v", basic))
			}
		}
		return true
	})
}
