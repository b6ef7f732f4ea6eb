// Package crdt is a replicated map that converges without coordination, spread by pulling deltas.
//
// # The model
//
// Each life of each node is an [Actor]; its writes are numbered from 1 and named by [Dot] values. A
// replica is a [Map]. It keeps, for each key, the dots of that key it has seen (the key's context,
// a version vector) and those of the writes that no seen write has overwritten (the siblings). A
// write overwrites exactly what its replica holds of the key: its dot joins the context and its
// value replaces the siblings. A removal is a write without a value; its dot travels like any
// other.
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
// What a replica has seen is a [CausalContext]: a version vector of what it has seen all of, and a
// cloud of dots beyond it. It is a filter for what to send. It never decides between two writes: it
// would have to know which of the dots it covers overwrote which, and it does not.
//
//	step    who     call                           on the wire
//	pull    puller  Context                        CausalContext
//	answer  peer    Answer(since, limit, delta)    Delta: Versions, Entries; if whole Horizon
//	apply   puller  Apply(delta, changed)
//	push    writer  Mutation(key, delta)           Delta: Since, one entry
//	forget  all     Collect(stable)
//
// # Answers that are cut short
//
// An answer may be limited. It goes in the order of the dots, and its vector is the part of the
// sender's up to which nothing was left out: for each actor, up to the first of its writes that
// was, or that a newer one has replaced, since the key of such a write may be among those left out.
// What came beyond that is the puller's cloud, so that it is not sent again. When the dot next to
// the vector is in the cloud, the vector moves over it.
//
// # Forgetting
//
// When all members have seen the write that overwrote another, nobody needs the other's dot any
// more: [Map.Collect] drops it, and with its last dot the entry. Up to where a replica has done so
// is its horizon, a version vector. From then on
//
//	a dot that the vector covers, and for which there is no slot, was overwritten and collected
//
// which is how a slot that comes back with somebody's entry is told from a new one. It holds among
// replicas that have seen each other's horizon. A puller that has not is answered with all there is
// ([Delta.Whole]), and drops, by the same rule, what the other has collected; what it wrote itself
// the other has not seen, so that survives. So a wrong idea of who the members are, or a replica
// that was cut off for a year, costs a full exchange and never brings a removed key back.
//
// Lives are retired in the same way. When a later life of its node is known everywhere, all its
// writes are, and none of them has a slot left, one entry [Retired] of the vector takes the place
// of its own and those of all earlier lives: a vector has at most an entry for each node and for
// each life of which something survives. To a replica that was cut off, retiring is less kind than
// collecting: writes of a retired life that only it has seen are lost, and so is that they
// overwrote anything. It finds that out, because the horizon of the others says how much of the
// life they had seen; and the two agree on what was before, since a value that one side holds
// counts unless the other side shows a write that overwrote it. Only if two parts of a group each
// retire the same life, having seen different amounts of it, and one of them has removed a key with
// a write of that life, may such a key read differently until it is written again.
//
// # Why the winner is not chosen when merging
//
// It is tempting to keep one record per key: a later write replaces an earlier one, and between
// concurrent writes a priority decides, as in the talk "Building a Skyscraper with Legos". That
// merge is not a join, because it is not associative. Its order has cycles, as in
// rock-paper-scissors: y replaces x, having seen it; x beats z by priority; z beats y by priority.
// Seven events on three replicas with priority C > B > A show it, the fewest that do, as found by
// bounded exploration in scenarios/explore:
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
//  1. Who has seen the same holds the same: two replicas with equal contexts, at whatever moments,
//     have the same siblings. The two are summarised by VersionHash and StateHash.
//  2. What the vector covers the entries tell: for every dot d of key k in Versions, the entry of k
//     has a slot of its actor that is as new, or d was overwritten and collected; and d is a
//     sibling unless a seen dot overwrote it.
//  3. A dot is one write: it has one key and one value everywhere.
//  4. Versions and Horizon only grow during a life, and Versions covers Horizon.
//  5. A dot is seen together with all writes of its key that its writer had seen. After answers
//     that were not cut short the same is true of all keys: with a write a replica holds all that
//     the writer held when it wrote.
//  6. For each actor, its newest dot for each key it wrote is in a journal, in order, so an answer
//     costs O(actors) and the writes it makes up for.
//  7. No entry has a slot without a value if all its dots are below the horizon, and none has a
//     slot of a retired life.
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
//	no slot here      the other's slot comes in, unless the vector covers its dot
//
// A process that simulates a cluster holds all its replicas, far more than its caches do, so the
// time goes into fetching entries from memory. Hence an entry of two writers lies in one piece of
// 40 bytes, an index of places instead of keys leads to it, the journals are read without touching
// any entry that is not sent, and Apply fetches the entries of an answer many at a time.
//
// # The caller's duties
//
// A boot number is never reused: a node that restarts without its map writes as a new [Actor]. If
// it continued with the numbers of an earlier life, peers would take its new writes for old ones. A
// restart that restores a map restores one that holds everything it ever sent.
//
// A life that has a later one is over: nobody sends in its name any more. [Map.Apply] refuses what
// was still on its way, and answers to an earlier life of the puller itself, which show in that the
// request knew more than the replica does now.
//
// What is passed to [Map.Collect] has been seen by all members. If it has a life and a later one of
// the same node, then no other member has seen more of that life or of an earlier one.
//
// A replica that applies what others push also pulls: one that has not retired what others have is
// not listened to before it has asked.
//
// [Config.Priority] is a pure function of key and writer.
//
// # What it costs
//
//	operation             time
//	Put, Remove, Get      O(writers of the key)
//	Answer, Apply         O(actors + writes that are lacking), of the answer if that is cut short
//	  when it is whole    O(keys)
//	Collect               O(actors + writes that have become stable since)
//
// None of them allocates once its memory has grown, but for keys and actors that are new. An entry
// of one writer takes about 70 bytes, key and value included when they are small, with its share of
// index and journals; one of three about 110. A map is not safe for concurrent use.
package crdt
