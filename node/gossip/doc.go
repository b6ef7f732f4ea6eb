// Package gossip spreads a replicated map: it decides whom a node talks to, when, and in which
// order what is said, and finds out what everybody has seen.
//
// # The model
//
// Each node has a [Store], a replica whose state is a set of writes: it can say which it has seen
// (a causal context, see package crdt), answer what it has that another has not, and merge such an
// answer. A round of a node begins FanOut contacts on streams, each with a peer chosen uniformly at
// random and independently of the others, as the recurrences of theory have it: a peer that is
// chosen twice is contacted twice. What a contact says depends on the [Mode]:
//
//	mode        request            reply                                    then
//	PullMode    Pull{Seen}         Answer{Delta}
//	PushMode    Offer{Seen}        Answer{Lacks, Seen}                      Push{Delta}  Answer{}
//	PushPull    Exchange{Seen}     Answer{Delta, Lacks, Seen}               Push{Delta}  Answer{}
//
//	Delta of an Answer    what the request's Seen does not cover; absent if that is nothing
//	Lacks, Seen           set if who answers lacks something of the request's Seen
//	Push                  sent if Lacks is set, with what the reply's Seen does not cover
//
// So nobody is sent a write it says it has seen, and when nothing is new a contact in any mode is
// one context and an answer of two bytes: 582 B in a group of 64 servers, each of which has written
// up to 16383 times. That is the price of gossip that never stops: a group of n spends n contexts
// of n entries a period on finding out that there is nothing to say.
//
// # Why pull is the default
//
// The receiver asks for what it lacks, when it can take it: a slow node is not overrun by what
// others want to be rid of, it can ask again when an answer is lost, and a node that comes back
// asks for all it missed without anybody knowing that it was away. And pull ends well. While few
// know, push is the faster: the informed go out and tell, whereas who pulls rarely hits one of
// them. But when most know, a node stays ignorant by pull only if it asks another ignorant one, so
// the share of the ignorant squares in every round, p' = p^2; by push each of them has to be found,
// and the share falls only by a factor, p' = p/e (Demers et al., "Epidemic algorithms for
// replicated database maintenance", 1987, section 1.3; Karp et al., "Randomized rumor spreading",
// 2000). Push-pull has the good half of each for more bytes when something is new.
//
// # Rounds
//
// Aligned rounds of a fixed latency are the synchronous rounds of theory, exactly: every request
// carries what its sender had seen at the beginning of the round, every answer is read before any
// is merged, and a Push is sent only if the peer lacks something of what was there when the contact
// began. What a node learned meanwhile waits for its next round, though a Push that is sent anyway
// brings it along. A contact that is late keeps its place in FanOut until it ends or times out, so
// a node whose peers are slow slows down. Rounds missed in a pause are not made up for.
//
// # What everybody has seen
//
// A store forgets removals, and retires the actors of lives that ended, when all members have seen
// them: causal stability. Every Seen that a node hears, in requests and replies, tells it
// something, for contexts only grow within a life. A sweep is a candidate, this node's own vector
// when the sweep began, and the peers that count: whose Seen, as last heard, covers the candidate.
// When every present peer counts, the candidate is stable: [Store.Collect] is called with it and
// the next sweep begins. A life is closed if the candidate has a later one of its node. When a Seen
// has more of a closed life than the candidate, this life and the closed ones after it are taken
// out of the candidate: it may be long until everybody has all of it, or for ever, if only a dot
// beyond a gap is left; the sweep does without it.
//
// What a sweep collects, every peer has seen: each was heard to cover it, and contexts only grow.
// And none has seen more of a closed life in it, or of one before that. Suppose one had, at the
// end. Closed lives write no more, so it had it from the beginning or learned it from a peer, and
// so on back to one that had it from the beginning; that one was heard since, and the life taken
// out. Or it is this node itself, whose store then holds the write. Both hold as long as no peer
// leaves, restarts or is overlooked during the sweep.
//
// Hearing costs O(actors). A node hears others FanOut times a period on average: once a second and
// with 64 servers a sweep takes five minutes (the coupon collector's n ln n). Restarts and removals
// are rarer than that.
//
// # Who everybody is
//
// A store that forgets a removal too early loses nothing: who was overlooked finds out by the
// horizon, and is brought up to date with a whole answer (package crdt). So it is enough to ask the
// peers, and one that died holds nothing up. But what only an overlooked node has seen of a life is
// lost if the life is retired. Stability is about all replicas there are, and those are not the
// peers: nobody can tell a node that crashed, whose replica is gone, from one behind a cut, whose
// replica is not. Hence the owner says when the group changes, and whether it is whole
// ([Gossip.GroupChanged]), and only a sweep during which it was whole and did not change retires
// lives. From any other the store gets the candidate in layers, in none of which a life is closed.
//
// So no life is retired of which any node holds more than who retires it, wherever the network was
// cut. This takes the owner to be told in time: that a node has restarted has to be known by the
// time that its new life has seen the candidate and says so. Until the group is whole again, a
// vector keeps an entry for each life, and the store what it knows of it.
//
// # Invariants
//
//  1. At most FanOut contacts are outstanding, and the ends of others have no effect.
//  2. What is pushed or answered is never what the receiver said it has seen.
//  3. The sweep's count is the number of nodes that count.
//
// # The owner's duties
//
// [Gossip.Wake] is called when the alarm goes off, [Gossip.Serve] with what arrives on streams, and
// [Gossip.Returned] exactly once for each call. All share the Store with the owner, who may write
// to it between them. Who is there is the owner's to say, through [Peers]; a wrong idea of it costs
// time and bytes. Who is missing is the owner's to say as well, by [Gossip.GroupChanged], if there
// may ever be somebody: a wrong idea of that costs writes. The owner also judges whether news is of
// keys and nodes that exist: messages are merged as they are if the Store takes them.
package gossip
