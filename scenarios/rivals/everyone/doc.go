// Package everyone is health checking without any coordination: every server checks every origin,
// and none says anything to another. It is what one gets by starting a load balancer of the usual
// kind (HAProxy, Envoy, nginx) on each server, with the same configuration file.
//
// # The model
//
// A [Server] checks all origins that it knows of, by its own probes alone, from its start to its
// end.
//
// # Messages
//
// None. [Message] is there because a machine must have one; it is empty, and never sent.
//
// # What it is good at
//
// No failure of a server or of the network between servers leaves an origin unchecked, for there is
// nothing to take over. What a server believes is what it sees from where it is, and is as old as
// its own last probe.
//
// # What it fails at, and why
//
//   - Load. With n servers each origin gets n probes an interval: 64 servers that check once a
//     second are 64 requests a second to an origin that nobody uses. The talk's phrase for this is
//     the self-made denial of service. The work of a server does not become less when servers are
//     added.
//   - Registration. An operator who tells one server has told one server. The others neither check
//     nor use what is registered there, and go on checking what is removed. It is not flooded on
//     purpose: with the first message between servers this would be another design, and would have
//     to answer what becomes of a message that is lost (see package broadcast).
//   - A new life of a server knows nothing of an origin before its own first result. It has nobody
//     to ask.
//   - A server that has lost its own network has no peers from whom to know it. It takes every
//     origin for dead.
//
// # The caller's duties
//
// An operator must tell every server.
package everyone
