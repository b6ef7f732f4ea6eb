// Package health decides what one server checks now, and what it concludes from the results.
//
// # The model
//
// Tens of thousands of origins are shared out between the servers of one data centre, each origin
// to be probed about once a second by one server, not by all of them. For every origin the servers
// are ranked by a score that all of them compute alike (rendezvous hashing, handed in as a
// function). Nobody votes and nobody asks: each server applies one rule to what it happens to know,
// and the rule is such that different knowledge leads to too many checkers for a while, and not to
// none.
//
// What a server knows of an origin is its own rank, the number of live members of its view that
// outrank it, and the claim in the shared map: who wrote the origin's record last, in which life,
// and with what status. An origin is in one of three phases here:
//
//	idle      a server that ranks higher is seen to check it
//	waiting   nobody that ranks higher is seen to check it, but they are given time
//	checking  this server probes it
//
// The rule, applied again whenever the view or the claim changes:
//
//	the claimant outranks us and is live in the life it claimed in -> idle
//	else, already checking                                         -> go on
//	else, rank 0: this server is the owner                         -> check at once
//	else                                                           -> wait rank x RankWait
//
// So a change of owner never leaves a hole: the old checker goes on until it sees the record the
// new one writes after its first completed probe. And an owner that does not act (it has not heard
// of the origin yet, or it is still joining) costs patience and no more: the servers below it step
// in one by one.
//
// A claim counts only for the life (the generation) it was made in. A server that crashed and came
// back is a live member, and the record still bears its name, but nothing says that it took up the
// work again.
//
// Two servers with the same view never take turns. The one that ranks higher goes on whatever the
// lower one writes, and claims the origin again with its next result; the lower one stops on seeing
// that.
//
// # Conclusions
//
// While checking, consecutive results count: Rise successes turn an unhealthy origin healthy, Fall
// failures turn a healthy one unhealthy, and a result that agrees with the status starts the count
// anew. An unknown origin is decided by its first result. The status is taken over from the record
// together with the work, the counts are not.
//
// # The caller's duties
//
// [Checks] is a plain object: no goroutine, no clock, no messages. The caller
//
//   - tells it all that changes: [Checks.MemberUp], [Checks.MemberDown], and [Checks.Claimed] for
//     every change of the map's resolved record of an origin, those made by this server itself
//     included;
//   - calls [Checks.Activate] once it has joined; before that nothing is checked;
//   - after every input calls [Checks.Due] until it reports false, and then arms a timer for
//     [Checks.Next]: any input may have moved it;
//   - hands every result to [Checks.Probed] and writes a record when told to;
//   - drains [Checks.TakeEvents].
//
// Time never goes back. Members and claims may become known in any order.
//
// # Invariants
//
//	I1  rank = the number of live members that outrank this server
//	I2  checking or waiting, so active, known, and no live claimant outranks this server
//	I3  waiting, so rank > 0
//	I4  an origin is queued exactly when it is waiting or checking
//	I5  a probe is outstanding only while checking: at most one per origin
//	I6  streak < Rise while unhealthy, streak < Fall while healthy, 0 while unknown
//
// # Vocabulary
//
// Interval, timeout, rise and fall are HAProxy's inter, timeout check, rise and fall; Envoy calls
// the last two healthy_threshold and unhealthy_threshold, Kubernetes successThreshold and
// failureThreshold.
package health
