// Package replicas turns a [scenarios.Scenario] with Replicas into a world of servers that hold
// the map and gossip it, and do nothing else: no failure detector, no origins, no checks. It is
// where the map is struck by faults, and where its gossip is measured.
//
//	scenario ──Expand(seed)──▶ size, faults ───┬──▶ world.Spec ──▶ world.World ──▶ world.Result
//	keys, writes, mode, period ──▶ [Config] ───┘
//
// # The model
//
// Every host runs a [Replica]: a [crdt.Map], the [gossip.Gossip] that spreads it, and a [Workload]
// that writes to it. At the start each server writes its share of the keys; from then on writes and
// removals of random keys come at random moments, until as much of the run is left as the replicas
// need to become equal. Every value is written once only, so that what is read says which write it
// was.
//
// All that a server keeps on its disk is the number of its life. The map is lost in a crash, and
// the next life, which writes under a name of its own, is told everything anew.
//
// The servers that there are do not change. But a failure detector is played, with what the plan
// knows: who is out of reach for more than 30 s is no longer counted by those who cannot reach it,
// and counts them no more ([Absence]). So both sides of a long partition collect what they have
// seen without asking the other, and each meets the other again beyond its horizon.
//
// # What a replica says
//
//	event             subject  A              B
//	node.Wrote        key      seq of its dot hash of the value, 0 for a removal
//	node.MapChanged            version hash   state hash
//	[Merged]          server   entries came   entries changed by them
//
// # What is measured
//
//	exchanges, bytes_per_exchange   contacts, and what one weighs on average, all its messages
//	idle_exchange_bytes             the largest request and the largest answer without news
//	entries_sent                    in answers and pushes
//	redundant_entries               that arrived and changed nothing
//	whole_answers                   replicas that were given everything anew
//	tombstones                      in the end, at the replica that has most
//	lives, lives_retired            of servers; those that wrote and have no entry of their own left
//	vector_entries(_max)            of the longest version vector, in the end (and ever)
//
// and what [checkers.MapHistory] and [checkers.Convergence] measure.
//
// # What is promised
//
// Everything that [checkers.MapHistory], [checkers.StrongEventual] and, for clients that are pinned
// to a server, [checkers.Sessions] check, at every moment; that replicas are equal within
// [Bounds.Settle] of the last fault and the last write; that version vectors do not grow with the
// lives of servers, where keys are left alone for long enough to be collected and the run is long
// enough to tell; and that a contact which brings nothing weighs at most 24 bytes a server, where
// no server restarts and no answer is cut short. It is promised for a loss of up to 10 %, delays
// that are small against half a period and, where answers are cut short, fewer writes than these
// can bring; beyond, what is broken is no failure ([world.Spec.Beyond]). [Promises] lists what a
// scenario is held to.
package replicas
