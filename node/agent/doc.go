// Package agent is one whole server of the health-check cluster as a single machine: it composes
// the failure detector, the placement, the map and the checks, which do not know each other.
//
// # How the parts fit
//
//	swim        says who is in the group. Every change of a member is told to health.
//	health      decides, from the members and from what the map says, which origins this server checks,
//	            and turns probe results into a status.
//	crdt        holds the status of every origin, and by whom it was written. Its resolved record of
//	            an origin is the claim that health reads.
//	gossip      carries what one server's map holds to every other. Its peers are swim's members.
//	rendezvous  ranks the servers for an origin. It depends on nothing but their names.
//
// # What an agent does
//
// It joins through any of its seeds, gets the map from a member, and only then takes part in the
// checking, so that a server that comes back does not check all origins as if it were alone. If
// nobody answers, or nobody has a record yet because all are starting, it waits for JoinGrace and
// then begins: alone is a cluster too.
//
// The map spreads by gossip with random live members, by pull unless the configuration says
// otherwise; package gossip says why. News of servers or origins that do not exist is refused as a
// whole, whoever brings it.
//
// When a probe changes an origin's status, or when this server has begun to check an origin and the
// map still names somebody else, it writes the record: status and claim in one. There are no
// leases, no locks, no leader and no quorum. Two servers that check one origin do no harm and find
// out by the next few pulls; no server checking it is what must not happen.
//
// # Durable state
//
// Only the generation: which life of the server this is. Incarnations and the dots of the map carry
// it, so that a life never continues the numbering of an earlier one, whose last writes it has
// forgotten.
//
// # Invariants
//
//  1. An agent checks nothing before it is ready, and is ready at most JoinGrace after its start.
//  2. After every input the alarm for health is set to the earliest thing the checks have to do.
//  3. health knows the resolved record of every key whose entry the map has changed.
package agent
