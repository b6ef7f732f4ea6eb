// Package scenarios holds scenarios as plain values, and the catalogue of ours.
//
// A [Scenario] is everything about a run but its seed: how many servers, what the network is like,
// how long it takes and what goes wrong. It is of one of six kinds:
//
//	[Clusters]  the health-check cluster, with origins and a map of what is known of them; by its
//	            [Design] its servers are ours, or those of a design that ours is compared with
//	[Planets]   many clusters, which share nothing but the truth about the origins
//	[Caps]      a register with clients: a [Cap]
//	[Groups]    SWIM alone: a [Group] of members with a preset's parameters and somebody's rules
//	[Maps]      the map alone: [Replicas] that are written to and gossip
//	a [Guest]   a protocol that is not ours, from a test of its owner's; none is in the catalogue
//
// A cluster's origins are checked by definitions, which have numbers: each [Variant] of checking
// for each pool of origins. Some origins may be [Scenario.Unregistered] at first: operators
// register, change and remove origins at run time, at any server. What operators do stands among
// the faults.
//
// Servers may stand in racks, see [Scenario.RackOf], and in cities or in regions, see [Scenario.Where].
//
// What goes wrong is a list of [Fault] values, and what is left to the seed: a [Storm] asks a
// cluster or replicas for so many faults of each kind, a [Rate] for so many an hour of each machine,
// a group's [Trial] puts an experiment in its own terms (a share of the servers crashes, the halves
// are cut off for so long), and [Vary] draws the sizes and the loss. [Scenario.Expand] decides all
// that, so that what is run, stored in a bundle, printed and shrunk is always a plain list of faults.
// [Scenario.Validate] refuses what no seed could draw, such as racks that fail where there are none, and
// faults that could do nothing: a green run would prove nothing of them.
//
// In which order messages arrive is the network's luck, unless there is a [Schedule]. How a run is
// judged, if not by all promises with the bounds that follow from its configuration, is up to its
// [Checkers].
//
// [Troubles] are what a storm does to single servers: restarts, slowness, bad disks and clocks. Some
// servers of a cluster may be configured in another way ([Other]), from the start or once they have
// been upgraded, and speak another version of the wire format than the rest.
//
// [Scenario.Set] changes a scenario as a command line does, by key and value; a key that makes no
// sense for it is refused.
//
// # The fault budget
//
// A false alarm costs more trust than a missed bug, so what the seed draws stays inside what the
// protocols promise to survive: faults have minimum lengths, at least two servers stay up at all
// times, no server is struck by two faults at once, and the storm ends early enough for everything to
// settle before the run is over. Each fault of the links takes up to a tenth of the packets, by loss,
// bursts, damage, or because they come too late. Others delay packets by less than a probe waits for,
// or stop all of them, or one medium, on some links or on all: the promises are made for each side of
// what is parted or clogged, for each version of the wire format by itself, and for longer times while
// news has no streams to travel by. A key keeps out what is forged: on a [Scenario.BareCarrier] nothing
// is promised. Replays come up to 10 s late, and belong to the faults: these are over when the last has
// arrived. Servers are slow for up to 20 s at a time, and
// clocks run up to 1,000 ppm wrong; the wall clock of a server is wrong by up to 10 minutes, and only
// if its disk always keeps what was saved: a life that has forgotten the one before is told apart
// from it by the time at which it begins (package swim). Nothing is promised about how much of the
// cluster may be gone: a single server left over is to check all origins. [BudgetLines] has all of
// it.
//
// [BudgetOff] goes beyond, for study; [Scenario.OverBudget] then says in what. A trial says itself how
// hard it strikes, and knows no budget: it is there to find out.
//
// Package file says how scenarios are written in files. They are run by package world, through package
// stage; this package only describes them.
package scenarios
