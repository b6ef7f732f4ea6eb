package butterfly

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// module is the path of the main module.
const module = "butterfly"

// source is one Go file of the module.
type source struct {
	path   string // below the module's root, with slashes
	dir    string // its folder, which is the import path below the module; "." for the root
	test   bool
	text   string
	tokens *token.FileSet
	file   *ast.File
	// info has the types of a file that belongs to the build, and is nil for a test or a file that its
	// build tags leave out.
	info  *types.Info
	scope *types.Scope // of its package, with info
}

// line returns the line that pos is on.
func (f *source) line(pos token.Pos) int { return f.tokens.Position(pos).Line }

// within reports whether the file lies in one of the folders, or anywhere below one.
func (f *source) within(folders ...string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return f.dir == folder || strings.HasPrefix(f.dir, folder+"/")
	})
}

// load parses every Go file of the module, and finds out the types in those that are built.
func load(t *testing.T) []*source {
	tokens := token.NewFileSet()
	var all []*source
	// Walked rather than listed, so that go test knows which files its cached verdict depends on.
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enterFolder(name)
		}
		if strings.HasSuffix(name, ".go") {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			all = append(all, parse(t, tokens, filepath.ToSlash(name), string(text)))
		}
		return nil
	})
	require.NoError(t, err)
	addTypes(newImporter(t), tokens, all)
	return all
}

// enterFolder skips what is not part of the module: nested modules, test data, hidden folders.
func enterFolder(name string) error {
	base := filepath.Base(name)
	if name != "." && (base[0] == '.' || base[0] == '_' || base == "testdata") {
		return filepath.SkipDir
	}
	_, err := os.Stat(filepath.Join(name, "go.mod"))
	if name != "." && !errors.Is(err, fs.ErrNotExist) {
		return filepath.SkipDir
	}
	return nil
}

func parse(t *testing.T, tokens *token.FileSet, name, text string) *source {
	file, err := parser.ParseFile(tokens, name, text, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	return &source{
		path: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
		text: text, tokens: tokens, file: file,
	}
}

// addTypes type-checks the packages that the files make up. Errors are the compiler's business.
func addTypes(importer types.Importer, tokens *token.FileSet, all []*source) {
	packages := map[string][]*source{}
	for _, f := range all {
		if !f.test && built(f) {
			packages[f.dir] = append(packages[f.dir], f)
		}
	}
	for dir, sources := range packages {
		info := &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{},
			Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		}
		files := make([]*ast.File, len(sources))
		for i, f := range sources {
			files[i] = f.file
		}
		config := types.Config{Importer: importer, Error: func(error) {}}
		checked, _ := config.Check(path.Join(module, dir), tokens, files, info)
		for _, f := range sources {
			f.info, f.scope = info, checked.Scope()
		}
	}
}

// built reports whether a build without tags includes the file. A condition that excludes a tag is met,
// any other is not: this module has no files for single platforms.
func built(f *source) bool {
	for _, group := range f.file.Comments {
		for _, c := range group.List {
			if condition, found := strings.CutPrefix(c.Text, "//go:build "); found {
				return strings.HasPrefix(condition, "!")
			}
		}
	}
	return true
}

// newImporter imports the module's packages and all they depend on from what the compiler has exported.
func newImporter(t *testing.T) types.Importer {
	exports, err := listExports()
	require.NoError(t, err, "go list")
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
}

// listExports returns the file of exported declarations for each import path.
var listExports = sync.OnceValues(func() (map[string]string, error) {
	list := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", "./...")
	list.Stderr = os.Stderr
	text, err := list.Output()
	exports := map[string]string{}
	for d := json.NewDecoder(bytes.NewReader(text)); err == nil && d.More(); {
		var listed struct{ ImportPath, Export string }
		err = d.Decode(&listed)
		exports[listed.ImportPath] = listed.Export
	}
	return exports, err
})

// sourceOf makes a source of a file that exists only in a test.
func sourceOf(t *testing.T, importer types.Importer, name, text string) *source {
	f := parse(t, token.NewFileSet(), name, text)
	addTypes(importer, f.tokens, []*source{f})
	return f
}
