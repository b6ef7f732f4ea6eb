// Package fullstate exchanges whole states: once a period each server asks a random other one for
// all it has, and merges it. It is how state-based CRDTs are described (Shapiro, Preguiça, Baquero
// and Zawirski, "Conflict-free replicated data types", SSS 2011, section 2.1), and a rival, to be
// measured beside the deltas of the map.
//
// # The model
//
// A [Replica] is the one of package replicas, with its map, its workload, its rounds and its
// messages, but for one thing: it asks as one who has seen nothing. So the answer is everything,
// tombstones included, and what the asker has already is merged and comes to nothing. News travels
// as by pull, in as many rounds; only the bytes differ.
//
// Nobody says what it has seen, so nobody learns what all have: nothing is ever collected. An
// answer is not cut short: the part that comes first would be the same each time, and the rest
// never come.
//
// # What it costs, and why there are deltas
//
// Each of n servers gets the whole map every period, changed or not: with S bytes of map, n·S a
// period, where deltas take one version vector a server and the entries that are new. 64 servers
// with 10,000 keys, of some 10 bytes each, send 6.5 MB a second to tell each other nothing, at a
// round a second; pulling deltas, 37 kB.
package fullstate
