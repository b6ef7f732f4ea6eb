package butterfly

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rule is something that source files must keep to.
type rule struct {
	name string
	// why is what breaks without the rule: a rule whose reason nobody knows is in the way.
	why string
	// binds reports whether the rule holds for a file.
	binds func(f *source) bool
	// find reports every place in f that breaks the rule, and what is wrong there.
	find func(f *source, report func(at token.Pos, what string))
}

// rules are all of them, in the order of the files they are defined in.
func rules() []rule {
	return slices.Concat(importRules(), determinismRules(), stateRules(), houseRules())
}

// One test for the whole house: every rule over every file of the module.
func TestArchitecture(t *testing.T) {
	for _, f := range load(t) {
		for _, complaint := range inspect(f, rules()) {
			t.Error(complaint)
		}
	}
}

// inspect returns a line for every place in f that breaks a rule.
//
// "//arch:allow reason" on the line above allows whatever a rule forbids there; in the comment of a
// function it allows it in the whole function. An allowance without a reason, or one that allows nothing,
// is a complaint of its own.
func inspect(f *source, rules []rule) []string {
	var complaints []string
	allowances := findAllowances(f)
	for _, r := range rules {
		if !r.binds(f) {
			continue
		}
		seen := map[int]bool{}
		r.find(f, func(at token.Pos, what string) {
			line := f.line(at)
			if allowed(allowances, line) || seen[line] {
				return
			}
			seen[line] = true
			complaints = append(complaints,
				fmt.Sprintf("%s:%d: %s\n\trule: %s\n\twhy:  %s", f.path, line, what, r.name, r.why))
		})
	}
	for _, a := range allowances {
		if a.reason == "" || !a.used {
			complaints = append(complaints, fmt.Sprintf(
				"%s:%d: this arch:allow has no reason, or nothing to allow", f.path, a.at))
		}
	}
	return complaints
}

// allowance is one "//arch:allow reason".
type allowance struct {
	at          int // its own line
	first, last int // the lines it allows
	reason      string
	used        bool
}

const allowPrefix = "//arch:allow"

func findAllowances(f *source) []*allowance {
	var all []*allowance
	for _, group := range f.file.Comments {
		for _, c := range group.List {
			if reason, found := strings.CutPrefix(c.Text, allowPrefix); found {
				next := f.line(group.End()) + 1
				all = append(all, &allowance{
					at: f.line(c.Pos()), first: next, last: max(next, lastLineOfFunction(f, group)),
					reason: strings.TrimSpace(reason),
				})
			}
		}
	}
	return all
}

// lastLineOfFunction returns the last line of the function that doc is the comment of, 0 if of none.
func lastLineOfFunction(f *source, doc *ast.CommentGroup) int {
	for _, d := range f.file.Decls {
		if function, ok := d.(*ast.FuncDecl); ok && function.Doc == doc {
			return f.line(function.End())
		}
	}
	return 0
}

func allowed(all []*allowance, line int) bool {
	found := false
	for _, a := range all {
		if a.first <= line && line <= a.last {
			a.used, found = true, true
		}
	}
	return found
}

// TestEveryRuleFires shows for each rule a file that breaks it: a rule that cannot fire protects nothing.
func TestEveryRuleFires(t *testing.T) {
	importer := newImporter(t)
	for _, r := range rules() {
		broken := slices.Collect(brokenFiles(r.name))
		require.NotEmpty(t, broken, "no file shows that the rule %q fires", r.name)
		for _, b := range broken {
			f := sourceOf(t, importer, b.path, b.text)
			require.True(t, r.binds(f), "%s: does not bind %s", r.name, b.path)
			complaints := strings.Join(inspect(f, []rule{r}), "\n")
			require.Contains(t, complaints, b.complaint, "%s does not fire on\n%s", r.name, b.text)
			require.Contains(t, complaints, r.why)
		}
	}
}

func TestAllowances(t *testing.T) {
	importer := newImporter(t)
	for _, c := range []struct{ name, text, complaint string }{
		{"line", "func f() {\n\t//arch:allow a test\n\tgo f()\n}", ""},
		{"function", "//arch:allow a test\nfunc f() {\n\n\tgo f()\n\tgo f()\n}", ""},
		{"sorted keys", "import (\"maps\"; \"slices\")\n" +
			"func f(m map[int]int) []int { return slices.Sorted(maps.Keys(m)) }", ""},
		{"another line", "func f() {\n\t//arch:allow a test\n\n\tgo f()\n}", "x.go:6: a go statement"},
		{"no reason", "func f() {\n\t//arch:allow\n\tgo f()\n}", "has no reason"},
		{"nothing to allow", "//arch:allow a test\nfunc f() {}", "nothing to allow"},
	} {
		f := sourceOf(t, importer, "sim/x.go", "package sim\n\n"+c.text)
		complaints := strings.Join(inspect(f, determinismRules()), "\n")
		if c.complaint == "" {
			require.Empty(t, complaints, c.name)
		}
		require.Contains(t, complaints, c.complaint, c.name)
	}
}
