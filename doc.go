// Package butterfly is the front door of the tree: it holds no code, only this page and the test that
// keeps the house in order.
//
// Butterfly is a deterministic simulation and testing harness for coordination-free distributed systems,
// and the system it was built to prove: servers of one data centre that share out the health checking of
// tens of thousands of origins without a leader, a lock or a quorum. One seed is one universe: the same
// build, scenario and seed give the same run, to the bit.
//
// # The rooms
//
//	sim               the kernel: virtual time and a totally ordered queue; knows no protocol
//	  sim/clock         instants, the only time type of the tree
//	  sim/rng           integer randomness in named streams
//	  sim/invariant     assertions that a build tag turns on
//	  sim/trace         what happened, with causes, and its running fingerprint
//	  sim/strict        YAML that people write, and what is wrong with it
//	  sim/form          single values in it: how they are read, printed and shown to editors
//	node              the contract between a protocol and whatever drives it; no logic
//	  node/swim         who is alive: failure detection and membership
//	  node/rendezvous   who is responsible: keys and members to ranked owners
//	  node/crdt         what is known: a delta-state map whose replicas merge in any order
//	  node/gossip       how that gets around: pull, push or both; and what everybody has seen
//	  node/origin       how origins are written down in that map
//	  node/health       what to probe now, and what the results mean
//	  node/routing      where requests go, and where not
//	  node/wire         messages as bytes
//	  node/contact      where another server is reached, by its word or by where it was heard
//	  node/agent        one whole server, composed of the parts above
//	  node/live         the same server live: real clock, UDP, HTTP, real origins; only cmd imports it
//	    live/endpoint     host and port
//	    live/names        names on the wire, numbers in the machine
//	    live/seal         keys, ciphers, and what was here before
//	    live/limit        how many connections there may be
//	    live/probe        a look at an origin
//	    live/spec         the files of a node
//	    live/record       what a machine was told, and playing it again
//	    live/replace      a file in the place of another, as a whole
//	    live/view         what a node shows, as plain values
//	    live/api          the API, the status page, and what load balancers read
//	netmodel          what happens to a packet
//	checkers          what is promised, as observers of a run
//	scenarios         what happens in a run, as plain values, and the catalogue
//	  scenarios/world   the glue: one spec and one seed, played to the end
//	  scenarios/cluster our own servers in such a world, with every bound computed
//	  scenarios/group   SWIM alone in such a world, to be laid beside the papers and memberlist
//	  scenarios/replicas the map and its gossip alone
//	  scenarios/planet  many data centres, each a world of its own
//	  scenarios/cap     a register, available by the map or consistent by raft
//	  scenarios/stage   which of these a scenario needs
//	  scenarios/file    scenarios as YAML, and the JSON Schema of that
//	  scenarios/search  which plan of faults to run next
//	  scenarios/hunt    many seeds on many cores, and what is left of a failure
//	  scenarios/shrink  the few faults of a failing plan that it takes
//	  scenarios/universe protocols of your own in go test: one subtest a seed
//	  scenarios/explore every execution of a small model, up to a number of events
//	  scenarios/spread  how one write gets around, beside the theory
//	  scenarios/zoo     planted bugs, and how soon each is found
//	  scenarios/tune    which parameters of SWIM suit a network
//	  scenarios/rivals  the designs that ours is compared with
//	  scenarios/versus  the comparison
//	  scenarios/fidelity the same course of events as live servers go through, to compare them
//	plots             result rows to figures
//	cmd/butterfly     the command
//
// # Which way the arrows run
//
//	cmd ──▶ scenarios ──▶ sim, netmodel, checkers, node/agent ──▶ the parts ──▶ node ──▶ leaves
//
// The parts (swim, rendezvous, crdt with gossip, health, routing) do not know each other, the protocol
// code does not know the simulator, and the checkers do not know the implementation they judge.
// The architecture test beside
// this file enforces the arrows, and that nothing inside a simulation reads a clock, a random source or
// the order of a map.
//
// # Where to begin
//
// Read package node for the contract, scenarios/universe for how a protocol of your own is put to the test,
// with two examples, and scenarios/cluster for what our cluster promises. Then: go run ./cmd/butterfly run.
package butterfly
