package butterfly

import (
	"iter"
	"strings"
)

// broken is a file that breaks a rule.
type broken struct{ rule, path, text, complaint string }

// brokenFiles yields the files that break the rule of a name.
func brokenFiles(rule string) iter.Seq[broken] {
	return func(yield func(broken) bool) {
		for _, b := range allBroken() {
			if strings.HasPrefix(rule, b.rule) && !yield(b) {
				return
			}
		}
	}
}

// allBroken has at least one file for every rule, which is named by how it begins.
func allBroken() []broken {
	return []broken{
		{"arrows", "node/swim/x.go", `package swim; import _ "butterfly/node/crdt"`,
			"the parts do not know each other"},
		{"arrows", "sim/x.go", `package sim; import _ "butterfly/netmodel"`, "knows no protocol"},
		{"arrows", "checkers/x.go", `package checkers; import _ "butterfly/node/agent"`,
			"agrees with its mistakes"},
		{"arrows", "scenarios/x.go", `package scenarios; import _ "butterfly/scenarios/world"`,
			"scenarios imports scenarios/world"},
		{"arrows", "scenarios/world/x.go", `package world; import _ "butterfly/cmd/butterfly"`,
			"imports cmd/butterfly"},
		{"arrows", "sim/rng/x.go", `package rng; import _ "butterfly/sim/trace"`, "a leaf"},
		{"arrows", "plots/x.go", `package plots; import _ "butterfly/scenarios"`, "plain result rows"},
		{"arrows", "node/crdt/x.go", `package crdt; import _ "github.com/some/library"`,
			"uses the library github.com/some/library"},
		{"arrows", "attic/x.go", `package attic`, "no row in the table"},

		{"only cmd", "scenarios/hunt/x_test.go", `package hunt; import _ "butterfly/node/live"`,
			"is for cmd alone"},
		{"no peer", "node/swim/x_test.go", `package swim; import _ "github.com/hashicorp/memberlist"`,
			"is a peer"},
		{"nothing in a simulation imports", "scenarios/world/x.go", `package world; import _ "os/exec"`,
			"import of os/exec"},
		{"nothing in a simulation imports", "node/x.go", `package node; import _ "math/rand/v2"`,
			"import of math/rand/v2"},
		{"nothing in a simulation imports", "checkers/x.go", `package checkers; import _ "hash/maphash"`,
			"import of hash/maphash"},

		{"nothing in a simulation reads", "checkers/x_test.go",
			`package checkers; import "time"; var start = time.Now()`, "time.Now is banned"},
		{"nothing in a simulation reads", "scenarios/hunt/x.go",
			`package hunt; import wall "time"; func f() { <-wall.After(1) }`, "time.After is banned"},
		{"no goroutines", "sim/x.go", `package sim; func f() { go f() }`, "a go statement"},
		{"no goroutines", "netmodel/x.go", `package netmodel; func f() { select {} }`,
			"a select statement"},
		{"no range", "node/crdt/x.go",
			`package crdt; type m map[int]bool; func f(x m) { for range x {} }`, "range over a"},
		{"no range", "node/crdt/x.go",
			`package crdt; import "maps"; func f(x map[int]bool) { for range maps.Keys(x) {} }`,
			"maps.Keys is banned"},
		{"no floats", "node/swim/x.go", `package swim; func f(x int) int { return int(1.5 * float64(x)) }`,
			"a float64"},
		{"no floats", "sim/rng/x.go", `package rng; type t struct { share float32 }`, "a float32"},

		{"no package-level", "sim/x.go", `package sim; var count int; func f() { count++ }`,
			"variable count is changed"},
		{"no package-level", "sim/x.go", `package sim; var cache = map[int]int{}; func f() { cache[1] = 2 }`,
			"variable cache is changed"},
		{"no package-level", "sim/x.go", `package sim; var seen [4]struct{ n int }
			func f() { g(&seen[1].n) }; func g(*int) {}`, "variable seen is changed"},
		{"no package-level", "sim/x.go", `package sim; var all = []int{1}; func f() { clear(all) }`,
			"variable all is changed"},
		{"no package-level", "sim/x.go", `package sim; type t struct{}; func (*t) m() {}
			var held t; func f() { held.m() }`, "variable held is changed"},
		{"no package-level", "sim/x.go", `package sim; var kinds [3]int; func f() []int { return kinds[:] }`,
			"variable kinds is changed"},
		{"no exported", "node/swim/x.go", `package swim; var Limit = 3`, "variable Limit is exported"},

		{"packages are named", "node/util/x.go", `package util`, "a package named util"},
		{"no file is longer", "node/x.go", "package node\n" + strings.Repeat("\n", maxLines), "601 lines"},
		{"nothing is left", "node/x.go", "package node\n\n// " + unfinished[0] + ": think", "in a comment"},
		{"no test is skipped", "node/x_test.go",
			`package node; import "testing"; func TestX(t *testing.T) { t.Skip("later") }`, "t.Skip"},
	}
}
