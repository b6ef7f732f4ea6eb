// Package node is the contract between protocol logic and whatever drives it. It holds no logic.
//
// # The model
//
// A node is a [Machine]: a deterministic state machine that takes one input at a time and fills in
// an [Out] with the effects of that input. It reads no clock, owns no goroutine, no socket and no
// random source of its own: the time is an argument, the network is an effect, and randomness is
// handed over at construction as a seeded stream. So the simulator and the live driver can run the
// very same code, a test can print what one input did, and one node can be replayed alone from a
// trace.
//
// # Inputs
//
//	Start     once, first; with what the node saved before its last crash, or nil
//	Receive   a datagram arrived
//	Wake      an alarm went off, at or after its time
//	Serve     a request arrived on a stream; it is answered or refused on the spot    (optional: [Server])
//	Returned  a call this node made was answered, or failed                       (optional: [Caller])
//	Probed    a health probe this node started has a result                       (optional: [Prober])
//
// # Effects
//
//	Send      a datagram: may be lost, duplicated, reordered, and is dropped above the MTU
//	Call      a request on a stream: reliable and in order while the path holds, slower than a datagram,
//	          and answered by exactly one Returned, which may be a failure
//	Probe     a health probe of an origin, answered by exactly one Probed
//	Alarm     sets one of [MaxTimers] timer slots; setting a slot replaces what it held
//	Emit      an observable event: what checkers, traces and logs see
//	Save      durable state; the last Save is what Start gets after a restart with disk
//
// # The driver's duties
//
// Start comes first and once; no two methods run at once; now never goes back; a Wake comes at or
// after the time asked for, and only for the setting that is still in force. Replies and probe
// results of an earlier life of the node are never delivered to a later one.
//
// # The machine's duties
//
// Equal construction and equal inputs give equal effects, to the byte. Messages are valid only
// during the call that delivers them and are not to be modified: a duplicated datagram is one
// message delivered twice. Nothing retains the Out or its slices. A [Machine] that ranges over a Go
// map where the order can reach an effect breaks this contract; the simulator's verify mode finds
// such breaks.
package node
