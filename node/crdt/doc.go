// Package crdt is a replicated map that converges without coordination, spread by pulling deltas.
//
// # The model
//
// Each life of each node is an [Actor]; its writes are numbered from 1 and named by [Dot] values. A
// replica is a [Map]. It keeps, for each key, the set of dots of that key it has seen (the key's
// context, a version vector) and those of the writes that no seen write has overwritten (the
// siblings). A write overwrites exactly what its replica holds of the key: its dot joins the
// context and its value replaces the siblings. A removal is a write without a value; its dot
// travels like any other.
//
// Two entries of one key join by themselves, with nothing but what is in them:
//
//	context   = the union of both contexts
//	siblings  = those on both sides, and those of one side that the other's context does not hold
//
// This is the observed-remove join of causal CRDTs for one register of many values (Almeida, Shoker
// and Baquero, "Delta state replicated data types", JPDC 2018, on dot stores), with a compact
// context per key as in dotted version vectors (Preguiça et al., arXiv:1011.5808). Who reads a key
// with several siblings gets one of them by [Config.Priority]: a choice at reading, not a loss at
// merging.
//
// Replicas pull. The puller sends its version vector, the other side sends back every entry that
// holds a dot the vector lacks, and its own vector; the puller joins both. The vector of a whole
// replica is a filter for what to send. It never decides between two writes: it would have to know
// which of the dots it covers overwrote which, and it does not.
//
//	step    who     call                                       on the wire
//	pull    puller  Versions                                   VersionVector
//	answer  peer    Answer(since, delta)                       Delta: Versions, Entries (and Since)
//	apply   puller  Apply(delta, changed)
//
// # Why the winner is not chosen when merging
//
// It is tempting to keep one record per key: a later write replaces an earlier one, and between
// concurrent writes a priority decides, as in the talk "Building a Skyscraper with Legos". That
// merge is not a join, because it is not associative. Its order has cycles, as in
// rock-paper-scissors: y replaces x, having seen it; x beats z by priority; z beats y by priority.
// Seven events on three replicas with priority C > B > A show it, the fewest that do:
//
//	w(B)     B writes z
//	w(C)     C writes x
//	p(A<-C)  A pulls x
//	w(A)     A writes y, which overwrites x
//	p(A<-B)  y and z are concurrent and B > A: A holds z
//	p(B<-C)  z and x are concurrent and C > B: B holds x
//	p(B<-A)  B has seen z already, so A's record tells it nothing
//
// A and B now have equal version vectors and hold z and x. Nothing will ever be sent between them,
// and x was overwritten. A causal past for each record does not help, nor does dropping the losers
// from the siblings when merging: the tests play these variants too. "Keep the winner" is a join
// only if the order is total and extends causality; a priority of writers does not.
//
// # Invariants
//
//  1. Equal version vectors mean equal states: two replicas whose Versions are equal, at whatever
//     moments, have the same contexts and siblings. Versions and states are summarised by
//     VersionHash and StateHash.
//  2. What the vector covers the context covers: for every dot d of key k in Versions, the context
//     of k holds d, and d is a sibling unless a dot in the context overwrote it.
//  3. A dot is one write: it has one key and one value everywhere.
//  4. Versions and contexts only grow during a life.
//  5. Versions of a replica is the join of all contexts, and is causally closed: with a write it
//     holds all that the writer held when it wrote.
//  6. For each actor, its newest dot for each key it wrote is in a journal, in order, so an answer
//     costs O(actors) and the writes it makes up for.
//
// # How an entry is kept
//
// An actor holds its own writes, so each of them overwrites all its earlier ones of the key: a
// sibling is always its actor's newest dot for the key. An entry is therefore one slot for each
// actor of the context, with the newest dot and, while that write survives, its value; and the join
// of two entries goes slot by slot:
//
//	different dots    the newer replaces the older, with its value or without
//	equal dots        the value survives if it survives on both sides
//
// A process that simulates a cluster holds all its replicas, far more than its caches do, so the
// time goes into fetching entries from memory. Hence an entry of few writers is a single cache
// line, an index of places instead of keys leads to it, the journals are read without touching any
// entry that is not sent, and Apply fetches the entries of an answer many at a time.
//
// # The caller's duties
//
// A boot number is never reused: a node that restarts without its map writes as a new [Actor]. If
// it continued with the numbers of an earlier life, peers would take its new writes for old ones. A
// restart that restores a map restores one that holds everything it ever sent.
//
// A replica applies answers to its own pulls only. [Map.Apply] refuses one whose request knew more
// than the replica does now, which is what an answer to an earlier life looks like.
//
// Deltas are whole. An answer that is cut short and joined with its full vector hides what was cut
// off for good.
//
// [Config.Priority] is a pure function of key and writer.
//
// # What it costs
//
// A version vector grows by an entry with each life that writes, and a removed key keeps its
// context as a tombstone for good: collecting either needs to know that every member has seen it,
// and that takes knowledge of the membership which this package does not have. A map is not safe
// for concurrent use.
package crdt
