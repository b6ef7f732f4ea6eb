// Package checkers holds the promises a run is judged by.
//
// # The model
//
// A [Checker] watches one run from outside. It is told facts, as [Observation] values in the order
// of virtual time, and may ask a [View] for what no node knows: who is really up and who can really
// reach whom. It never touches a node, so watching a run cannot change it. What it finds goes into
// the run's [Report]: broken promises with their evidence, measured values, and situations that
// were reached.
//
// A run has two phases. While faults act only safety is demanded: what must hold at every moment.
// After [Healed] comes rest, and with it liveness: what must come true within a bound and stay
// true. Rest begins a bound after the last fault or the last change of who is up and who reaches
// whom, whichever is later; a run without a Healed is never at rest, and one that ends before is
// not held to liveness.
//
// # Always, eventually, sometimes
//
//	always       must hold at every observation               [Always]
//	eventually   must hold when the run ends                  [Eventually]
//	sometimes    must be reached once, or the run is vacuous  [Sometimes]
//
// The checkers here call [Report.Saw] for the situations listed in names.go and declare none of
// them: only a scenario knows whether it contains a crash to be detected, so the scenario calls
// [Report.Declare] for what it was built to reach.
//
// # The promises
//
//	checker           property                    phase    promise
//	[Membership]      membership-completeness     always   a crash is noticed within a bound
//	                  membership-accuracy         rest     servers that are up are held alive
//	[Ownership]       ownership-agreement         rest     each origin is checked by its owner alone
//	[AtLeastOne]      at-least-one-checker        always   no origin goes unprobed beyond a bound
//	[Duplicates]      duplicates-die-out          rest     no origin is checked twice on one side
//	[Convergence]     map-convergence             rest     replicas become equal
//	[StrongEventual]  equal-versions-equal-state  always   same updates seen, same state
//	[HealthTruth]     health-is-true              rest     what servers believe of origins is so
//	[HealthKnown]     health-known                always   servers know of changes within a bound
//	[Flips]           no-flip                     always   no verdict changes on too few results
//	[Grounds]         beliefs-have-grounds        always   no first belief without a probe
//	[Condemnation]    no-condemnation             always   own failures condemn no origin
//	[Budget]          probe-budget                always   servers probe no oftener than they say
//	[Stampede]        no-stampede                 rest     a side probes no oftener than one server
//	[Disruption]      minimal-disruption          always   a change moves only what it must
//	[Patience]        takeovers-wait              always   who is not first in rank waits for who is
//	[Admission]       joins-first                 always   who has not joined checks nothing
//	[Survival]        registrations-survive       rest     what is registered anywhere is known
//	[Standing]        the-living-count            always   what the dead wrote hides no live result
//	[Users]           routes-around               always   the dead get no requests after a bound
//	[Rotation]        routes-as-believed          always   requests go where beliefs and rules say
//
// [AtLeastOne] and [Duplicates] sort what they measure by [Cause]; the gaps one by one are in
// [CauseGaps]. For how long nobody was checking at all is measured by [Unchecked], which promises
// nothing. [Users] measures what all of it comes to: the share of requests that went to the dead,
// and of the healthy that got none. It needs the whole cluster to be right; [Rotation] takes what
// a server believes as given, and so allows no fault for an excuse.
//
// Which origins are to be checked is not the same all along, nor for all: operators tell one server
// ([OriginRegistered]), and the news spreads. The promises about an origin are made on the sides
// that are sure to know the last word about it (registry); news is not sure to reach a server that
// has started where there is no seed to join by (company).
//
// Those of the map at each replica by itself, which fire at the moment something is lost, before
// any two replicas differ. They keep a history of what was written, and ask a [Replica] what it has
// seen and shows, but never why:
//
//	checker       property          phase   promise
//	[MapHistory]  map-coverage      always  what was seen is shown, unless overwritten
//	              dot-uniqueness    always  a dot is one write
//	              versions-grow     always  what was seen in a life stays seen
//	              no-thin-air       always  what is shown was written
//	              causal-past       always  only what overwrote a write replaces it
//	              causal-closure    always  with a write all is seen that its writer had seen
//	              fixed-point       end     those that have seen the same show the same
//	              retired-unheld    always  no life is retired of which somebody holds news
//	[Sessions]    read-your-writes  always  a client that stays reads what it wrote
//	              monotonic-reads   always  a client that stays reads nothing older than before
//
// A side is a set of servers that can reach each other ([View.Side]); nearly every promise is made
// per side, because a server cannot owe anything to one it cannot reach.
//
// Those of a group of members by itself, with the sections of the SWIM paper:
//
//	[Transitions]  incarnation-monotone      always  what is held about a member gets newer    4.2
//	               no-resurrection           always  the dead come back by a newer claim only
//	               legal-transitions         always  tables take the protocol's steps only     4.2
//	               own-incarnation-monotone  always  a member's own claims get newer           4.2
//	               one-description           always  one metadata per incarnation
//	               never-self-dead           always  who runs does not hold itself dead
//	[ProbeGaps]    probe-gap                 always  all are probed within 2n-1 periods        4.3
//	[Detection]    detection-bound           always  all notice a crash within a bound
//	[Healing]      partition-heals           always  after a cut all hold all, within a bound
//	[Spread]       update-spreads            always  all know of a change within a bound       4.1
//	[Retention]    gone-are-forgotten        always  who is gone is forgotten within a bound
//	[Accusations]  few-false-accusations     end     probes fail no oftener than they must      3.1
//
// [Accusations], [Detection], [Healing] and [Spread] promise nothing unless they are given a bound.
// [Slow] and [Group] never do: they are there for their figures, and so is [Timeline], which records
// what the cluster looked like, second by second. One property takes no checker, because the world
// reports it: no-panic, which a machine breaks that panics.
//
// What a checker knows of the cluster it keeps itself, by what it is told: who is down and who has
// noticed (crashes), who holds whom to be a member (views), who has neither left nor yielded
// (presence), who can have met whom (company), which origins are to be checked and who has heard so
// (registry), what disturbs checking (disturbances). Several keep a few bytes per pair of hosts, and
// say so; a run of 10,000 hosts does without those.
//
// # The world's duties
//
// Each HostUp, HostDown, partition and heal is followed by a [Reachability] at the same instant,
// with the View already showing the new state. Ended is the last observation. A node emits Founded,
// or MemberAlive for every member it starts with, and MapChanged for the state it starts from, and
// announces its own write of a health status with a HealthChanged at the same instant as the
// MapChanged. Each write of the map is announced with a Wrote, after a MapChanged for what the same
// input merged before it, if anything, and before one that follows the last of them. The View does
// not show pauses, so a bound on what a server must do includes the longest pause of the scenario.
//
// # Writing one
//
// Most checkers are one function:
//
//	termGrows := func(o *checkers.Observation, _ checkers.View) error {
//		if o.Event.Kind != termChanged || o.Event.B <= o.Event.A {
//			return nil
//		}
//		return fmt.Errorf("host %d went from term %d back to %d", o.Host, o.Event.B, o.Event.A)
//	}
//	checkers.Always("term-grows", checkers.Event, termGrows)
//
// One that measures or keeps a history implements Checker. It is used for one run and owns its
// state. It names the kinds it watches as narrowly as it can; what it does per observation is on
// the path of every event of the run. Its violations are one sentence with the values that show the
// breach.
//
// Every checker here has a test in which it must fire, and tests just inside its bound in which it
// must not: a checker that cannot fail proves nothing, and a false alarm costs more trust than a
// missed bug.
package checkers
