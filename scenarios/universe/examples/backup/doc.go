// Package backup is an example of a protocol that is not ours, in the way a user writes one: a log
// with a leader and backups, an in-sync set and a controller, as in Kafka. It knows package node
// and nothing of the harness; what is promised, and in which weather, is in backup_test.go, which
// would be in the user's module.
//
// # The protocol
//
// The leader appends what the client writes, copies its log to the backups, and acknowledges a
// write when every member of the in-sync set has it. A backup that does not keep up is taken out of
// the set, so that it holds nobody up, and may come back when it has everything. When the leader
// dies, the controller chooses another one from the set: all of its members have all that was
// acknowledged.
//
//	client ── Append ──▶ leader ── Copy ──▶ backups         controller: who leads, who is in sync
//	       ◀─ Appended ─        ◀─ Copied ─        Hello ──▶
//	                            Shrink, Grow ──▶   ◀── Lead
//
// # How it loses a write
//
// Nothing says how small the set may become. Both backups are cut off, and taken out; the leader is
// the only member left, acknowledges what it alone has, and dies with its disk.
// TestAnAcknowledgedWriteIsLost finds this in a storm of seven faults and keeps two:
//
//	10s partition servers 3,4 from the rest for 42s
//	39s crash server 2 for 11s, disk lost
//
// The case is Kafka's of 2013, shown by Kingsbury ("Call me maybe: Kafka") and found again by Alvaro,
// Rosen and Hellerstein, who reason backwards from what has kept a write ("Lineage-driven Fault
// Injection", SIGMOD 2015). There a server that crashes never returns; here the leader returns with
// nothing, which is the same to what it had. That the last member of the set is chosen again,
// whatever it has lost, is what KIP-966 of Kafka calls the last replica standing.
//
// # The fix
//
// The in-sync set never shrinks below two members: Rules.LeastInSync. With one replica out of reach
// the log goes on, with two out of reach it waits; a single crash then loses nothing.
// TestWritesLast shows it in the same storm. Kafka's answer, min.insync.replicas, lets the set
// shrink and stops the acknowledgements instead. That is not the same, for what was acknowledged
// before may by then be on one disk alone, as far as the set knows.
//
// # What the harness found beside
//
// The first draft of this fix lost writes, too, by faults that nobody had in mind: a copy of the
// log, replayed by the network seconds later, cut a backup's log back to what it had been, after
// the leader had counted it. Hence replica.copy refuses a shorter log of the same leader.
//
// # What is left out
//
// The client has one write under way at a time, so that a log is told by its last write. The
// controller is taken to be reliable. At most one replica crashes in a run.
package backup
