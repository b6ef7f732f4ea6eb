// Package planet plays many data centres as one run.
//
// # The model
//
// Health is a matter of vantage point: an origin may be dead from one data centre and alive from
// another, because the path there is broken. So data centres share nothing of what their servers
// say, only the truth about the origins; each is a cluster of its own in a world of its own, and
// worlds can be played one after another, or several at once, in any order.
//
//	                      ┌─ planet-dc00, seed 0 ──▶ world ─▶ result, view ─┐
//	Scenario ──Parts──────┼─ planet-dc01, seed 1 ──▶ world ─▶ result, view ─┼──Merge──▶ one Result
//	(datacenters, seed)   └─ ...                                           ─┘
//
// [Parts] decides everything about each data centre. What the scenario lists among its faults
// happens in all of them. Of the outages that its storm asks for, half are drawn once for the whole
// planet: the origin itself is dead. The other half, and all that befalls servers and networks,
// each data centre draws by a seed of its own: there the path is broken, in half of these cases for
// as long as the run lasts. So data centres come to rest with different truths.
//
// [Merge] makes one result of what came out. It does not matter who played the parts: [Run] plays
// them one after another and holds one world at a time, a command may play as many at once as there
// are cores. The result is the same.
//
// # What is promised
//
// Each data centre promises what a cluster does, among it that every server believes the truth as
// it is from there ("health-is-true"). What they promise together is that their views stay apart,
// which they do because nothing passes between worlds; a [View] of each says whether that was ever
// put to the test: [SituationApart] counts the origins that some data centres took for dead and
// others never did.
//
// # The caller's duties
//
// Parts wants a scenario that has not been expanded: what a storm does to a data centre depends on
// the data centre's seed. A [Build] returns worlds that share nothing.
package planet
