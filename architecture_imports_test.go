package butterfly

import (
	"fmt"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// arrow says what the packages in a folder may import of this module, and which libraries beside the
// standard one.
type arrow struct {
	folder    string
	imports   []string // folders; one with "/..." includes those below
	libraries []string
	why       string
}

var leaves = []string{"sim/clock", "sim/rng", "sim/invariant", "sim/trace"}

// arrows has a row for every folder with a package; the longest folder that matches counts.
var arrows = []arrow{
	{folder: ".", why: "the root is a page to read"},
	{folder: "sim/clock", why: "a leaf: everything imports it"},
	{folder: "sim/rng", why: "a leaf: everything imports it"},
	{folder: "sim/invariant", why: "a leaf: anything may assert"},
	{folder: "sim/trace", imports: []string{"sim/clock", "sim/rng"},
		libraries: []string{"github.com/klauspost/compress"},
		why:       "a trace is read by tools that know no protocol"},
	{folder: "sim/strict", libraries: []string{"github.com/goccy/go-yaml"},
		why: "what is wrong with a file is said in one way, whatever its keys mean"},
	{folder: "sim/form", imports: []string{"sim/rng", "sim/strict"},
		libraries: []string{"github.com/goccy/go-yaml"},
		why:       "a value is written in one way in all files, whatever key it has"},
	{folder: "sim", imports: with(leaves, "node"),
		why: "the kernel knows no protocol: it drives machines of any kind"},
	{folder: "netmodel", imports: with(leaves, "node"),
		why: "a network does not know what it carries"},
	{folder: "node", imports: leaves, why: "the contract depends on nothing it is a contract for"},
	{folder: "node/contact", why: "a rule about addresses, whatever an address is"},
	{folder: "node/swim", imports: with(leaves, "node"), why: partsAlone},
	{folder: "node/rendezvous", imports: with(leaves, "node"), why: partsAlone},
	{folder: "node/crdt", imports: with(leaves, "node"), why: partsAlone},
	{folder: "node/health", imports: with(leaves, "node"), why: partsAlone},
	{folder: "node/origin", why: "how origins are written down is nobody's part, and everybody's"},
	{folder: "node/routing", imports: with(leaves, "node"), why: partsAlone},
	{folder: "node/gossip", imports: with(leaves, "node", "node/crdt"),
		why: "gossip spreads a map, whatever is in it"},
	{folder: "node/wire", imports: with(leaves, "node", "node/swim", "node/crdt", "node/gossip",
		"node/origin"),
		why: "the codec knows the messages of the parts and not what is done with them"},
	{folder: "node/agent", imports: with(leaves, "node", "node/swim", "node/rendezvous", "node/crdt",
		"node/gossip", "node/health", "node/origin", "node/routing", "node/wire"),
		why: "a server does not know whether it is simulated"},
	{folder: "node/live", imports: with(leaves, "node/..."),
		libraries: []string{"github.com/prometheus/client_golang"},
		why:       "the live driver is a driver like the simulator, and needs nothing of it"},
	{folder: "node/live/view", why: "what a node shows is plain values: who fills them in and who prints them"},
	{folder: "node/live/seal", why: "secrecy knows bytes, and not what they say"},
	{folder: "node/live/endpoint", why: "an address is text here: who resolves or dials it is elsewhere"},
	{folder: "node/live/names", imports: with(leaves, "node", "node/crdt", "node/gossip", "node/health",
		"node/origin", "node/rendezvous", "node/swim", "node/wire", "node/live/endpoint"),
		why: "names are for people and for the wire; the machine has numbers"},
	{folder: "node/live/probe", imports: with(leaves, "node", "node/health"),
		why: "a probe looks at an origin, and does not know who asked"},
	{folder: "node/live/spec", imports: with(leaves, "node", "node/agent", "node/health", "node/routing",
		"node/live/endpoint", "node/live/names", "sim/form", "sim/strict"),
		libraries: []string{"github.com/goccy/go-yaml"},
		why:       "a file is text: whoever reads it from a disk knows where it is"},
	{folder: "node/live/record", imports: with(leaves, "node", "node/agent", "node/live/names", "node/wire",
		"node/health", "node/rendezvous", "node/routing", "node/swim", "node/gossip"),
		libraries: []string{"github.com/klauspost/compress"},
		why:       "a recording is replayed without a socket or a clock"},
	{folder: "node/live/limit", why: "a limit does not know what comes over a connection"},
	{folder: "node/live/replace", why: "a file is replaced as a whole, whatever is in it"},
	{folder: "node/live/api", imports: []string{"node/live/endpoint", "node/live/limit", "node/live/replace",
		"node/live/view"},
		libraries: []string{"github.com/prometheus/client_golang"},
		why:       "the API shows what a node shows, and cannot reach into it"},
	{folder: "checkers", imports: with(leaves, "node"),
		why: "a checker that asks the implementation agrees with its mistakes"},
	{folder: "scenarios", imports: with(leaves, "node", "netmodel"),
		why: "a scenario is a value; running it is the business of the folders below"},
	{folder: "scenarios/world", imports: with(leaves, "node", "node/contact", "sim", "netmodel", "checkers", "scenarios"),
		why: "the world runs any machine, so it must not know ours"},
	{folder: "scenarios/cluster", imports: with(leaves, "node/...", "sim", "netmodel", "checkers",
		"scenarios/..."),
		why: "the one place where scenarios meet our own servers"},
	{folder: "scenarios/group", imports: with(leaves, "node", "node/swim", "node/wire", "netmodel",
		"checkers", "scenarios", "scenarios/world"),
		why: "SWIM alone: what is measured here must not lean on the rest of a server"},
	{folder: "scenarios/replicas", imports: with(leaves, "node", "node/rendezvous", "node/crdt",
		"node/gossip", "node/wire", "netmodel", "checkers", "scenarios", "scenarios/world"),
		why: "the map alone: what is measured here must not lean on the rest of a server"},
	{folder: "scenarios/spread", imports: with(leaves, "node/...", "netmodel", "checkers",
		"scenarios/..."),
		why: "a measurement of the map alone beside the theory of it"},
	{folder: "scenarios/explore", imports: leaves,
		why: "exploration knows models of executions, and nothing of what they model"},
	{folder: "scenarios/stage", imports: with(leaves, "checkers", "scenarios/..."),
		why: "who runs a scenario need not know what kind of world it takes"},
	{folder: "scenarios/file", imports: with(leaves, "node", "netmodel", "scenarios", "scenarios/stage",
		"sim/form", "sim/strict"),
		libraries: []string{"github.com/goccy/go-yaml"},
		why:       "a file is text: whoever reads it from a disk or prints it knows where it is"},
	{folder: "scenarios/tune", imports: with(leaves, "node", "node/swim", "checkers", "scenarios/..."),
		why: "tuning chooses parameters, and asks for runs and their figures"},
	{folder: "scenarios/rivals", imports: with(leaves, "node/...", "netmodel", "checkers", "scenarios",
		"scenarios/world", "scenarios/replicas", "scenarios/rivals/..."),
		libraries: []string{"go.etcd.io/raft", "google.golang.org/protobuf"},
		why:       "a rival enters by the same door as any machine"},
	{folder: "scenarios/cap", imports: with(leaves, "node/...", "netmodel", "checkers", "scenarios/..."),
		libraries: []string{"github.com/anishathalye/porcupine"},
		why:       "a register, twice: available by the map, consistent by raft"},
	{folder: "scenarios/planet", imports: with(leaves, "node", "checkers", "scenarios/..."),
		why: "data centres share the truth about origins, and nothing of what their servers say"},
	{folder: "scenarios/versus", imports: with(leaves, "node", "checkers", "scenarios/..."),
		why: "a comparison asks for runs and their figures, the same of every design"},
	{folder: "scenarios/fidelity", imports: with(leaves, "node", "node/agent", "node/health", "node/wire",
		"netmodel", "checkers", "scenarios", "scenarios/world"),
		why: "what live servers are compared with knows no socket, and nothing of whoever drives them"},
	{folder: "scenarios/search", imports: with(leaves, "node", "scenarios", "scenarios/explore",
		"scenarios/world"),
		libraries: []string{"pgregory.net/rapid"},
		why:       "who chooses plans knows what a scenario may ask for, and what came of others"},
	{folder: "scenarios/hunt", imports: with(leaves, "node", "checkers", "scenarios/..."),
		why: "hunting asks for runs and their results, not for what happens inside"},
	{folder: "scenarios/universe", imports: with(leaves, "node", "netmodel", "checkers", "scenarios/..."),
		libraries: []string{"pgregory.net/rapid"},
		why:       "a test of somebody's own protocol runs it as we run ours"},
	{folder: "scenarios/universe/examples", imports: with(leaves, "node"),
		why: "an example is somebody's own protocol: it knows the contract, and nothing of the harness"},
	{folder: "scenarios/zoo",
		why: "a planted bug is text; who hunts it runs the command, as a user would"},
	{folder: "scenarios/shrink", imports: with(leaves, "node", "netmodel", "scenarios", "scenarios/stage"),
		why: "shrinking knows plans, and whoever runs them says what came of it"},
	{folder: "plots", libraries: []string{"gonum.org/v1/plot", "golang.org/x/image/font"},
		why: "a figure is a function of plain result rows"},
	{folder: "cmd", imports: with(nil, "sim/...", "node/...", "netmodel", "checkers", "scenarios/...",
		"plots"),
		libraries: []string{"*"},
		why:       "nothing imports a command"},
}

const partsAlone = "the parts do not know each other; only the agent composes them"

func with(some []string, more ...string) []string { return slices.Concat(some, more) }

func importRules() []rule {
	return []rule{{
		name:  "arrows run one way: cmd, scenarios, {sim, netmodel, checkers, node/*}, node, leaves",
		why:   "a part that knows only what is below it can be read, tested and replaced alone",
		binds: func(f *source) bool { return !f.test },
		find:  findArrows,
	}, {
		name:  "only cmd imports node/live",
		why:   "it is the one impure library package: sockets, goroutines and the real clock",
		binds: func(f *source) bool { return !f.within("cmd", "node/live") },
		find:  findImports("is for cmd alone", "butterfly/node/live"),
	}, {
		name:  "no peer in the main module",
		why:   "a comparison that imports a peer lives in a nested module, so that users' graphs stay clean",
		binds: func(*source) bool { return true },
		find:  findImports("is a peer that we compare with", "github.com/hashicorp/memberlist"),
	}, {
		name:  "nothing in a simulation imports the world outside",
		why:   "a run is a function of (build, scenario, seed); files, sockets and entropy are not among them",
		binds: func(f *source) bool { return pure(f) && !f.test && !leavesFiles(f) },
		find: findImports("is banned here",
			"os", "net", "math/rand", "crypto/rand", "hash/maphash", "syscall"),
	}}
}

// pure reports whether a file belongs to what runs inside a simulation.
func pure(f *source) bool {
	return f.within("sim", "node", "netmodel", "checkers", "scenarios") && !f.within("node/live") &&
		f.file.Name.Name != "main"
}

// leavesFiles reports whether a file belongs to the package for users' tests, which reads their environment
// and leaves bundles where go test keeps what a test leaves. Nothing of it runs inside a simulation.
func leavesFiles(f *source) bool { return f.dir == "scenarios/universe" }

// arrowOf returns the row for a folder.
func arrowOf(dir string) (best arrow, found bool) {
	for _, a := range arrows {
		if covers([]string{a.folder + "/..."}, dir) && (!found || len(a.folder) > len(best.folder)) {
			best, found = a, true
		}
	}
	return best, found
}

// covers reports whether one of the folders is dir, or includes it by "/...".
func covers(folders []string, dir string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		above, below := strings.CutSuffix(folder, "/...")
		return dir == above || below && strings.HasPrefix(dir, above+"/")
	})
}

// importsOf calls yield for every import of f.
func importsOf(f *source, yield func(at token.Pos, imported string)) {
	for _, spec := range f.file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		yield(spec.Pos(), imported)
	}
}

func findArrows(f *source, report func(token.Pos, string)) {
	row, found := arrowOf(f.dir)
	if !found {
		report(f.file.Package, fmt.Sprintf("the folder %s has no row in the table of arrows", f.dir))
		return
	}
	importsOf(f, func(at token.Pos, imported string) {
		ours, isOurs := strings.CutPrefix(imported, module+"/")
		first, _, _ := strings.Cut(imported, "/")
		switch {
		case isOurs && !covers(row.imports, ours) && !f.sameCommand(ours):
			report(at, fmt.Sprintf("%s imports %s: %s", f.dir, ours, row.why))
		case !isOurs && strings.Contains(first, ".") && !row.mayUse(imported):
			report(at, fmt.Sprintf("%s uses the library %s, which is not in its row of the table of arrows",
				f.dir, imported))
		}
	})
}

// sameCommand reports whether an import stays within one command.
func (f *source) sameCommand(imported string) bool {
	return f.within("cmd") && strings.HasPrefix(imported, "cmd/")
}

func (a *arrow) mayUse(library string) bool {
	return slices.ContainsFunc(a.libraries, func(allowed string) bool {
		return allowed == "*" || library == allowed || strings.HasPrefix(library, allowed+"/")
	})
}

// findImports returns a finder of imports of the given packages and those below them.
func findImports(what string, banned ...string) func(*source, func(token.Pos, string)) {
	return func(f *source, report func(token.Pos, string)) {
		importsOf(f, func(at token.Pos, imported string) {
			for _, b := range banned {
				if covers([]string{b + "/..."}, imported) {
					report(at, fmt.Sprintf("the import of %s %s", imported, what))
				}
			}
		})
	}
}
