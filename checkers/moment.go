package checkers

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Moment is what a cluster looked like at one instant, after everything that happened in it. The
// largest side is the one with the most servers, of equal ones the lowest in number.
type Moment struct {
	At clock.Time
	// Up is how many servers are running, Sides how many sides they form, and Largest how many of
	// them are on the largest.
	Up, Sides, Largest int
	// Held is how many servers each running server holds to be members, alive or suspected, itself
	// included.
	Held Range
	// Missing counts the pairs of servers that take part of which the first does not hold the second to
	// be a member, as across a cut; Stale the pairs of which the first takes part, and holds the second
	// to be a member though it does not.
	Missing, Stale int

	// Unchecked, Checked and Doubled count the origins that none, exactly one, and two or more
	// servers of the largest side are checking. They add up to all origins.
	Unchecked, Checked, Doubled int
	// UncheckedElsewhere counts the origins that none is checking on at least one of the other
	// sides.
	UncheckedElsewhere int
	// DoubledInAll counts the origins that two or more running servers are checking, on whatever
	// sides they are.
	DoubledInAll int

	// States is how many different states the replicas of the running servers have.
	States int
	// Down is how many origins are really down, and BelievedDown how many of all each running
	// server believes to be.
	Down         int
	BelievedDown Range
}

// Range sums up what several servers say. All are 0 if there is no server.
type Range struct {
	Least, Median, Most int // the median by nearest rank: the lower of the middle two
}

// newRange sorts values.
func newRange(values []int) Range {
	if len(values) == 0 {
		return Range{}
	}
	slices.Sort(values)
	return Range{values[0], values[(len(values)-1)/2], values[len(values)-1]}
}

// moment looks at everything as it stands.
func (l *Timeline) moment(at clock.Time) Moment {
	m := Moment{At: at, Down: l.down}
	largest := l.countSides(&m)
	m.Held = l.rangeOver(l.views.members)
	m.Missing, m.Stale = l.views.missing, l.views.stale()
	m.BelievedDown = l.rangeOver(l.believedDown)
	m.States = l.countStates()
	for _, hosts := range l.duties.checkers {
		l.countCheckers(hosts, largest, &m)
	}
	return m
}

// countSides fills in who is up and returns the largest side, -1 if nobody is up.
func (l *Timeline) countSides(m *Moment) (largest int) {
	l.perSide = append(l.perSide[:0], make([]int, l.sides)...)
	largest = -1
	for _, side := range l.side {
		if side >= 0 {
			m.Up++
			l.perSide[side]++
		}
	}
	for side, servers := range l.perSide {
		if servers > m.Largest {
			largest, m.Largest = side, servers
		}
	}
	m.Sides = l.sides
	return largest
}

// rangeOver sums up one value per host over the hosts that are up.
func (l *Timeline) rangeOver(byHost []int) Range {
	l.values = l.values[:0]
	for host, side := range l.side {
		if side >= 0 {
			l.values = append(l.values, byHost[host])
		}
	}
	return newRange(l.values)
}

func (l *Timeline) countStates() int {
	l.states = l.states[:0]
	for host, side := range l.side {
		if side >= 0 {
			l.states = append(l.states, l.state[host])
		}
	}
	slices.Sort(l.states)
	return len(slices.Compact(l.states))
}

// countCheckers adds one origin, checked by the given hosts.
func (l *Timeline) countCheckers(hosts []node.ID, largest int, m *Moment) {
	clear(l.perSide)
	inAll := 0
	for _, host := range hosts {
		if side := l.side[host]; side >= 0 {
			l.perSide[side]++
			inAll++
		}
	}
	here, missing := 0, false
	for side, checkers := range l.perSide {
		if side == largest {
			here = checkers
		} else {
			missing = missing || checkers == 0
		}
	}
	m.Unchecked += oneIf(here == 0)
	m.Checked += oneIf(here == 1)
	m.Doubled += oneIf(here > 1)
	m.UncheckedElsewhere += oneIf(missing)
	m.DoubledInAll += oneIf(inAll > 1)
}

func oneIf(condition bool) int {
	if condition {
		return 1
	}
	return 0
}
