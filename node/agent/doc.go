// Package agent is one whole server of the health-check cluster as a single machine: it composes
// the failure detector, the placement, the map, the checks and the routing, which do not know each
// other.
//
// # How the parts fit
//
//	swim        says who is in the group. Every change of a member is told to health.
//	health      decides, from the members and what the map says, which origins this server checks,
//	            and turns probe results into a status. That a peer was heard is told to it as well,
//	            and that there are seeds to hear from: so it can tell an origin that is down from a
//	            network that is, even a network that was down from the start.
//	crdt        holds of every origin how it is to be checked, what was found, and by whom. Package
//	            origin says under which keys.
//	gossip      carries what one server's map holds to every other. Its peers are swim's members.
//	routing     decides, from what this server believes of the origins, to which its requests go.
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
// otherwise; package gossip says why. News of servers, origins or definitions that do not exist is
// refused as a whole, whoever brings it.
//
// When a probe changes an origin's status, or when this server has begun to check an origin and the
// map still names somebody else, it writes the result: status and claim in one. It writes it again
// when the map has results of others beside it, to overrule them. There are no
// leases, no locks, no leader and no quorum. Two servers that check one origin do no harm and find
// out by the next few pulls; no server checking it is what must not happen.
//
// # Which origins there are
//
// The configured ones, known to all from the start, and what operators make of them: a
// registration at any server adds an origin or changes how it is checked, a removal takes one
// away, and both travel with the map. Servers hear of it at different times. One that has not yet
// heard of an origin does not check it, and those below it in rank step in; one that still checks
// an origin that was removed writes results that nobody asked for. They are the orphans, and
// whoever is first in rank for one, by its own view, removes it.
//
// Of a registration and a removal that did not know of each other the registration survives, at
// whatever servers they were made: an origin that is checked in vain costs probes, one that is not
// checked costs the requests sent to it. Of several registrations the one counts whose server ranks
// first.
//
// # How results are read
//
// The map keeps concurrent writes side by side. Among those of a result the one counts whose
// writer ranks first for the origin, of those writers that stand for what they wrote: that are in
// the group, in the life in which they wrote, and able to probe. Only if there is none do the
// others count. So what the dead wrote, or an earlier life of the living, never hides what a live
// checker has found. This is a way of reading: who has seen the same writes holds the same map,
// whoever is alive.
//
// When the group changes, the results with several siblings are read anew, to see who checks. That
// is no news of the origins: what was believed stays until the map has some, and it soon has, since
// who checks writes again over what others wrote. So a server that is cut off, to which all others
// seem to die one by one, does not come to believe what the last of them found long ago. For the
// same reason news of several results, for none of which anybody stands, changes no belief.
//
// What is read is the claim for health and, of an origin that is to be checked, the belief for
// routing and for everybody who asks [Agent.Status]. A result that says that its writer cannot
// probe is a claim that covers nothing; and neither it nor the loss of a result is a reason to
// believe anything else than before.
//
//	input from the map     told to          emitted
//	registration changed   health, routing  OriginLearned or OriginForgotten
//	result changed         health           Believed, if that changes what is believed
//	                       routing          Routed, if that changes where requests go
//
// # When lives are retired
//
// The map names each life of each server that wrote to it, and drops those that are over when all
// servers have seen all they wrote (package gossip). All servers are those of the placement but
// those that have left. One that is dead may be cut off, and one never heard of may have been met
// by another before that failed.
//
//   - Safety: no write that a running server holds is lost by retirement, whatever parts the
//     network falls into and for however long. Leaving is taken at its word: a server that left and
//     comes back counts from when it is heard of. And that a server has restarted is to be heard of
//     before it has caught up and says so, which takes it a period or more.
//   - Liveness: a life of which nothing survives is retired once every server of the placement has
//     been in the group, or has left, without a change for as long as two sweeps take. It is enough
//     if one server knows this: the others take it over with the map.
//   - Cost: until then each life is 8 to 9 bytes of every pull and, at every server, 12 bytes of
//     memory for each of its writes. Removals and overwritten results are forgotten all the while.
//     So what grows while somebody is missing grows with the restarts, and meets no limit.
//
// In an open group ([Config] OpenGroup) nobody knows who there is: all servers are those that have
// been heard of since this one started. Safety then has a gap. A server that starts while another is
// cut off, and hears of it from nobody, takes those it sees for all there are. If they have all
// started anew meanwhile, a life is retired of which the one that is cut off alone has a write, and
// that write is lost when it returns. What was registered or found in it has to be so once more,
// which whoever checks the origin does anyway.
//
// A server that is gone for good should leave. If it cannot any more, another takes its place under
// its number, for good or to leave. That somebody left is remembered by those who heard of it, in
// the life in which they did: who starts more than [swim.Config] DeadRetention later waits for it,
// and depends on the others.
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
//  2. After every input the alarm for the checks and the routing is set to the earliest thing they
//     have to do.
//  3. health knows the claim on every origin as the map and the group now have it, and health and
//     routing know the same origins: those registered, and those configured and not removed.
//  4. What a known origin is claimed to be, healthy or unhealthy, by its only result, it is believed
//     to be. Nothing is believed of others.
package agent
