// Package cap shows what the CAP theorem says, on one workload: registers and the seats of a
// concert hall, replicated by the map or by a log, with clients on both sides of a partition. What
// every client asked for and what it was told is a history, and the history is judged.
//
//	scenario ──Expand(seed)──▶ faults ──┬──▶ world.Spec ──▶ world.World ──▶ world.Result
//	clients, keys, replication ─────────┘                        │
//	                                                             └──▶ history ──▶ porcupine ──▶ Page
//
// # The theorem
//
// While the network is parted, a service cannot both be consistent, which here means linearizable,
// and available, which means that every request to a server that is up is answered (Gilbert and
// Lynch, "Brewer's conjecture and the feasibility of consistent, available, partition-tolerant web
// services", 2002). Which of the two it gives up is a decision of its design:
//
//	               by the map                          by the log
//	Read, Write    this server's copy, at once         an entry of the log, when its turn has come
//	Buy            free here? then sold, at once       sold if free when its turn has come
//	cut off        both sides go on                    the majority goes on, the minority waits
//	afterwards     one of two buyers has no seat       every buyer has the seat it was told it has
//
// # The model
//
// Hosts 0 to Servers-1 are servers; clients come after them. Each asks for one [Operation] at a
// time: it thinks, asks, and is told a result, or not. A client sits beside a server, its home, and
// is cut off together with it. Half of the clients stay with their homes; each of the others asks
// any server, and finds some of them out of reach, which nobody is to blame for.
//
//	message   from, to           what
//	[Ask]     client to server   an operation; with what the client insists on, if it does
//	[Answer]  server to client   its result: the map's reply to Ask, a request of its own by the log
//	[Later]   server to client   the reply to Ask of the log
//	[Lacks]   server to client   the map's reply if the server has not got what the client insists on
//	[Gossip]  server to server   the map's
//	[Letter]  server to server   the log's, see package voter
//
// No value is written twice and no seat bought twice in one name, so what is read says which write
// it was. With Cap.Own a client carries the names of its writes with it, and insists that they have
// been seen: it reads its own writes, wherever it asks (Terry et al., "Session guarantees for
// weakly consistent replicated data", 1994).
//
// # How a history is judged
//
// Porcupine looks for an order of the operations on each key that explains their results and is
// compatible with the times at which they were asked for and answered. These are counted in things
// seen and not in seconds: no two are the same. An operation that has not been answered may take
// place at any time until the end, or never.
//
// # What is measured
//
//	linearizable           1 if there is such an order for every key, else 0
//	seats_sold_twice       seats of which two purchases were told that they have it
//	served_ratio_majority  of what was asked of a server in reach while servers were cut off, how much
//	served_ratio_minority  was answered in time: of clients on a side with most servers, or not
//	availability           in that time: 2, 1 or 0, as below
//	operations, and of them operations_unreached and operations_unserved
//
// Availability has three values, with the words of Bailis et al. (see [Availability]). What tells
// the first two apart is a client that goes from server to server while they are cut off from each
// other, which half of the clients do; it finds some out of reach, and that does not count:
//
//	                clients that stay with their homes   clients that move between servers
//	2 total         all served                           all served, by whatever server they reached
//	1 sticky        all served                           some not, by a server that they reached
//	0 unavailable   some not                             whatever
//
// # What is promised
//
// By the log: the history is linearizable and no seat is sold twice, in any network. By the map:
// who asks a server that is up and in reach is served, unless it moves and insists on its own
// writes; and after the last fault and the last write all replicas are equal within [Settle]. What
// neither can avoid is no promise but a situation, which a run through a partition has to show: the
// history that is not linearizable, the seat sold twice, the client that waited in vain.
package cap
