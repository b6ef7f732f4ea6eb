package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Traffic is what [Users] has to know of a cluster's requests, and the promise it holds the cluster to.
type Traffic struct {
	// Origins is which origins there are.
	Origins Origins
	// Place returns the pool of an origin and its weight there. Pools are numbered densely from 0, and
	// all weights sum to less than 2^32.
	Place func(origin uint32) (pool uint32, weight uint16)
	// Bound is how long it may take until all servers of a side know of the death of an origin that is
	// checked there; 0 promises nothing.
	Bound time.Duration
	// Terms says what Bound is the sum of, for violations: "verdict 4.5s + spread 23s".
	Terms string
	// Settle is how long it may take, after anything has happened to any server of a side of so many, or
	// an operator has spoken, until all origins are checked there; nil for no time.
	Settle func(servers int) time.Duration
	// Leaving is how long a server that knows of a death may go on sending requests there if it takes
	// so many of the pool for unhealthy, of so many that it knows; nil for no time.
	Leaving func(unhealthy, known int) time.Duration
	// PanicPPM is the share of a pool's weight below which requests may go to all of it; 0 for never.
	PanicPPM rng.PPM
	// Recovery is how long an origin that has come back may be kept out of a pool for that: it does not
	// keep the pool from panicking meanwhile.
	Recovery time.Duration
}

// Users sees the cluster as its users do, whose requests come to the servers and go on to origins. Each
// server that runs has the same number of them for each pool of which it knows an origin, spread by
// weight over the origins its requests are routed to. It knows the configured origins and those of which
// it said so ([node.OriginLearned]), and routes to all it knows but for what it said ([node.Routed]); a
// new life begins like the first. Only what is registered counts. A server that stands still or has lost
// its uplink has no users.
//
// Its metrics, integrated over all that time and not sampled:
//
//   - requests_dead_ppm: the share of requests that went to dead origins; requests_dead_seconds: the
//     same as time, in which all requests of one server for one pool went to dead origins.
//   - requests_failed_open_ppm: the part of requests_dead_ppm that went there because their pool failed
//     open, which is right: from when the server took so much of the pool for unhealthy (Believed) that
//     less than PanicPPM was left, for as long as it takes some of it for that and requests go to all.
//   - requests_unaware_ppm: the part that went there by ignorance: to origins that the server did not
//     take for unhealthy, and in a pool that did not fail open. What is left waited to leave.
//   - requests_refused_ppm: the share of requests for which no origin of the pool was routed.
//   - healthy_avoided_ppm: the share of the weight of the origins that are up to which requests did not
//     go, averaged over servers.
//   - routed_around_seconds_p50, _p99, _max: from an origin's death until the last of the servers that
//     sent it requests, and have been there for their users since, sent it none. Absent without a death
//     of that kind.
//   - deaths_routed_around, how many these are; deaths_not_routed_around, those that were over (or the
//     run was) before then, or for which no server was left; and deaths_unrouted, those of origins to
//     which no requests went in the first place.
//
// It checks routes-around: a server sends no requests to an origin that has been dead for Bound and
// Leaving. The time runs from the latest of the origin's death; Settle after any news about who knows of
// it; and Settle after the last time that anything happened to any server of this one's side: a crash, a
// start, a cut, a join, a pause, an uplink. It is not owed while the pool may be panicking on that
// server: requests go to all of it, and the weight of the origins that have been up for long enough is
// below the panic threshold; nor at the instant in which that ends. Nor is it owed, until Bound is over
// after it, by a server that is alone on its side but for strangers, says that its network is lost, and
// checks origins of which at least half are down: it has nobody to tell by which of the two it is.
//
// An observation of one server costs a few array accesses; one of an origin costs that for each server;
// one of who is up or who reaches whom costs it for each server and dead origin; and a server's start or
// end for each origin. Memory is a byte per server and origin, 40 bytes per server and pool, and 4 per
// checker of an origin.
type Users struct {
	traffic   Traffic
	targets   []target   // by origin
	pools     [][]uint32 // by pool: its origins
	servers   []server   // by host
	dead      []uint32   // the origins that are down, in no order
	seclusion seclusion

	requests, avoided integral
	failedOpen        uint64 // of requests.part: in pools that failed open
	unaware           uint64 // of requests.part: by ignorance
	refused           uint64 // of requests.whole: nanoseconds in which there was nowhere to go
	deaths            deaths
}

// target is an origin.
type target struct {
	pool       uint32
	weight     uint32
	down       bool
	registered bool
	turned     clock.Time // when it last died or came back
	told       clock.Time // when an operator last spoke of it, or somebody heard of it or forgot it
	death      death
}

// server is a host as its users see it.
type server struct {
	id               node.ID
	up, stalled, cut bool

	side    int
	live    int        // live servers on its side, itself included
	calm    clock.Time // when something last happened to any of these
	views   []view     // by origin
	lanes   []lane     // by pool
	healthy uint32     // weight of the origins it knows that are up
	avoided uint32     // of these, of those it does not route to
	since   clock.Time // from when on healthy and avoided have not been accounted for
}

// serves reports whether the server has users.
func (s *server) serves() bool { return s.up && !s.stalled && !s.cut }

// view is what a server knows and does about an origin.
type view uint8

const (
	knows    view = 1 << iota
	routes        // it sends requests there, if it knows the origin
	awaited       // it has sent requests there since the origin's death
	condemns      // it takes the origin for unhealthy
)

// NewUsers returns a checker of a cluster with that traffic.
func NewUsers(traffic Traffic) *Users {
	u := &Users{traffic: traffic, targets: make([]target, traffic.Origins.Count)}
	u.seclusion = newSeclusion(traffic.Origins, u.settle(1)+traffic.Bound)
	for origin := range u.targets {
		pool, weight := traffic.Place(uint32(origin))
		for int(pool) >= len(u.pools) {
			u.pools = append(u.pools, nil)
		}
		u.pools[pool] = append(u.pools[pool], uint32(origin))
		u.targets[origin] = target{
			pool: pool, weight: uint32(weight),
			registered: traffic.Origins.configured(uint32(origin)),
		}
	}
	return u
}

// Watches implements [Checker].
func (u *Users) Watches() Kind {
	return Event | OriginChanged | OriginRegistered | topology |
		HostStalled | HostResumed | UplinkChanged | Ended
}

// Observe implements [Checker].
func (u *Users) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case Event:
		u.event(o, report)
	case OriginChanged:
		u.judgeOrigin(o.Origin, o.At, report)
		u.originChanged(o.Origin, !o.Up, o.At)
	case OriginRegistered:
		u.judgeOrigin(o.Origin, o.At, report)
		u.originRegistered(o.Origin, o.Up, o.At)
	case Ended:
		u.judgeAll(o.At, report)
		u.measure(o.At, report)
	default:
		u.judgeAll(o.At, report)
		u.disturb(o, view, report)
	}
	u.seclude(o, view, report)
}

// seclude takes what makes a server unable to tell what fails, or able again.
func (u *Users) seclude(o *Observation, view View, report *Report) {
	u.seclusion.observe(o, view)
	for _, host := range u.seclusion.changed {
		for _, origin := range u.dead {
			u.judge(host, origin, o.At, report)
		}
		u.seclusion.settle(host, o.At)
	}
}

// event takes what a server says it knows and does.
func (u *Users) event(o *Observation, report *Report) {
	origin := o.Event.Subject
	switch o.Event.Kind {
	case node.Routed:
		u.judge(o.Host, origin, o.At, report)
		u.see(o.Host, origin, routes, o.Event.A == 1, o.At)
		if o.Event.A == 0 {
			u.release(o.Host, origin, o.At, report)
		}
	case node.Believed:
		u.see(o.Host, origin, condemns, o.Event.A == believedUnhealthy, o.At)
	case node.OriginLearned, node.OriginForgotten:
		learned := o.Event.Kind == node.OriginLearned
		u.judgeOrigin(origin, o.At, report)
		u.targets[origin].told = o.At
		if !learned {
			u.shrink(o.Host, u.targets[origin].pool, o.At)
		}
		u.see(o.Host, origin, knows, learned, o.At)
		if !learned {
			u.excuse(o.Host, origin, report)
		}
	}
}
