// Package station is what all rival designs have in common, so that they are compared by what they
// differ in: who checks what, and how the others learn of it.
//
// # The model
//
// A [Station] is one server without any design. It has the prober of our own servers (package
// health) and their table of routes (package routing), knows which origins there are, and keeps
// what the server believes of each. A design is a [node.Machine] around it that decides the rest:
//
//	what the design decides     what it calls         what the station says
//	which origins there are     Register, Unregister  OriginLearned, OriginForgotten
//	what this server checks     Assign, Release       CheckBegan, CheckEnded
//	what probes have found      Probed                HealthChanged, Believed, Routed
//	what others have told       Learn                 Believed, Routed
//	that it takes part          BecomeReady           Ready
//	whether it hears anybody    Peers, Heard          NetworkLost, NetworkFound
//
// What is believed is what this server's own probes say of an origin that it checks, and otherwise
// what the design has last told it. A new life of a server knows the configured origins, believes
// nothing, and routes to all. What says nothing about an origin changes no belief: that nobody
// knows, that whoever checks it could not, and what a server found while it took its own network to
// be down.
//
// Three more parts are there for designs that need them: [Shares] gives each origin to one of the
// servers that take part, by rendezvous hashing; [Registry] keeps what operators said by the clocks
// of those they said it to; [Reader] takes messages apart that may be anything.
//
// # The caller's duties
//
// Start comes first. After every input the design calls [Settle], and on a wake of [Timer] before
// it [Station.Woken]; its own alarm slots begin at [Timers]. Time never goes back. Origins handed
// to [Station.Status], [Station.Release], [Station.Checking] and [Station.Probed] are below
// Config.Origins; those that come from a message may be anything to the other methods.
//
// # Invariants
//
//  1. Checked origins are known: who forgets an origin ends its check.
//  2. Every Believed is of a known origin, but for the one that forgets it, of Unknown.
//  3. In the steady state nothing is allocated.
package station
