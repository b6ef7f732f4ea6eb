package checkers

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// sides is a checker's own copy of who is up since when, and on which side of the network, as of
// the last [Reachability]. A View shows the present; judging what has just ended takes the state
// before it.
type sides struct {
	side      []int        // by host, -1 for down
	started   []clock.Time // by host: when its present life began
	disturbed []clock.Time // by host: when its side last changed but for hosts going up or down
	whole     bool         // there was at most one side
	risen     []node.ID    // hosts that have come up since the last change
}

// fit makes room for hosts, all of them down.
func (s *sides) fit(hosts int) {
	if hosts == len(s.side) {
		return
	}
	s.side = slices.Repeat([]int{-1}, hosts)
	s.started, s.disturbed = make([]clock.Time, hosts), make([]clock.Time, hosts)
}

func (s *sides) up(host node.ID) bool { return s.side[host] >= 0 }

// together reports whether both hosts are up and on one side.
func (s *sides) together(a, b node.ID) bool { return s.up(a) && s.side[a] == s.side[b] }

// undisturbedSince is when host's life began or its side last changed, whichever is later.
func (s *sides) undisturbedSince(host node.ID) clock.Time {
	return max(s.started[host], s.disturbed[host])
}

func (s *sides) hostUp(host node.ID, at clock.Time) {
	s.started[host] = at
	s.risen = append(s.risen, host)
}

func (s *sides) hostDown(host node.ID) { s.side[host] = -1 }

// change takes over the sides from view. While there is but one it takes as long as hosts have come
// up, so that a large group starts in time.
func (s *sides) change(view View, at clock.Time) {
	whole := view.Sides() <= 1
	if whole && s.whole {
		for _, host := range s.risen {
			s.side[host] = view.Side(host)
		}
	} else {
		s.regroup(view, at)
	}
	s.whole, s.risen = whole, s.risen[:0]
}

// regroup compares the sides with those before. One is disturbed if it was cut in two or came of two.
func (s *sides) regroup(view View, at clock.Time) {
	next := make([]int, len(s.side))
	for host := range next {
		next[host] = view.Side(node.ID(host))
	}
	cut, joined := branching(s.side, next), branching(next, s.side)
	for host, was := range s.side {
		if is := next[host]; was >= 0 && is >= 0 && (cut[was] || joined[is]) {
			s.disturbed[host] = at
		}
	}
	s.side = next
}

// branching returns, by number in from, whether hosts that share that number have different ones in
// to. Hosts without a number (-1) in either do not count.
func branching(from, to []int) []bool {
	branches := make([]bool, len(from))
	target := make([]int, len(from)) // 1 + the number in to, 0 for none yet
	for host, a := range from {
		b := to[host]
		switch {
		case a < 0 || b < 0:
		case target[a] == 0:
			target[a] = 1 + b
		case target[a] != 1+b:
			branches[a] = true
		}
	}
	return branches
}
