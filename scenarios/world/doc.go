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
//	        answer comes; else nothing answers, and the probe fails at its time-out; a host without
//	        sockets is told at once that it could not be made
//	Save    kept, and handed to the next life of the host if the crash spares the disk; lost, without
//	        a word to the machine, while the disk is full
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
// the same, and thrown away: a panic is the receiver's, and the report says how many of them passed for
// messages, which is how much the checksum is worth. Streams are repaired by their retransmissions.
//
// # What happens on arrival
//
// Faults touch what is in flight. What arrives is lost if its path is cut by then, or if its medium is
// blocked there; if its path is clogged it waits until the end, and arrives then unless its sender has
// crashed: a call may have run out meanwhile. A clog parts the network into sides as a cut does, and
// one medium blocked does not. What delays, narrows or drops packets does so when they are sent, to
// datagrams and to the segments of streams; second copies have passed a narrow link already.
//
// # Forged datagrams
//
// An outsider overhears datagrams while it is at work, and makes others of them, or of noise. They are
// parsed and thrown away as those are that were damaged, because a carrier has a key: a panic is the
// receiver's, and the report says how many were well-formed. With Spec.BareCarrier both are delivered if they
// parse. What is forged passes where a datagram of whom it claims to be from would.
//
// # Versions
//
// Some hosts may speak another version of the wire format ([Dialect]), from the start or once they have
// been upgraded. What reaches a host in another version than its own has arrived, and is refused: a
// datagram without a word, a request by a refusal, as no server serves it. Which version a message is
// in was decided when it was sent, whatever its sender speaks by now, and who gets it goes by the life
// that it lives when it arrives. Where there are codecs it is the receiver's parser that refuses: one
// that misreads the other version lets the message through. To the checkers two versions are as good as
// cut off from each other, on sides of their own.
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
// # Hosts that are slow
//
// A slow host takes a cost for each input before its machine has it ([sim.Kernel.SetCost]), one
// after the other; what comes meanwhile waits, datagrams in a socket buffer that overflows. The cost
// is the host's and outlives a crash. To the checkers such a host stands still: nothing is promised
// of how far it lags behind, but the others owe what they owe.
//
// # Disks
//
// A crash keeps the disk or not. It may return an old snapshot: what had been saved some time
// before; later saves are gone for good. Or the last save is torn: cut short anywhere, for a disk may
// say it has written what it has not. What a machine finds is then no save of its own making, and it
// must neither panic nor believe it.
//
// # Addresses
//
// A host is reached by its number as long as it stays where it is. A crash may have it return at
// another address: then it matters what the others know of that, and each learns it as a live server
// does, by the rule of package [butterfly/node/contact]. A host that moves in a plan says at each start
// where it is, if its machine is a [node.Describer]. Who hears by an event of its own machine that such
// a host is alive has its word, recognised by the hash of what it says; a life whose word has not come
// is answered where its datagrams come from. A second copy tells where its sender was when it sent it.
// Calls tell nothing: who answers one, answers on its stream.
//
// What goes to where a host has been is lost without drawing any luck: a datagram for good, and a call
// is left to its deadline. That holds too for whatever is on its way to a host, datagrams, their copies
// and requests, when it returns elsewhere: it is dropped then, and does not reach the new life. Both
// count as what the move did. The forged datagrams of an outsider are no exception; they come from
// where the host is in whose name they speak.
//
// A host begins a life with where the others are then, as one does that looks them up by name. Later
// only Spec.Seeds can be looked up: who misses one of them, because it is not in the group or has not
// been met in this life, looks every 30 s, when it has something to send there. That is the pace of
// package live, which has its seeds by name. Without it two sides that have lost each other never meet
// again if all that one of them knows of the other has moved meanwhile: servers that join through
// three, say, of which two are down while the third moves, and then move as well.
//
// # Clocks
//
// Machines read now by the clock of their host, and their alarms and time-outs run by it; checkers,
// faults and the network go by the true time. A clock is monotonic, as that of a process is: the
// wall clock is read once, when a life begins. So a clock may drift while it runs, by a rate, and
// keeps what it has gained; but a jump of the wall clock, either way, concerns lives that begin
// while it is wrong. No wall clock shows a time before the start of the run. A call or a probe that
// is under way when the rate changes keeps its time-out.
//
// What our own machines assume of clocks: that within a life they do not go back; rates within
// 1,000 ppm of the truth (those of quartz are within 100, and network time slews by 500 at most),
// for every bound is a sum of spans by some server's clock; wall clocks within
// [swim.Config.MaxClockSkew] of each other; and that a life which has lost what it saved begins at
// a later time by the wall clock than the one before. A jump back breaks only the last: who has its
// disk goes on from the generation that it finds there.
//
// # Uplinks
//
// A host whose uplink is down is cut off from all others, on a side of its own, whoever else the
// same fault strikes, and its probes stay unanswered. It is up and runs, and what it sends is lost,
// not kept.
//
// # Sockets
//
// A host that can open no sockets lives, and is heard: datagrams leave by the socket that is open, and
// calls by connections that are. Only its probes, each of which takes a new one, cannot be made, and
// those that have begun go on. To the checkers it stands still: whatever it owes as a checker of
// origins, the others owe in its place.
//
// # Operators
//
// That an origin is to be checked, or no more, an operator tells one server; from there on it is
// the machines' own business. The first of the fault's hosts is told that is up, does not stand
// still and is a [node.Registrar]; without one, the next higher host that is, and after the highest
// the lowest. A lost uplink keeps no operator away. The checkers learn of it after the machine has
// dealt with it.
//
// # Panics
//
// A machine that panics has broken a promise, in a run of a scenario ([Spec].Catch): the run ends there,
// with the violation of a property of its own that says who panicked and where, and is replayed and
// shrunk like any other. What panics outside of the machines, such as a checker, is the harness itself
// and proves nothing.
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
