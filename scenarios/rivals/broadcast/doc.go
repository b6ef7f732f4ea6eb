// Package broadcast is the design that goes by the name of multicast: what the talk's system
// replaced, everyone tells everyone everything, with health checks in it. (Package multicast
// measures what such telling costs, and has no origins.)
//
// # The model
//
// A [Server] knows the list of all servers, and takes those for alive that it has heard within a
// time-out. Each origin belongs to the one of them that ranks highest for it, by rendezvous
// hashing. What belongs to a server by its own reckoning it checks; nothing is agreed upon.
//
//	start     listen for a time-out; then take part
//	round     once an interval: drop whoever was silent for a time-out, and tell all other servers
//	          all results of one's own checks, and all registrations that are one's own to repeat
//	receive   the sender is alive; every result and registration is taken if it is the newest
//
// Of two results of an origin the newer counts, by the clocks of the servers that found them, and
// of two from the same millisecond the higher server's. Registrations are the same (package
// station). A server repeats those that an operator told it, and those of origins that belong to
// it: so that whoever starts anew learns of them by listening, as it learns everything.
//
// # Messages
//
// There is one, a datagram of up to 1400 bytes; as many as are needed, and one at least. Nothing is
// acknowledged. A uvarint is the base-128 number of encoding/binary.
//
//	version and kind    1        0x12
//	sent at             1 to 7   uvarint: milliseconds since the start of the run
//	registrations       1 to 5   uvarint: how many
//	  each              4 to 20  origin, value, milliseconds, server: uvarints
//	results             1 to 5   uvarint: how many
//	  origin            1 to 5   uvarint: by how much it is above the one before, plus 1
//	  age and status    1 to 7   uvarint: twice the milliseconds before sending, plus 1 if unhealthy
//
// # What it is known to fail at, and why
//
//   - Cost. K results from each of n servers to n-1 others, whether or not they say anything new: K
//     n results a server and interval arrive with K n origins, and as servers are added because
//     there are more origins, all of it together grows as n^2 to n^3. What is new is a result that
//     has changed.
//   - Being alive is not the same as checking. A server that is heard is trusted with its share,
//     whether or not it knows of an origin, and whether or not it can probe: nobody steps in. Ours
//     claims origins one by one.
//   - Taking over has no overlap to begin with. Who hears a newcomer drops what is the newcomer's
//     at once, and the newcomer begins at a random moment of its interval.
//   - A time-out for each pair: with a loss of q and a time-out of k intervals a live server is
//     dropped q^k of the time by each other one, and its whole share is checked twice until it is
//     heard again.
//   - What is lost is missed until the next round, and who starts anew or was cut off knows of an
//     origin what its checker tells next, and of one without a checker nothing.
//   - Clocks. The server whose clock is ahead is believed for as long as it is. In a simulated
//     world all clocks agree.
//   - An operator's word is lost with the server it was told, if that dies before its next round.
//   - Leaving is a crash to the others: nobody says goodbye.
//
// # The caller's duties
//
// Every server is configured alike, with all servers in the list.
package broadcast
