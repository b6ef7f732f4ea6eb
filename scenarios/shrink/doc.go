// Package shrink turns a plan that breaks a promise into a small one that breaks it, too.
//
// A run that fails under a storm of forty faults says that something is wrong; one that fails under two
// of them says what. [Shrink] is given an expanded scenario and a [Judge], which runs plans and says
// whether they still break the property, and tries smaller and smaller plans on it. It takes every plan
// that breaks the property and builds on it, so that the steps go like this, and never back:
//
//	plan ──▶ drop later ──▶ spare faults ──▶ spare targets ──▶ shorten, bring forward, round
//	           1 run           ddmin            ddmin            halving
//
//	     ──▶ fewer servers, origins, work, all alike ──▶ no jitter, no loss ──▶ end the run ──▶ decide
//	           bisection                                  canonical schedule      when broken     singles
//
// The first steps are those that make the others cheaper. Faults are minimized by ddmin (Zeller and
// Hildebrandt, IEEE TSE 2002), as are the servers and origins that they name: the origins of all faults
// at once first, for most bugs are about one of them. Lengths are halved until a half will not do. Counts
// are bisected, and that gives up soon: when a bug is a matter of luck, what breaks with ten servers and with
// twelve need not break with eleven, and a search for the very least would cost more runs than it is worth.
//
// # What is kept
//
//   - The property: a plan that breaks another one only is not taken. Whether the cause is the same
//     nobody can know; the shorter the way, the likelier.
//   - The seed. The fate of the k-th packet on a link depends on (seed, link, k) alone, so that a fault
//     that is dropped leaves the luck of all other links as it was: this is what makes plans shrink at
//     all.
//   - The fault budget: no two faults overlap that did not, and a fault is shortened to no less than a
//     second.
//   - [Size], in each component: no step makes anything larger.
//
// The result is 1-minimal: no single fault can be spared. So each plan with one fault less is known to
// hold the property when the search is over, but only in a run that ends where the other has broken it:
// that proves nothing. One of them whose run passes when it goes on until all is judged is the nearest plan
// that passes: [Result.Decisive] says which fault to leave out, [Result.Passing] returns the plan. Lay the
// two runs side by side, and the difference is the bug. There need be none: what is broken by luck may be
// broken later without any one of the faults, too.
//
// Nothing else about the result is least. It is no fixed point either: what a step has tried in vain may
// do after a later step, so that shrinking the result again can find less. Of a bug that takes certain
// faults, targets and lengths, and nothing else, it finds no less; of one by luck, mostly a few origins or
// seconds, and now and then a fault. To repeat all steps until none finds anything would take too many runs,
// as the table below shows; whoever wants that shrinks the result.
//
// # What it costs
//
// Runs, and they are counted: a plan is judged once, whatever asks for it. To find k faults among n takes
// about 2k log2(n/k) of them, and what follows some ten for each of the k. On average over 20 plans that
// failed, each of a storm of 40 faults (BUTTERFLY_FULL=1 go test ./scenarios/shrink -run Shrunk\|Sixty -v):
//
//	bug                                                   faults left  runs  the result again
//	planted: a crash, a pause of the same server later            2.0  46.8  12.0, less in 13 of 20
//	by luck: a merge that is no join, in package literal          3.2  58.8  26.8, less in 18 of 20
//
// # The caller's duties
//
// The judge is a function: the same plan, the same outcome. It may take as long as it likes, and end the
// search by an error; Shrink then returns the best plan so far. This package starts no goroutine and reads
// no file.
package shrink
