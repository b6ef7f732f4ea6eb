// Package multicast is the system that the talk's replaced: everyone tells everyone everything. A
// server that has a result of a health check sends it to all other servers, one datagram each, and
// everybody keeps the newest result of every key. It is a rival, to be measured beside the map and
// its gossip.
//
// # The model
//
// Keys are checked at a steady pace, each once an interval, by one server or by all. Results are
// made up: each server counts. [Server] is a machine like any; nothing it does needs an answer, and
// it saves nothing.
//
//	check    a result for the next key of this server's share is kept, and waits to be sent
//	flush    what waits goes to every other server, in datagrams up to the [MTU]
//	receive  each result is kept if it is newer than what is known of its key
//
// Newer is a matter of clocks here, with the higher server where two agree. In a world all clocks
// do; on real servers a fast one would win for as long as it is fast.
//
// # What it costs, and why it was replaced
//
// With n servers each result is sent n-1 times, whether or not it says anything new: K keys are
// K(n-1) datagrams an interval, or Kn(n-1) if every server checks every key. As servers are added
// because there is more to check, K grows with n, and all of it with n² or n³. Batching divides
// the datagrams, and of the bytes only the headers. The map sends what has changed, and gossip
// brings it to each server once.
//
// A datagram that is lost is lost. Who misses a result knows the one before, until the next: with
// a loss q, the share q of servers is behind by an interval at any time, q² by two. Who starts anew
// knows nothing of a key until it is checked again, and who was cut off nothing new. There is no
// other repair.
//
// # On the wire
//
// A uvarint is the base-128 number of encoding/binary. A datagram has at least one result.
//
//	version and kind     1         0x11
//	at                   8         of the first result, big-endian, in nanoseconds
//	then, to the end, for each result
//	  later              1 to 9    uvarint: nanoseconds after the result before it, 0 of the first
//	  key                1 to 5    uvarint below 2^32
//	  value              1 to 10   uvarint
package multicast
