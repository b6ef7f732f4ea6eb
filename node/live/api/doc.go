// Package api shows one live node to people and to programs: a JSON API with a stream of events,
// the formats that load balancers and monitoring read, metrics, and one status page.
//
// # The model
//
// A [Server] has a [view.Source] and nothing else of the node, so whatever it answers is this
// node's own view. It asks the source anew for each answer, and takes one subscription to its
// events, which go into a journal: a ring of the last events, numbered. However many watch, the
// node is asked for its events once, and a watcher that does not keep up falls behind in the ring
// and nowhere else.
//
// # The JSON API
//
//	method and path                         answer
//	GET /v1/node                            this node: name, addresses, life, counts
//	GET /v1/members                         the servers, as this node sees them
//	GET /v1/services                        the services, with the counts of their origins
//	GET /v1/origins[?service=S]             the origins, of all services or of one
//	GET /v1/origins/{service}/{target}      one origin: ranking and why, history, the last probe
//	PUT /v1/origins/{service}/{target}      check it; body {"weight": 3}, or none for weight 1
//	DELETE /v1/origins/{service}/{target}   check it no more; 204
//	GET /v1/map                             what the replica of the shared map has seen
//	GET /v1/watch[?service=S][&kind=K]      server-sent events, those of S, of any of the kinds K
//	GET /health                             200 if the node is ready and stays, else 503 and why
//	GET /metrics                            Prometheus metrics, if there is a gatherer
//	GET /debug/pprof/                       profiles, if switched on
//	GET /                                   the status page
//
// Names in paths are percent-encoded where they have to be: a service "a/b" is a%2Fb. Fields are
// lower_snake, times RFC 3339, durations in ms as *_ms, hashes and scores 16 hexadecimal digits in
// a string, since numbers of 64 bits do not survive JavaScript. What does not apply is left out.
//
// What cannot be done is answered by {"error": "why"} and
//
//	400  a name, query or body that means nothing, or a registration that the node refuses
//	401  a write without the token
//	403  a write from another site's page, or to a name that may be another site's
//	404  no such path, service or origin
//	405  no such method there; Allow has those there are
//	413  a body beyond the limit
//	421  any request for a name that may be another site's
//	429  more writes or more watchers than the limits allow; try again after Retry-After
//	503  the node has not joined yet, has stopped, or did not answer in time
//
// # Watching
//
// Each event is a message with an id and one line of data: {"at", "kind", "member", "service",
// "target", "detail"}, the fields of a [view.Event] without the empty ones. A watcher that was too
// slow gets an event of the type "dropped" in place of those it missed, with how many, of all
// kinds and services, and had better read the state anew. A comment comes every 15 s, so that both
// ends notice when the other is gone. A watcher that comes back with Last-Event-ID goes on where
// it was, as long as the journal has it; if not, it gets "dropped". Ids begin at the Unix time in
// µs at which the process did, so those of an earlier process are smaller than all of this one.
//
// # Outputs
//
//	GET /v1/health/service/NAME[?passing]     the shape of Consul's health API, with blocking queries
//	GET /v1/prometheus/http_sd[?service=S]    Prometheus HTTP service discovery
//	GET /v1/envoy/eds[?service=S]             an Envoy DiscoveryResponse of ClusterLoadAssignments
//	[Server.WriteEDS]                         the same as files, for Envoy's filesystem subscriptions
//	GET /v1/nginx/upstream?service=S          lines for an nginx upstream block to include
//	[Server.ServeAgentChecks]                 answers to the agent checks of HAProxy
//
// All of them go by one rule: what is routed is up, and nothing else. Debounce, churn cap and
// failing open are decided before ([view.Origin.Routed]), so an origin that is unhealthy may be up
// here, and one that is healthy may be down. Until the node is ready they say nothing, by 503, by
// an empty answer, or by leaving the files alone, for an empty list would be taken at its word and
// a reader that gets none keeps the last. An origin whose target is not a host and a port cannot
// be said in these formats and is left out; so is one by host name for Envoy, whose EDS takes
// addresses only.
//
// Consul has a third status, warning. Nothing is ever in it here: some readers send requests to it
// and some do not.
//
// # The caller's duties
//
// Who calls [New] calls [Server.Close], or [Server.Serve] until it returns. Without a token whoever
// reaches the listener may write: it should be one on loopback. Reading needs no token.
//
// # Invariants
//
//  1. A watcher never makes the source wait, nor another watcher.
//  2. A blocking query that is behind returns at once, and none waits past a change: the number it
//     gives is that of the last change before the state was asked for.
//  3. What comes from the network is bounded: connections, watchers, header and body bytes, writes
//     a second, the time to send a request and to read an answer.
package api
