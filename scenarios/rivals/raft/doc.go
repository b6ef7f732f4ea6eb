// Package raft is a rival: who checks what is agreed on in a replicated log, as users of etcd,
// Consul and ZooKeeper do. It is as consistent as can be: nobody checks what somebody else may be
// checking. And for that the minority side of a partition stops, its origins unchecked. It is
// measured beside ours, which checks on both sides.
//
// # The model
//
// The first servers, five if there are as many, vote: they replicate a log by Raft (package voter).
// All servers, these included, are clients of whoever leads them, as with a lock service. The log
// says who takes part, what is to be checked and what was found; whose an origin is among those
// that take part follows by rendezvous hashing, so that nothing has to be said about 10,000 origins
// when one server fails.
//
//	change      by                                                           in the log
//	joined      the leader, when a server polls that does not take part      who
//	parted      the leader, when one has not polled for a Session            who
//	found       whoever checks an origin, when its own probes say otherwise  the status
//	registered  whoever an operator told                                     the definition, or none
//
//	server ──Poll: what it wants in the log──▶ leader ──Propose──▶ voters
//	server ◀──Granted: the log's news, a lease── leader
//
// A server polls once a second, and when it has something to tell. If the leader leads for sure and
// the log says that the server takes part, it is told what is new and has a lease, from the moment
// it began to ask. While it has one it checks what is its own by the log as far as it was told.
// When the lease is over it checks nothing. What it believes it goes on believing, true or not.
//
// # What is promised, and at what price
//
// A Session is longer than a Lease, and whoever leads anew takes everybody to have been heard of
// just then. So when the log says that a server is gone, it has stopped: nobody takes over from who
// is still checking. Only who joins begins a little before the others have heard of it, for a poll
// at most. The price:
//
//   - An origin whose checker fails is unchecked for a Session and a poll, and for an election in
//     addition if it was the leader; there is nobody who could step in.
//   - Who cannot reach a leader that reaches a majority of the voters stops: the minority side, all of
//     them if a majority of the voters is down, and for good if a majority has lost its disks.
//   - The leader's work grows with the servers: each tells it that it is alive, and is told everything.
//     It is also the leader of all checks: every change of health waits for the disks of a majority.
//
// Sessions are what etcd (leases), Consul and ZooKeeper give their clients. Those push what is new
// on streams; here each asks, which delays it by half a second on average.
//
// # On the wire
//
// A uvarint is the base-128 number of encoding/binary in its shortest form.
//
//	kind          after the kind's byte                                              as
//	1 Letter      a letter of package voter                                          datagram, request
//	2 Taken                                                                          reply
//	3 Poll        index: uvarint; changes                                            request
//	4 Granted     index: uvarint; changes                                            reply
//	5 Granted     index: uvarint; servers that take part, value and status of each   reply
//	  Whole       origin
//	6 Denied      leader: uvarint                                                    reply
//
//	change        what: 1; number: uvarint; value: uvarint
//
// # Invariants
//
//  1. A server checks an origin only while it has a lease, and only if it owns the origin among those
//     that take part, by the log as far as it was told.
//  2. A lease ends before any voter applies that its server is parted.
//  3. What an operator said to a server stays among its orders until the log has it, or something newer
//     was said to it; if the server crashes before, it is lost.
package raft
