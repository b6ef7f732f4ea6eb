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
//	Send    the network decides its fate; cut links also lose what is already in flight
//	Call    three one-way trips (handshake, then the request), one back with the reply or the refusal; a
//	        path that is cut, or a peer that is down, leaves the call to its deadline
//	Probe   the origin answers after its round trip if it is up when the probe starts and when it ends;
//	        one that is down never answers, and the probe fails at its time-out
//	Save    kept, and handed to the next life of the host if the crash spares the disk
//
// # The caller's duties
//
// Spec.Machine builds equal machines for equal arguments and shares no mutable state between hosts
// or worlds. Checkers belong to one world. [Verify] runs a spec twice, in lockstep, and names the
// first event in which the two runs differ: a machine that breaks the rule is found there.
package world
