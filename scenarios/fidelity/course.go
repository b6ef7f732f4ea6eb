package fidelity

import (
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Course is what is done to the servers of one trial, and when, from its beginning.
type Course struct {
	// Starts is when each of the servers starts.
	Starts []time.Duration
	// RestFrom and RestTo are when traffic is counted.
	RestFrom, RestTo time.Duration
	// Outages are the origins that fail, and when.
	Outages []Outage
	// Killed is the server that is, at Kill.
	Killed node.ID
	Kill   time.Duration
	// End is when the trial is over.
	End time.Duration
}

// Outage is an origin that fails every check from some moment on.
type Outage struct {
	Origin uint32
	At     time.Duration
}

// The course of a trial in thousandths of a period: long enough for what is to be seen of 64 servers.
// They are at rest within 20 periods of the first start, of which a join grace takes 5. An outage
// takes up to 4 periods to be found, and news of it up to 12 to reach all; within 14 of a kill
// somebody else checks what the killed server did. These are the longest of 100 simulated trials
// with 10 % loss. Outages follow each other so closely that the news of one is still under way when
// the next is found, which changes nothing for it.
const (
	startsWithin = 2_500
	restsAfter   = 20_000
	restsFor     = 10_000
	outageEach   = 4_000
	outageLast   = 17_000
	killFor      = 18_000
)

// Course returns that of the trial of a seed.
func (c *Config) Course(seed uint64) Course {
	luck := rng.Stream(seed, "fidelity-course", 0)
	course := Course{
		RestFrom: c.periods(restsAfter), RestTo: c.periods(restsAfter + restsFor),
		Killed: node.ID(luck.Below(uint64(c.Servers))),
	}
	for range c.Servers {
		course.Starts = append(course.Starts, rng.Between(&luck, 0, c.periods(startsWithin)))
	}
	origins := make([]int, Outages)
	luck.Choose(c.Origins, origins)
	next := course.RestTo
	for _, origin := range origins {
		course.Outages = append(course.Outages, Outage{uint32(origin), next + c.phase(&luck)})
		next += c.periods(outageEach)
	}
	course.Kill = next + c.periods(outageLast-outageEach) + c.phase(&luck)
	course.End = course.Kill + c.periods(killFor)
	return course
}

// phase is a random moment of a period.
func (c *Config) phase(luck *rng.Rand) time.Duration { return rng.Between(luck, 0, c.Period) }
