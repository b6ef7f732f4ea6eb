// Package search chooses what to run next: which plan of faults goes with a seed.
//
// # The model
//
// A [Strategy] is made for a scenario and turns seeds into plans: scenarios that are expanded, with all
// that is to go wrong as plain data. A run is a function of its plan and its seed, so that whoever stores,
// replays or shrinks it need not know how it was chosen. The seed decides the rest of the luck, too: two
// seeds with the same plan are two runs.
//
//	scenario ──New──▶ Strategy ──Plan(seed)──▶ expanded scenario ──▶ run ──▶ result
//	                     ▲                                                     │
//	                     └──────────────────Learn, in the order of the seeds───┘
//
//	random      all that the scenario asks for, each time
//	swarm       a random subset of it
//	weighted    a subset, in which pairs that have been worth it come up more often
//	pct         all of it, on a network that holds messages back by who sends them
//	exhaustive  each plan of one to three faults on three servers, once
//	rapid       what a generator of pgregory.net/rapid draws, few faults rather than many
//
// # Which one to take
//
// Random is what the scenario's author had in mind, and nothing more: all kinds of faults in every run.
// They get in each other's way. A server that is down cannot be paused, and where only two have to stay
// up, crashes leave little room for anything else.
//
// Swarm (Groce, Zhang, Eide, Chen and Regehr, "Swarm testing", ISSTA 2012) lets each seed do without
// some of it: kinds of faults, operators' orders, writes and removals, an update, the loss that lasts
// throughout. What is left keeps its number and no more, for that is what the fault budget is made for;
// but it gets the room of what is not there. All rates of a kind are left out together, and apart from what
// a storm asks for of that kind. A trial counts as one kind of fault, and whether it strikes many servers
// as another. With a single feature there is nothing to leave out, and the plans are those of random.
//
// Weighted does so with what was learned: whether a promise was broken, and whether a run showed a
// situation, an effect of a fault or a cell of the coverage for the first time. Each such find is
// credited to all pairs of features that the run had, and each plan is built around a pair that is drawn
// by credit. It learns generation by generation: all plans of one are made with the same knowledge,
// whatever the number of cores, so that a hunt is the same each time. A find of a known kind is worth the
// less the more often it was made. One seed alone cannot be planned again: it takes the hunt that led
// there, or the bundle.
//
// PCT (Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010) is for bugs of the order of
// messages. The paper's hypothesis is that most take few orderings to come about: their depth is small.
// See [scenarios.Schedule] for what is done, and what differs: the paper's scheduler runs one thread at a
// time and can hold one back for ever, where here time passes, and what is sent arrives a bounded time
// later. So the paper's guarantee, 1 in n k^(d-1) runs for depth d with n threads and k steps, holds for
// bugs whose messages are on their way within that time of each other, and for no others.
//
// Exhaustive takes the hypothesis that most bugs have small counterexamples (package explore) to
// scenarios: three servers, up to three faults of the kinds that the scenario asks for, at its earliest
// and latest times and between, of the shortest and longest. Each plan has a number, and with seeds from
// 1 on seed i runs plan i; those with fewer faults come first. All other faults of the scenario are left
// out, and so is what varies, but for the largest loss. Plans that differ only in the numbers of servers
// are run once where numbers make no difference. Rates are left out as well, and a scenario that has
// nothing else is refused. It is the plans that are exhausted: each is run with one luck of the network,
// and what there is beside the plan, such as timers, is not explored. For that there is package explore.
// Plans come in their order, so that those that were run are no sample of the others. [Scope] is what a
// report says of all this.
//
// Rapid's generator is [Plans]. It is there for properties, which shrink what fails by themselves; as a
// strategy it has small plans, of few faults, or at an end of their ranges. What it draws depends on
// rapid's version, and on floating point in it: the same seed is the same plan in the same build. It has
// no way to draw few of the faults that come at a rate, and refuses a scenario that has nothing else.
//
// # Coverage
//
// [Coverage] sums up what happened during which faults. A hunt that finds nothing says more if it says
// which cells were never seen: whether a server ever refuted its death during a one-way partition. The
// number of different sets of cells is the number of states that were explored, as far as that table
// tells them apart. Fingerprints would not do for that: with another seed any run has another one.
//
// # The caller's duties
//
// [Strategy.Learn] is given every seed that was planned, in the order of the seeds, and those of the next
// generation are planned after it. [Strategy.Plan] may be called from several goroutines at once, also
// while those of the same generation are learned.
//
// # What holds
//
// Every plan is valid if the scenario is. The faults that strategies choose are within the budget of
// package scenarios; those that stand in the scenario itself are its author's, and a trial knows no
// budget, unless it is exhausted.
package search
