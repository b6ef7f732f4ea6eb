// Package hunt runs many seeds and keeps what is worth keeping of them.
//
// # The model
//
// A [Plan] is a range of seeds, or one machine's share of it. [Sweep] runs a function for each seed
// of the plan, on as many workers as asked for, and delivers the outcomes one at a time in the order
// of the seeds. Worlds share nothing, so how many workers there are changes how long it takes and
// nothing else. A [Tally] sums up what was delivered; what passed leaves only counts behind.
//
//	Plan ──▶ tickets ──▶ workers ──▶ outcomes in seed order ──▶ Tally
//	            │       run(seed)            ▲
//	            └────────────────────────────┘
//
// Who learns from some seeds how to run the next sweeps a plan in [Plan.Parts]; package search knows such
// ways, and others.
//
// [Play] is the run of a scenario, in steps short enough to be interrupted and watched. A run
// in which a machine panics has broken a promise; one that panics otherwise is an outcome too, with a
// [Panic] as its error: one bad seed does not end a night's hunt.
//
// # Bundles
//
// A [Bundle] is a run to take away: one JSON file with the expanded scenario, the seed, the build
// and what came out. Its checksum tells an altered bundle from a run that has changed. This package
// turns bundles into bytes and back; reading and writing files is the caller's. A folder of bundles is
// a corpus: [Bundle.Standing] says what has become of a failure that was kept.
//
// What a run broke where nothing was promised is no failure; a [Tally] counts it apart, and its bundle is
// shrunk like any other.
//
// # Failures that look alike
//
// A hundred seeds find one bug a hundred times. [Bundle.Shrink] leaves of a failure what it takes, and
// [Groups] puts those together that broke the same property first and are of the same [Shape]. Not
// every failure is worth the runs: once a few in a row were of shapes that are known, the others of the
// property are counted and not shrunk.
//
// # Determinism
//
// [Rechecked] names the seeds to be run twice. Everything else here relies on it: that the same seed
// fails again, that a bundle replays, that what is left out while shrinking makes the difference.
//
// # The caller's duties
//
// The function given to Sweep is called from several goroutines at once and shares no mutable state
// between calls. It returns soon after its context has ended, with the context's error; such a run
// is not delivered, for it proves nothing.
//
// This is the one package of the simulation that may start goroutines. It needs no select: a worker
// asks its context between two steps of a run, and the order of delivery is the order of a channel.
package hunt
