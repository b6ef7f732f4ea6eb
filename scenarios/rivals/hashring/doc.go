// Package hashring is consistent hashing with virtual nodes, to be put in the place of rendezvous
// hashing (package rendezvous): the agent stays as it is and only ranks servers otherwise. It also
// has the figures by which ways of placing keys are compared.
//
// # The model
//
// Servers and keys are points on a circle of 2^64 (Karger, Lehman, Leighton, Panigrahy, Levine and
// Lewin, "Consistent Hashing and Random Trees", STOC 1997). Each server has several points, its
// virtual nodes, and a key belongs to the server whose point comes first clockwise from the key's
// own (Stoica et al., "Chord", SIGCOMM 2001, section 4; DeCandia et al., "Dynamo", SOSP 2007,
// section 4.2). Behind the owner rank the others in the order in which the circle comes upon the
// first point of each.
//
// So [Ring.Score] is how little of the circle lies between the key and the server's next point: a
// function of the pair alone, as the score of rendezvous hashing is. Who is alive does not enter
// into it, and the invariants 1 to 3 of package rendezvous hold for the same reasons.
//
// # What it is known to fail at, and why
//
//   - Balance. A server's share is the length of its arcs, and these are as long as chance has it:
//     with v points for each server the shares have a coefficient of variation of about 1 /
//     sqrt(v). At rendezvous hashing only the keys vary, sqrt((n-1) / K) for K keys on n servers. A
//     hundred points leave 10 %, ten 30 %.
//   - Failover. The keys of a server that dies go to whoever comes after each of its points: v arcs
//     to at most v others, not evenly. With one point for each server, all go to one.
//   - Memory: v points for each server instead of one hash. In return whoever asks for the owner
//     alone makes one search instead of n scores, which is why it is used with many servers.
//
// Disruption is as small as with rendezvous hashing. With hash modulo n, the third of the
// [Scheme]s, it is n / (n+1): nearly everything moves.
//
// # The caller's duties
//
// A ring is immutable and may be shared by all servers of a process. Servers and origins are below
// the numbers that it was made for.
package hashring
