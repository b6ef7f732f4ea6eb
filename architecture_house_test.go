package butterfly

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const maxLines = 600

// Put together so that this file keeps its own rule.
var unfinished = []string{"TO" + "DO", "FIX" + "ME", "XX" + "X"}

func houseRules() []rule {
	always := func(*source) bool { return true }
	return []rule{{
		name:  "packages are named after what they hold",
		why:   "a drawer called util is where things go to be forgotten",
		binds: always,
		find: func(f *source, report func(token.Pos, string)) {
			for _, name := range []string{f.file.Name.Name, path.Base(f.dir)} {
				if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc"}, name) {
					report(f.file.Package, "a package named "+name)
				}
			}
		},
	}, {
		name:  "no file is longer than 600 lines",
		why:   "one concept a file can be read in one sitting",
		binds: always,
		find: func(f *source, report func(token.Pos, string)) {
			if n := strings.Count(f.text, "\n"); n > maxLines {
				report(f.file.Package, fmt.Sprintf("%d lines", n))
			}
		},
	}, {
		name:  "nothing is left for later in a comment",
		why:   "what is to be done is an issue; what is in the tree is done",
		binds: always,
		find:  findUnfinished,
	}, {
		name:  "no test is skipped",
		why:   "a test that does not run says pass about something it has not seen",
		binds: func(f *source) bool { return f.test },
		find:  findSkips,
	}}
}

func findUnfinished(f *source, report func(token.Pos, string)) {
	for _, group := range f.file.Comments {
		for _, c := range group.List {
			for _, word := range unfinished {
				if strings.Contains(c.Text, word) {
					report(c.Pos(), word+" in a comment")
				}
			}
		}
	}
}

func findSkips(f *source, report func(token.Pos, string)) {
	ast.Inspect(f.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		s, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, s.Sel.Name) {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && slices.Contains([]string{"t", "b", "f", "tb"}, x.Name) {
			report(call.Pos(), x.Name+"."+s.Sel.Name)
		}
		return true
	})
}

// The architecture is learnt in the package comments.
func TestEveryPackageIsExplained(t *testing.T) {
	require.Empty(t, unexplained(load(t)))
}

func TestUnexplainedPackagesAreFound(t *testing.T) {
	importer := newImporter(t)
	bare := sourceOf(t, importer, "node/x.go", "package node")
	documented := sourceOf(t, importer, "node/doc.go", "// Package node is a contract.\npackage node")
	generator := sourceOf(t, importer, "node/gen.go", "//go:build ignore\n\npackage main")
	require.Equal(t, []string{"node has no package comment"}, unexplained([]*source{bare, generator}))
	require.Empty(t, unexplained([]*source{bare, documented, generator}))
	require.Equal(t, []string{"node has 2 package comments"},
		unexplained([]*source{documented, documented}))
}

// unexplained returns a complaint for every package that does not have exactly one package comment.
func unexplained(sources []*source) []string {
	comments := map[string]int{}
	for _, f := range sources {
		if f.test || !built(f) {
			continue
		}
		comments[f.dir] += 0
		if f.file.Doc != nil {
			comments[f.dir]++
		}
	}
	var complaints []string
	for _, dir := range slices.Sorted(maps.Keys(comments)) {
		switch n := comments[dir]; n {
		case 0:
			complaints = append(complaints, dir+" has no package comment")
		case 1:
		default:
			complaints = append(complaints, fmt.Sprintf("%s has %d package comments", dir, n))
		}
	}
	return complaints
}
