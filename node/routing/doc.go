// Package routing decides to which origins one server's requests go.
//
// # The model
//
// Origins that can answer the same requests form a pool, each with a weight. A server that needs an
// origin of a pool chooses one at random, by weight, among those the pool's requests are routed to.
// What it knows of their health is handed in ([Table.Set]), from its own probes or from others; the
// table knows nothing of where it comes from, and adds what health alone does not say: when to act
// on it. Acting on all of it at once, a flapping origin becomes a flapping load on all others, and
// a mistaken verdict on many becomes an outage.
//
// An origin of the table is in one of four states, two of them in rotation:
//
//	           fails                may leave
//	serving ----------> leaving ------------------> out <----+
//	 ^   ^                 |                         |       | fails
//	 |   +-----------------+          healthy again  v       |
//	 |       healthy again                       returning --+
//	 +-----------------------------------------------+
//	                debounce is over
//
// Requests go to those in rotation, and while their pool panics to all of it. [node.Routed] says of
// each origin where requests really go, the panic included. Before the first Routed an origin
// counts as routed, so that a table in which nothing happens says nothing.
//
// # The rules
//
//	rule          what it does                                           without it
//	panic         with less than PanicPPM of a pool's weight available,  the few that are left get
//	              requests go to all of it                               all requests, and fall too
//	churn cap     ChurnPPM of a pool's weight leave within ChurnWindow;  a verdict on many at once
//	              one may always leave, the others wait in line          moves the load of many
//	debounce      who has left returns when it was healthy for Debounce  each flap moves load twice
//	doubling      each further departure doubles that wait, up to        slow flapping goes on and
//	              LongestDebounce                                        on
//	forgiveness   after Forgiveness in rotation it is the first again    one bad day counts for ever
//	drained       an origin of weight 0 gets no requests
//
// Available are those that are serving: neither an origin that waits to leave nor one that waits to
// return. So a pool that comes back from a panic does so when enough have returned, and is not left
// without any in between. Who leaves during a panic does so unnoticed, and the end of the panic
// takes it from the requests at once: the cap is on leaving rotation, which it did before.
//
// A churn window begins with the first that leaves when none is open. Within each the cap holds
// exactly; in a span of the same length that lies across two windows it is twice the share at most.
// Waiting to leave costs nothing to those that recover meanwhile: they never left.
//
// # Trade-offs
//
// The churn cap keeps unhealthy origins in rotation, for [Config.LeavingBound]. Against a mistake
// that is the point of it; in a mass outage it sends users to the dead for that long, until the
// panic threshold is crossed, past which they are sent there anyway. A wide share is for those
// whose health checks are right, a small one for those whose checks have condemned everything
// before.
//
// The debounce keeps healthy origins out of rotation, for [Config.ReturningBound] at most. It costs
// capacity and no request, which is why leaving is not debounced: what makes a verdict of a failure
// is for the health checks to say (rise and fall). A panic threshold that is high, with a debounce
// that is long, makes panics last: those that wait to return are not available.
//
// # Names elsewhere
//
//	here        Envoy                                       HAProxy           others
//	pool        cluster                                     backend           target group
//	panic       panic threshold, 50 %                       -                 fail open
//	churn cap   max_ejection_percent, 10 % but at least     -                 Kubernetes:
//	            one; it caps who is out, not who leaves                       node-eviction-rate
//	debounce    base_ejection_time, 30 s times the number   slowstart, which  BGP: route flap
//	            of ejections; max_ejection_time, 300 s      ramps up instead  damping (RFC 2439)
//	drained     health status DRAINING                      weight 0, drain   connection draining
//
// # The caller's duties
//
// Times do not go back. Origins are below the number given to [New], and pools are numbered densely
// from 0. [Table.Wake] is called at or after [Table.Next], which any call may change: what is done
// late counts as happening then. The events are fetched after each input.
//
// # Invariants
//
//  1. An origin is routed if and only if its weight is not 0 and it is in rotation or its pool
//     panics.
//  2. A pool panics if and only if available x 1,000,000 < weight x PanicPPM.
//  3. With a PanicPPM above 0, requests to a pool with any weight go somewhere.
//  4. In the line of a pool stand those that wait to leave, in the order in which they failed, and
//     the first of them does not fit into the window.
//  5. Each event is a change of what was said before.
//
// # Cost
//
// An origin takes 32 bytes, 12 more while it waits to leave or to return, and 16 while something is
// due for it. Set takes time in the logarithm of the pool and of the number of deadlines, but when
// it begins or ends a panic, which takes a step for each member of the pool. Choose takes time in
// the logarithm of the pool. Nothing allocates in the steady state.
package routing
