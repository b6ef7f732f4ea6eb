package butterfly

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

func stateRules() []rule {
	library := func(f *source) bool { return f.info != nil && f.file.Name.Name != "main" }
	return []rule{{
		name:  "no package-level variable changes",
		why:   "two worlds in one process must never influence each other",
		binds: library,
		find:  findGlobalWrites,
	}, {
		name:  "no exported variable but errors",
		why:   "whoever imports the package could change it for everybody",
		binds: library,
		find:  findExportedVariables,
	}}
}

// findGlobalWrites finds assignments to package-level variables, or to what they hold, and everything
// that takes their address or gives away their memory.
func findGlobalWrites(f *source, report func(token.Pos, string)) {
	check := func(e ast.Expr) {
		if v := f.global(e); v != nil {
			report(e.Pos(), fmt.Sprintf("the package-level variable %s is changed here, or could be", v.Name()))
		}
	}
	ast.Inspect(f.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, target := range n.Lhs {
				check(target)
			}
		case *ast.IncDecStmt:
			check(n.X)
		case *ast.RangeStmt:
			check(n.Key)
			check(n.Value)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				check(n.X)
			}
		case *ast.CallExpr:
			for _, changed := range f.changedByCall(n) {
				check(changed)
			}
		case *ast.ReturnStmt:
			for _, result := range n.Results {
				if f.shares(result) {
					check(result)
				}
			}
		}
		return true
	})
}

// changedByCall returns what a call can change: what a builtin writes to, and the receiver of a method
// that has a pointer to it.
func (f *source) changedByCall(call *ast.CallExpr) []ast.Expr {
	switch function := call.Fun.(type) {
	case *ast.Ident:
		_, builtin := f.info.Uses[function].(*types.Builtin)
		if n := function.Name; builtin && (n == "copy" || n == "clear" || n == "delete") {
			return call.Args[:1]
		}
	case *ast.SelectorExpr:
		if s := f.info.Selections[function]; s != nil && s.Kind() == types.MethodVal {
			_, pointer := s.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
			if pointer {
				return []ast.Expr{function.X}
			}
		}
	}
	return nil
}

// shares reports whether whoever gets the value of e gets hold of the memory behind it.
func (f *source) shares(e ast.Expr) bool {
	switch f.info.TypeOf(e).Underlying().(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		return true
	}
	return false
}

// global returns the package-level variable that e is or is a part of, nil if there is none.
func (f *source) global(e ast.Expr) *types.Var {
	switch e := e.(type) {
	case *ast.Ident:
		if v, ok := f.info.Uses[e].(*types.Var); ok && v.Parent() == f.scope {
			return v
		}
	case *ast.SelectorExpr:
		return f.global(e.X)
	case *ast.IndexExpr:
		return f.global(e.X)
	case *ast.SliceExpr:
		return f.global(e.X)
	case *ast.StarExpr:
		return f.global(e.X)
	case *ast.ParenExpr:
		return f.global(e.X)
	}
	return nil
}

func findExportedVariables(f *source, report func(token.Pos, string)) {
	for _, d := range f.file.Decls {
		declaration, ok := d.(*ast.GenDecl)
		if !ok || declaration.Tok != token.VAR {
			continue
		}
		for _, spec := range declaration.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.IsExported() && f.info.TypeOf(name) != types.Universe.Lookup("error").Type() {
					report(name.Pos(), fmt.Sprintf("the variable %s is exported", name.Name))
				}
			}
		}
	}
}
