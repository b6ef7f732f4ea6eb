// Package universe is for protocols that are not ours: a constructor, a scenario and checkers
// become a Go test, and one seed is one universe.
//
// # What you write
//
// Your servers are state machines by the contract of package node: an input in, effects out, and no
// clock, socket, goroutine or randomness of their own. One _test.go file does the rest:
//
//	func TestCommit(t *testing.T) {
//		universe.Test(t, universe.Spec[Message]{
//			Scenario: scenarios.Scenario{
//				Servers: 5, Duration: scenarios.Span(3 * time.Minute),
//				Latency: scenarios.Latency{Latency: netmodel.Uniform(time.Millisecond, 20*time.Millisecond)},
//				Storm:   &scenarios.Storm{From: ..., To: ..., Crashes: 3, Partitions: 2, Losses: 1},
//			},
//			Machine: func(self node.ID, servers int, luck rng.Rand) node.Machine[Message] {
//				return NewServer(self, servers, luck)
//			},
//			Checkers: func(plan *scenarios.Scenario) []checkers.Checker { return promises(plan.Servers) },
//		})
//	}
//
// The scenario is what a run goes through. A [scenarios.Storm] asks for so many faults of each kind
// between two times, and the seed draws them; what comes after it is for your protocol to settle.
// Faults at given times go into Faults. What your protocol does not promise to survive
// [Spec.Survives] leaves out, such as crashes that take the disk with them.
//
// The servers' workload is their own: a client is a machine like the others, told apart by its
// number. What happens they say by events, node.Event of a kind from node.UserEvents on, and the
// checkers judge these: [checkers.Always], [checkers.Eventually] and [checkers.Sometimes] take a
// function each.
//
// # What you get
//
// A subtest for each seed. One that fails says what broke, with values; the few faults that it
// takes, found by package shrink; and the commands that show it again:
//
//	--- FAIL: TestToken/seed=0x0000000000000002
//	    FAIL     token, seed 0x0000000000000002: one-holder is broken at 13.2s: servers 0 and 1 both ...
//	    faults   1 of 3, 3 servers, a run of 15s; found in 11 runs
//	             10s partition server 1 from the rest, one way for 5s
//	    bundle   .../token-0x0000000000000002.json
//	    again    go test -run '^TestToken$/^seed=0x0000000000000002$' example.com/ring
//	    replay   BUTTERFLY_REPLAY='.../token-0x0000000000000002.json' go test -run '^TestToken$' ...
//
// A panic is the failure of a property of its own, [NoPanic], and is shrunk as well. Every seed is
// played twice: if the two runs differ, the test names the first event in which they do, for then
// your machine depends on something that is not in the seed, and nothing else it shows can be
// trusted. And what passes is questioned: if no seed has ever reached what a Sometimes waits for,
// or felt the faults of some kind, the test fails as vacuous. The rest is for -v: how many faults
// of which kind had an effect, and the bound on failing seeds that the test supports.
//
// The names of the environment are those of the command's flags:
//
//	BUTTERFLY_SEEDS=A-B    which seeds; both included
//	BUTTERFLY_N=COUNT      how many, from 1 on
//	BUTTERFLY_SHARD=i/n    every n-th of them, from the i-th on: for several machines
//	BUTTERFLY_RECHECK=5%   the share that is played twice; all of them if it is not set
//	BUTTERFLY_REPLAY=FILE  the run in a bundle, in place of all seeds
//
// go test -artifacts keeps the bundles. A replayed bundle fails the test as long as what it broke
// is broken, and passes when that holds: after the bug is mended it is a test that it stays so.
// Where machines read the log (go test -json), attributes tell them the seed, the verdict, the
// fingerprint and, of a failure, the property, the number of faults and the bundle.
//
// # Other ways to choose plans
//
//	[Test]   seeds draw them
//	[Plans]  rapid draws and shrinks them; [Hold] plays them inside rapid.Check
//	[Fuzz]   go test -fuzz makes them up, from bytes; what fails is shrunk as a plan
//	[Hunt]   seeds, and the first failure is the result: for what is known to fail
//
// # The caller's duties
//
// Spec.Machine, Spec.Checkers and Spec.Survives are called for several runs at once and share
// nothing between them: whatever a checker remembers it makes anew. Machine goes by the number of
// servers it is given, which the seed may draw and shrinking may lower. Equal inputs give equal
// effects; ranging over a map to send is how most machines break this.
//
// Read examples/commit and examples/backup for protocols with known flaws, found in this way.
package universe
