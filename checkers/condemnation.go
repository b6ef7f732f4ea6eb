package checkers

import (
	"maps"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Innocence is the promise [Condemnation] holds a cluster to.
type Innocence struct {
	// Origins is how many there can be: 0 to Origins-1.
	Origins int
	// Verdict is how long it takes at most from the first failure of an origin until it is found
	// unhealthy: an origin that has been up for longer is not found so by failures of its own.
	Verdict time.Duration
	// Notice is how long after it has lost its uplink a server may take to see that most of its
	// probes fail, and not some: until then it may find unhealthy what takes a single failure. 0
	// for no time.
	Notice time.Duration
	// After is how long after it has its uplink back, or runs again, the first probe that a server
	// has started since has ended at most.
	After time.Duration
}

// Condemnation checks no-condemnation: a server does not take its own failure for that of the
// origins. While its uplink is down, once Notice is over, while it stands still, and until After is
// over since, it finds no origin unhealthy (HealthChanged) that has been up for Verdict, unless it
// could not probe it until now and goes on from what it knew; nor, while its uplink is down, does it
// come to believe so (Believed), unless it stood still when it lost it or has since, and runs through
// what came before, or is told of the origin just then (OriginLearned), and takes up what its replica
// has of it from before. A cluster of one server has nobody to tell by whether its own network is lost:
// it is held to the pauses alone.
//
// It keeps 8 bytes per origin, and a few per host and for each origin that one cannot probe.
type Condemnation struct {
	promise Innocence
	upsets  disturbances
	lost    []clock.Time // by host: when it last lost its uplink
	learned learned
	upSince []clock.Time // by origin; Never while it is down
	// unable holds whose probes of what cannot be made: what ends that takes up the status from before,
	// whatever it was, and is no verdict.
	unable map[inability]bool
}

// learned is the last time that anybody was told of an origin.
type learned struct {
	host   node.ID
	origin uint32
	at     clock.Time
}

// inability is a host and an origin that it cannot probe.
type inability struct {
	host   node.ID
	origin uint32
}

// NewCondemnation returns a checker of promise.
func NewCondemnation(promise Innocence) *Condemnation {
	return &Condemnation{
		promise: promise, upSince: make([]clock.Time, promise.Origins), unable: map[inability]bool{},
	}
}

// Watches implements [Checker].
func (c *Condemnation) Watches() Kind { return Event | OriginChanged | disturbing }

// Observe implements [Checker].
func (c *Condemnation) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case Event:
		c.event(o, report)
		return
	case OriginChanged:
		c.upSince[o.Origin] = clock.Never
		if o.Up {
			c.upSince[o.Origin] = o.At
		}
	case UplinkChanged:
		c.lose(o, view.Hosts())
	case HostDown:
		maps.DeleteFunc(c.unable, func(i inability, _ bool) bool { return i.host == o.Host })
	}
	c.upsets.observe(o, view)
}

func (c *Condemnation) lose(o *Observation, hosts int) {
	if len(c.lost) != hosts {
		c.lost = make([]clock.Time, hosts)
	}
	if !o.Up {
		c.lost[o.Host] = o.At
	}
}

func (c *Condemnation) event(o *Observation, report *Report) {
	switch o.Event.Kind {
	case node.HealthChanged:
		if !c.resumes(o) && o.Event.A == believedUnhealthy {
			c.judge(o, c.excuse(o), report)
		}
	case node.OriginLearned:
		c.learned = learned{o.Host, o.Event.Subject, o.At}
	case node.Believed:
		told := c.learned == learned{o.Host, o.Event.Subject, o.At}
		if o.Event.A == believedUnhealthy && !told && c.cutOff(o) && c.upsets.stalled[o.Host] < c.lost[o.Host] {
			c.judge(o, "has no uplink", report)
		}
	}
}

// resumes reports whether a host takes up the status from before its probes could not be made.
func (c *Condemnation) resumes(o *Observation) (resumes bool) {
	p := inability{o.Host, o.Event.Subject}
	resumes = c.unable[p]
	if o.Event.A > believedUnhealthy {
		c.unable[p] = true
	} else {
		delete(c.unable, p)
	}
	return resumes
}

// cutOff reports whether a host has no uplink, and must know.
func (c *Condemnation) cutOff(o *Observation) bool {
	return c.upsets.offline[o.Host] == clock.Never && c.noticed(o)
}

// noticed reports whether a host has had time to notice when it last lost its uplink, and others to
// notice it by.
func (c *Condemnation) noticed(o *Observation) bool {
	return len(c.lost) > 1 && o.At > c.lost[o.Host].Add(c.promise.Notice)
}

// excuse says what is wrong with a host that finds an origin unhealthy; empty if nothing is.
func (c *Condemnation) excuse(o *Observation) string {
	recently := o.At.Add(-c.promise.After)
	switch u := &c.upsets; {
	case c.cutOff(o):
		return "has no uplink"
	case u.offline[o.Host] != clock.Never && u.offline[o.Host] >= recently && c.noticed(o):
		return "has only just got its uplink back"
	case u.stalled[o.Host] >= recently:
		return "has stood still until just now"
	}
	return ""
}

func (c *Condemnation) judge(o *Observation, excuse string, report *Report) {
	since := c.upSince[o.Event.Subject]
	if excuse == "" || since.Add(c.promise.Verdict) >= o.At {
		return
	}
	report.Violate(PropertyNoCondemnation, o.At,
		"host %d %s and takes origin %d for unhealthy at %v, which is up since %v",
		o.Host, excuse, o.Event.Subject, o.At, since)
}
