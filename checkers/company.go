package checkers

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// company knows who is on which side, and who is a stranger there. Who starts knows of nobody but the
// seeds, and nobody is sure to know of its present life: the others may have forgotten it, or hold that
// it left. Once it has been on a side with a seed that runs, for as long as joining takes, it knows of
// whom that knows of, and they of it.
//
// Two strangers on one side may stay strangers for as long as no seed joins them. They are a side by
// what they can reach and two groups by what they can know, and owe each other no news.
type company struct {
	seeds     []node.ID
	joining   time.Duration // how long it takes at most
	sides     sides
	strangers []node.ID // that run, in no order
}

// observe takes an observation of the topology.
func (c *company) observe(o *Observation, view View) {
	switch o.Kind {
	case HostUp:
		c.sides.fit(view.Hosts())
		c.sides.hostUp(o.Host, o.At)
		c.arrive(o.Host)
	case HostDown:
		c.introduce(o.At)
		c.sides.hostDown(o.Host)
		c.strangers = slices.DeleteFunc(c.strangers, func(s node.ID) bool { return s == o.Host })
	case Reachability:
		c.sides.fit(view.Hosts())
		c.introduce(o.At)
		c.sides.change(view, o.At)
	}
}

// arrive begins a life. One that has no seed but itself waits for nobody: the others come to it.
func (c *company) arrive(host node.ID) {
	if slices.ContainsFunc(c.seeds, func(seed node.ID) bool { return seed != host }) {
		c.strangers = append(c.strangers, host)
	}
}

// introduce notes who has joined by now, if nothing has changed since the last observation.
func (c *company) introduce(at clock.Time) {
	c.strangers = slices.DeleteFunc(c.strangers, func(host node.ID) bool {
		return slices.ContainsFunc(c.seeds, func(seed node.ID) bool {
			since := max(c.sides.undisturbedSince(host), c.sides.undisturbedSince(seed))
			return seed != host && c.sides.together(host, seed) && at >= since.Add(c.joining)
		})
	})
}

func (c *company) stranger(host node.ID) bool { return slices.Contains(c.strangers, host) }

// alone reports whether a server that runs may hear nobody: no other on its side knows of it, or will
// when one of the two has joined by the other.
func (c *company) alone(host node.ID) bool {
	for other := range c.sides.side {
		other := node.ID(other)
		if other != host && c.sides.together(host, other) && c.meet(host, other) {
			return false
		}
	}
	return c.sides.up(host)
}

// meet reports whether two servers on one side are sure to know of each other, or to join by each other.
func (c *company) meet(a, b node.ID) bool {
	strange := c.stranger(a) || c.stranger(b)
	return !strange || slices.Contains(c.seeds, a) || slices.Contains(c.seeds, b)
}
