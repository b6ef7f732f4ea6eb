// Package world runs one universe: machines on the kernel, joined by a network, under a plan of
// faults, watched by checkers. It is generic: any [node.Machine] runs here, ours and yours.
//
// # The model
//
// A [Spec] says how many hosts there are, how to build the machine of each, what the network is
// like, which faults happen when, and who checks. [New] turns it and its seed into a [World];
// [World.Run] plays it to the end and returns a [Result]. A run is a pure function of the build,
// the spec and the seed.
//
// A run has two phases. While faults last, safety is demanded: what checkers call violations must
// never happen. When the last fault is over the world is healed, and from then on liveness is
// demanded too: within the checkers' bounds everything must have settled. A plan without faults is
// healed from the start of the run.
//
// # What the world does with effects
//
//	Send    the network decides its fate; cut links also lose what is already in flight, and so do
//	        crashes of the sender, but for second copies, which are the network's own
//	Call    three one-way trips (handshake, then the request), or one with Spec.KeepAlive, and one
//	        back with the reply or the refusal; a path that is cut, a peer that is down, or a loss as
//	        a whole (Config.CallLoss) leaves the call to its deadline
//	Probe   is answered after its round trip if origin and uplink are up when it starts and when the
//	        answer comes; else nothing answers, and the probe fails at its time-out
//	Save    kept, and handed to the next life of the host if the crash spares the disk
//
// # Schedules
//
// A [scenarios.Schedule] delays what a host sends by the host's priority, when its fate is decided: each
// datagram with its copies, each request and each reply or refusal. The network's own luck stays as it
// is, and handshakes and probes of origins are not delayed.
//
// # Damaged datagrams
//
// What corruption damages is refused by the host it reaches: the machine never sees it, for a
// carrier of datagrams guards them by a checksum that finds all damage there is here; see
// [netmodel.Damage]. That leaves the parser out of it, which is to refuse, and never to panic,
// whatever it gets. So where there is a codec, the bytes of each damaged datagram are parsed all
// the same, and thrown away: a panic ends the run, and the report says how many of them passed for
// messages, which is how much the checksum is worth. Streams are repaired by their retransmissions.
//
// # Hosts that stand still
//
// A paused host handles nothing; a blocked one runs behind sockets that are blocked (the anomaly of
// the Lifeguard paper, Dadgar, Phillips and Currey, 2018, sections II and V). What comes by a
// socket waits for the end: datagrams, requests, and how calls and probes ended. What goes by one
// waits too, and its luck is drawn when it leaves: datagrams, probes, and calls, whose time-outs
// begin only then. Calls under way run out on time, and their ends wait. Events and saves need no
// socket. An alarm slot that has sent something is stuck: its next alarms wait, while the other
// slots go off on time. At the end first leaves what is stuck, then what has waited is handled in
// the order in which it came.
//
// Pauses and blocks of a host are counted: it runs free when the last of them is over. A crash ends
// all that are under way, and drops what waits.
//
// # Uplinks
//
// A host whose uplink is down is cut off from all others, on a side of its own, whoever else the
// same fault strikes, and its probes stay unanswered. It is up and runs, and what it sends is lost,
// not kept.
//
// # Operators
//
// That an origin is to be checked, or no more, an operator tells one server; from there on it is
// the machines' own business. The first of the fault's hosts is told that is up, does not stand
// still and is a [node.Registrar]; without one, the next higher host that is, and after the highest
// the lowest. A lost uplink keeps no operator away. The checkers learn of it after the machine has
// dealt with it.
//
// # Coverage
//
// A green run says more if it says what it went through: a table counts each kind of event by the kinds
// of faults in force when it happened. A fault is in force from its beginning to the end of what its end
// brings about, such as a server's restart; one without an end until the run is over; and an order of an
// operator while it is given.
//
// # The caller's duties
//
// Spec.Machine builds equal machines for equal arguments and shares no mutable state between hosts
// or worlds. Checkers belong to one world. [Verify] runs a spec twice, in lockstep, and names the
// first event in which the two runs differ: a machine that breaks the rule is found there.
package world
