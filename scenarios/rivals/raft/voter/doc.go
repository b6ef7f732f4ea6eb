// Package voter is one of the servers among whom a log is replicated by Raft (Ongaro and
// Ousterhout, "In search of an understandable consensus algorithm", 2014): go.etcd.io/raft, driven
// by our clock and our luck, as a part of a machine.
//
// # The model
//
// The nodes 0 to Voters-1 vote. An owner hands its [Voter] what comes in, letters and ticks, and
// finds what is to go out among its own effects. What is proposed anywhere reaches the leader, and
// when a majority has it, every voter applies it to its [Machine]: the same commands in the same
// order.
//
//	owner ──Propose──▶ leader's log ──▶ a majority's ──Apply──▶ Machine, at each voter
//
// A letter is opaque to owners. Small ones go as datagrams, which take one trip as on the streams
// that etcd keeps open, and may be lost: Raft does not mind. Large ones, and snapshots are, go as
// calls.
//
//	letter         bytes after the first, which says which it is
//	1 of Raft      a raftpb.Message
//	2 of joining   the identity of who wants to vote, 8 bytes little-endian
//
// # Time and luck
//
// The library counts ticks, and draws from crypto/rand how many of them a voter waits for its
// leader before it campaigns. No seed decides that. So whoever does not lead is given ticks that
// only let the lease of its leader run out (RawNode.TickQuiesced), and campaigns when a timer of
// our own goes off (RawNode.Campaign): after Election to twice as many ticks without a leader,
// drawn from the voter's stream. The number that the library draws is compared with nothing.
//
// # Leases
//
// A voter that has heard from a leader within Election ticks votes for nobody else (the library's
// CheckQuorum), and none campaigns in earnest before a majority says that it would win (PreVote).
// So a leader that knows that a majority answered it a moment ago knows that nobody else leads for
// that long. It asks every few ticks (ReadIndex: Ongaro's thesis, section 6.4), and [Voter.Leads]
// holds from the moment of the question for a tick less than the lease. A leader that is cut off,
// or was paused, stops by itself. Who starts anew does not know whom an earlier life has heard
// from, and votes for nobody before that time is over.
//
// # Disks
//
// On the disk are the identity, the term and the vote, a snapshot and the log around it. It is
// saved together with the effects that depend on it. A voter that comes back with its disk goes on
// as if it had been slow.
//
// A voter that has lost its disk does not know whom it has voted for. If it voted again in the same
// term, there could be two leaders, and commands that were applied could be lost. So it comes back
// as somebody else: it takes an identity that nobody has had, and asks to join. The leader then
// does what an operator of etcd does (etcd, "Runtime reconfiguration"): it removes who the node was
// before, adds the newcomer as a learner, and makes it a voter when it has caught up. Until then
// the newcomer does not count, and neither does who it was. That takes a majority of the others; if
// a majority has lost its disks, so is what it had agreed on, and the rest waits for ever rather
// than make something up.
//
// Whether an empty disk is a lost one or a new one cannot be seen. Those that start in the first
// Founding of the run are founders, as etcd is told by a flag (--initial-cluster-state).
//
// # The owner's duties
//
// All of what [New] and the methods of [Voter] ask for. Letters go to [Voter.Take], whether they
// came as datagrams or as requests, whose replies are empty; [Voter.Returned] is called exactly
// once for each call with an ID from [FirstCall] on. What was saved by the last Save is handed
// back. A command may get lost, and one that is proposed twice may be applied twice.
//
// # Invariants
//
//  1. No two voters apply different commands at the same index.
//  2. No two voters are [Voter.Leads] at the same time, as long as clocks run at the same speed.
//  3. An identity votes at most once a term, and never after its disk was lost.
//  4. The log has at most 2 Keep entries that have been applied.
package voter
