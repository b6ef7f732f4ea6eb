// Package live drives one agent with a real clock, UDP, HTTP and real origins. It is the only
// library package that touches the world: what it drives is the very machine that the simulator
// runs.
//
// # The model
//
// A [Node] is one life of one server. One goroutine owns the machine and all that belongs to it
// (the driver); everything else brings it inputs and never waits for anything but its turn:
//
//	input                comes from               waits in
//	datagram             the socket's goroutine   a ring, which sheds the oldest when it is full
//	alarm                one timer for all        its slot; due alarms come before all else
//	request on a stream  a goroutine of HTTP      a queue with room for as many as are let in
//	end of a call        a goroutine per call     a mailbox, bounded by the calls under way
//	result of a probe    a goroutine per probe    a mailbox, bounded by one for each origin
//	question of the API  whoever asks             a queue; who asks waits
//
// So under too much load a node loses datagrams, which SWIM is made for, refuses requests, which
// the others repeat, and loses nothing else; its metrics say how much. After each input the effects
// are carried out: what is to be saved first, then events, alarms, datagrams, calls, probes.
//
//	effect   becomes
//	Save     a file that is replaced as a whole
//	Send     a sealed datagram, if the address of the member is known
//	Call     POST /butterfly/v1/call with a sealed body, over HTTP/2 without TLS; HTTP/1.1 is
//	         served as well
//	Probe    a probe by package probe
//	Emit     a line of the log, an event for those who watch, a change in an origin's history
//
// # Time
//
// The machine's time is that of the wall clock when the node began, in ns since 1970, and since
// then that of the monotonic clock: it never goes back and never jumps, and what two nodes of a
// cluster mean by an instant differs by as much as their clocks did when they began. A node that
// stood still, stopped by a signal or by its host, goes on with late alarms; what that means is for
// the machine to find out, which does.
//
// # Names and numbers
//
// Servers, origins, services and checks have names for people and on the wire, and numbers for the
// machine: package names. A server's number is made of its name, so all agree on it, and where it
// can be reached is what it says of itself in SWIM's metadata. What is not yet known of a member
// that way is known from its hello, or from the datagrams that it seals: package contact. A node that
// begins a new life elsewhere is found as soon as it is heard, although all hold it alive where it was.
//
// # Joining
//
// Before the machine starts, the node says hello to its seeds (POST /butterfly/v1/hello), to learn
// what they are called and that nobody else has its number. A seed that has not answered in time
// gets an alias, a number that no server has, and is called on until it answers. Aliases serve to
// join through; members are known by their own numbers. A seed that has answered and is not in the
// group, because it has died or left, is called again every 30 s, by a look-up of its name each time: it
// may be back elsewhere, and may have found none of its own seeds up.
//
// # Origins
//
// The node's own file is known to its machine from the start. Files may differ: when a member
// begins with another one, the node registers in the map what its own file has and the map does
// not, as the other does. Reading the file again registers what is new in it and takes away what is
// gone, at all nodes, so one of them is enough; to read it at all does no harm. What has been taken
// away since a node began it does not bring back; a node that begins with an old file does.
//
// So an origin is taken away by reading the file again, or by hand, and not by beginning without it:
// those that have it tell of it.
//
// The driver decides nothing about health, membership or placement, and changes nothing that the
// machine says.
//
// # What is kept
//
// In the data folder: which life this is, and what the machine saved, with a checksum. A file that
// cannot be true is given another name and reported. The folder is locked until the node has stopped
// or its process is no more, so that a second one started by mistake says so and ends, where the
// system has flock: on Linux, macOS and the BSDs. Without a folder the clock alone tells one
// life from the next: a node whose clock was set back is then taken for an earlier life of itself,
// and heard again when the clock has caught up.
//
// # Whom to trust
//
// Whoever has the key. Frames are sealed, bound to the cluster's label, and accepted once (package
// seal). Without a key there is no more than a checksum, and the log says so at the start. From the
// network everything is bounded: the length of datagrams, requests and answers, how many requests
// are under way and how many connections are open, of all and of one source, how long a request may
// take, how many numbers there are for servers and, by Capacity, for origins.
//
// # The caller's duties
//
//   - Names differ between the nodes of a cluster, and labels between clusters of one network.
//   - A data folder belongs to one node.
//   - Call [Node.Stop] or [Node.Leave] in the end. A node may end by itself, when another server
//     turns out to live under its number: [Node.Done], [Node.Err].
//
// # Invariants
//
//  1. The driver's duties of package node: Start first and once, no two inputs at once, time never
//     goes back, no alarm early or for a setting that was replaced, exactly one end for each call
//     and each probe, and none of an earlier life.
//  2. No effect is carried out before the state is written that was to be saved by the same input.
//  3. Nothing is handed to the machine that did not open, or was here before.
//  4. When Stop has returned no goroutine, socket or timer of the node is left, but for probes that
//     did not end in time.
package live
