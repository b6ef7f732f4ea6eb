// Package sim is the kernel: a virtual clock, a totally ordered queue of events, and the hosts they
// happen to. It knows no protocol and no network.
//
// # The model
//
// Time is integer nanoseconds and moves only when an event is taken from the queue. Events are
// ordered by (time, sequence): of two events at one instant the one scheduled first happens first,
// always. Every event remembers its cause, the event that was being handled when it was scheduled,
// so the lineage of anything that happens can be read off a trace.
//
// The caller (package scenarios/world) owns the loop. It asks for the next [Step], lets the machine
// concerned handle it, and turns the machine's effects into further events:
//
//	var step sim.Step[M]
//	for k.Next(end, &step) {
//		// hand step to a machine, schedule what follows
//	}
//
// # Hosts
//
// A host is up or down, and may be paused. Each life of a host is numbered. A crash ends the life:
// its timers, its calls and probes, and the messages in flight from its sockets are gone; messages
// to it that arrive while it is down are lost, and those that arrive after a restart reach the new
// life, as late datagrams do. Copies of datagrams that the network has made outlive their sender
// ([Kernel.Replay]). A paused host keeps its life: what arrives queues up (datagrams only
// as far as the socket buffer holds them) and is handled in a burst on resume, and its timers go
// off late. What waits counts as in flight: it is lost when its sender crashes.
//
// A blocked host keeps running behind sockets that are blocked: what arrives queues up as in a
// pause, and so do the ends of its calls, which run out on time all the same; its timers go off.
// What it sends is the caller's to keep back. A timer that has sent something is stuck in that,
// like a loop of a program: the caller says so with [Kernel.Stuck], and its further alarms wait
// with what has arrived. When the block ends everything is handled in the order in which it came. A
// host may be paused and blocked at once; what either of them holds waits.
//
// A slow host takes a cost for each input ([Kernel.SetCost]): one after the other, in the order in
// which they came, and handles it when that time is over. What comes faster waits, as in a pause:
// datagrams only as far as the socket buffer holds them. What a pause or a block holds is not
// worked on, and work that a pause interrupts begins anew.
//
// # Timers
//
// Each host has [node.MaxTimers] slots. Setting a slot replaces what it held: there are no handles
// to cancel. A queue entry that no longer matches its slot is stale and dropped when met; when
// stale entries outnumber live ones the queue is swept, so cancelled timers cost no more as they
// pile up. An alarm that is put off keeps its entry until the old time has come, and takes its place
// in the order of scheduling only then.
//
// Hosts mostly set one slot for the same span ahead, so that the alarms of a slot are due in the
// order in which they were set. Then they only stand in line, and cost a fraction of what messages
// do, which have to be sorted. A protocol is the faster for giving each of its spans a slot.
//
// # Streams
//
// A call is opened with a deadline and ends exactly once: with its reply or at the deadline. How
// long the request and the reply take, and whether they get through, is the network's business.
//
// # The fingerprint
//
// Every step, everything a machine says and whatever the caller remarks ([Kernel.Remark]: what the
// network drops, faults, saves) is folded into a running 128-bit fingerprint, and written to a
// trace when one is attached. What a crash or a full socket buffer loses is only counted, in
// [Stats]. Two runs with equal fingerprints did the same things in the same order at the same times.
//
// # Invariants
//
//  1. Steps come in strictly increasing (time, sequence) order; Next panics otherwise.
//  2. cause < sequence for every event, and 0 only for what was scheduled while no step was handled.
//  3. Nothing of an earlier life reaches a later life of the same host, except datagrams and requests
//     that others sent it, and replays.
//  4. In the steady state a step allocates nothing.
package sim
