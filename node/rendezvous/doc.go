// Package rendezvous places keys on members by highest random weight, without coordination.
//
// # The model
//
// Every (key, member) pair has a score that anyone can compute; the members sorted by descending
// score are the key's order, the first of them its owner, the second the one that takes over when
// the owner is gone (Thaler and Ravishankar, "Using name-based mappings to increase hit rates",
// IEEE/ACM Transactions on Networking 6(1), 1998). Nothing is stored and nothing is agreed upon:
// two servers that see the same members see the same order.
//
// The score is [Score](key, member) = fmix64(key XOR member) over hashes computed once. The
// finaliser is not decoration. Raw FNV-1a of key||member leaves the last byte out of the high bits,
// so that with 64 sequentially named servers one gets eight times its share, some get nothing, and
// every failover of a server goes to one fixed successor; the tests keep that failure as a negative
// control.
//
// # Invariants
//
//  1. The order of a key is a strict total order: equal scores are ranked by the lower ID.
//  2. It is a function of the key and of the set of members: neither the order of the list, nor its
//     history, nor liveness matters.
//  3. Minimal disruption: removing a member moves exactly the keys it owned, each to its second
//     choice; adding one moves keys to the new member only. This holds for any hash.
//  4. Two views A and B of the members disagree on the owner of a share 1 - |A and B| / |A or B| of
//     the keys: the Jaccard distance of the views, by the argument of MinHash. This, and an even
//     spread, needs a good hash.
//
// # The caller's duties
//
// IDs in one list are distinct. A member's hash is the same at everybody, so it is derived from the
// member's name and never from anything that one server alone sees; the same goes for keys. A key
// and a member that share one hash score 0 together, so names of the two kinds should differ.
// Hashing is not keyed: whoever chooses the keys can choose who owns them.
package rendezvous
