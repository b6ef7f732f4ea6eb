package checkers

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// strangers knows which servers that run are sure to know of no other, nor any of them. Who starts
// knows of nobody but the seeds, and nobody is sure to know of its present life: the others may have
// forgotten it, or hold that it left. Once it has been on a side with a seed that runs, for as long as
// joining takes, it knows of whom that knows of, and they of it.
//
// Two strangers on one side may stay strangers for as long as no seed joins them. They are a side by
// what they can reach and two groups by what they can know, and owe each other no news.
type strangers struct {
	seeds []node.ID
	hosts []node.ID // that run and have not been introduced, in no order
}

// hostUp begins a life. One that has no seed but itself waits for nobody: the others come to it.
func (s *strangers) hostUp(host node.ID) {
	another := func(seed node.ID) bool { return seed != host }
	if slices.ContainsFunc(s.seeds, another) {
		s.hosts = append(s.hosts, host)
	}
}

func (s *strangers) hostDown(host node.ID) {
	s.hosts = slices.DeleteFunc(s.hosts, func(h node.ID) bool { return h == host })
}

func (s *strangers) has(host node.ID) bool { return slices.Contains(s.hosts, host) }

// introduce has the strangers on sides join a seed there, if both have been there undisturbed for as
// long as joining takes.
func (s *strangers) introduce(at clock.Time, sides *sides, joining time.Duration) {
	s.hosts = slices.DeleteFunc(s.hosts, func(host node.ID) bool {
		return slices.ContainsFunc(s.seeds, func(seed node.ID) bool {
			since := max(sides.undisturbedSince(host), sides.undisturbedSince(seed))
			return seed != host && sides.together(host, seed) && at >= since.Add(joining)
		})
	})
}
