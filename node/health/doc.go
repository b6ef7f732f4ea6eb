// Package health decides what one server checks now, and what it concludes from the results.
//
// It has two layers. A [Prober] probes the origins it is given, each by its [Definition], and
// judges the results; of other servers it knows only whether any can be heard. [Checks] is the rule
// that says what a server is to probe, on top of a Prober. Other designs put their own rule there.
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
// What a server knows of an origin is whether and how it is to be checked (servers hear of that up
// to minutes apart), its own rank, the number of live members of its view that outrank it, and the
// claim in the shared map: who wrote the origin's record last, in which life, and with what status.
// An origin is in one of three phases here:
//
//	idle      a server that ranks higher is seen to check it, or it is not to be checked
//	waiting   nobody that ranks higher is seen to check it, but they are given time: patiently at
//	          first, for one RankWait, and then for the rest of what the rank takes
//	checking  this server probes it
//
// The rule, applied again whenever the view, the claim or the registration changes:
//
//	not registered                                                 -> idle
//	the claimant outranks us, is live in the life it claimed in,
//	and says that it can probe                                     -> idle
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
// Two servers that do not see each other both claim. When they meet, the map holds both results, and
// whichever is read, the other would come to light as soon as its rival's writer is gone, however old
// it is by then. So whoever goes on checking writes again over a contested claim: an older owner's
// result never replaces a newer one. It takes its time: ten results come between two claims that say
// the same. By then most of those who met have learned that the other lives, and one of them has
// given way. As long as each takes the other for dead they would outbid one another with every
// probe.
//
// # What a change costs
//
// The claims of each member are linked, and ranks are worked out when they are asked for. So a
// member that comes costs a step for each origin it claims; one that goes costs the same, and a few
// scores for each of them, until one ranks higher; and a look at the origins that wait already. No
// change looks at all origins. A probe allocates nothing, looks nothing up in a Go map, and touches
// one record of 40 bytes among those of the other origins that are probed.
//
// # Conclusions
//
// How results make a status is up to the definition's [Semantics]. By default consecutive results
// count: Rise successes turn an unhealthy origin healthy, Fall failures turn a healthy one
// unhealthy, and a result that agrees with the status starts the count anew. An unknown origin is
// decided by its first result. The status is taken over from the record together with the work, the
// counts are not.
//
// Three things can be wrong with the server rather than with the origin, and none of them is to
// become a verdict:
//
//   - It cannot probe: no socket, no route. Such a probe counts neither for nor against; after Fall
//     of them in a row the status is [Unable], until a probe has a result again, and is then judged
//     as from the last real status. A server that is unable withdraws its claim, once, even if
//     others contest it, and goes on probing, while the others step in by rank.
//   - Its own network is down: it probes, and everything fails. See below.
//   - It stood still: a pause, a machine frozen, a blocked socket. It sees that by a probe that is
//     overdue by more than the shortest timeout, or by a result that took as much longer than its
//     timeout.
//
// After a stall, and after a loss of the network, counting begins anew: probes under way are waited
// for no longer, since they tell of another time, and streaks start from nothing. The ticks go on
// in step, so that an interval of probing is lost at most, however long the server stood still.
//
// # Doubt and loss
//
// A verdict of failure is put off when the failures may be the server's own: when at least half of
// the origins it probes failed the last time; when that was so as the last probe of this one began,
// which may have been just before the network came back; or when nothing good has been heard for
// half a timeout, because a loss that has only begun has few failures to show. The streak goes on. A
// later failure carries the verdict out if its probe began after a peer had been heard, and that
// after the first failure was known: the network worked in between, and a peer says so better than
// any number of other origins, which may share a fate.
//
// The same goes for a failure that agrees with the status, while this server has yet to say so: a
// status that was taken over, or was judged before a loss, may be old, and is not to be published
// anew on account of a failure that is this server's own. Such a failure is held back, and the peer that
// is heard next vouches for all probes of this origin that begin later, until one succeeds.
//
// As long as no peer is heard and most probes fail, the server is in doubt: it goes on probing, and
// publishes nothing. A doubt that lasts for longer than it takes to have every origin probed again
// is a loss, [node.NetworkLost], until a peer is heard or most probes succeed: [node.NetworkFound].
// Only then does counting begin anew. After a mere doubt it does not, or a single failure would
// never be enough for those definitions that it is to be enough for.
//
// This takes every loss to be longer than a doubt, and every time between two losses either longer
// than an interval or just after one that was noticed. Who has never had a peer has nobody to ask,
// and trusts itself.
//
// # The caller's duties
//
// [Checks] is a plain object: no goroutine, no clock, no messages. The caller
//
//   - tells it all that changes: [Checks.MemberUp], [Checks.MemberDown], [Checks.Register],
//     [Checks.Unregister], and [Checks.Claimed] for every change of the map's resolved record of an
//     origin, those made by this server itself included;
//   - tells it of every sign of life from a peer: [Checks.Heard]; a server that runs and is
//     connected hears one within the longest interval and timeout;
//   - calls [Checks.Activate] once it has joined; before that nothing is checked;
//   - after every input calls [Checks.Due] until it reports false, and then arms a timer for
//     [Checks.Next]: any input may have moved it;
//   - hands every result to [Checks.Probed] and writes a record when told to;
//   - drains [Checks.TakeEvents].
//
// Time never goes back. Members, registrations and claims may become known in any order. Who uses a
// [Prober] alone owes it the same where it has a method of that name, and [Prober.Peers].
//
// # Invariants
//
//	I1  an origin is linked to the claims of its claimant, and to no others
//	I2  checking or waiting, so active, registered, and no live claimant that can probe outranks this
//	    server
//	I3  waiting, so rank > 0
//	I4  an origin is queued exactly once: among the waits if waiting, among the ticks if checking
//	I5  an origin has a target while it is checked, and no two have the same: at most one probe is
//	    outstanding per origin
//
// # Vocabulary
//
// What the fields of a [Definition] are called elsewhere:
//
//	ours            Envoy                    Fastly                       HAProxy        Kubernetes
//	Interval        interval                 check_interval               inter          periodSeconds
//	Timeout         timeout                  timeout                      timeout check  timeoutSeconds
//	Rise            healthy_threshold        threshold of the last window rise           successThreshold
//	Fall            unhealthy_threshold      the rest of the window       fall           failureThreshold
//	Jitter          interval_jitter          -                            spread-checks  -
//	FastInterval    unhealthy_edge_interval  -                            fastinter      -
//	Initial         first check decides      initial                      up             success required
//	Threshold of    -                        threshold of window          -              -
//	  Window
package health
