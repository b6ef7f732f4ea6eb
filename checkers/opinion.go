package checkers

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// opinion is what one host holds another to be, by its own events.
type opinion uint8

const (
	unknown opinion = iota // never heard of, or forgotten
	alive
	suspect
	dead
	left
	forgotten // unknown again, told apart from never heard of where that matters
)

// opinionAfter returns what a host holds the subject of an event to be after it, and whether the
// event says so at all.
func opinionAfter(kind node.EventKind) (as opinion, says bool) {
	switch kind {
	case node.MemberAlive:
		return alive, true
	case node.MemberSuspect:
		return suspect, true
	case node.MemberDead:
		return dead, true
	case node.MemberLeft:
		return left, true
	case node.MemberForgotten:
		return forgotten, true
	}
	return unknown, false
}

// member reports whether the other is held to be a member.
func (p opinion) member() bool { return p == alive || p == suspect }

// gone reports whether the other was a member once and is no longer held to be.
func (p opinion) gone() bool { return p == dead || p == left || p == forgotten }

func (p opinion) String() string {
	return [...]string{"unknown", "alive", "suspect", "dead", "left", "forgotten"}[p]
}

// opinions is every host's opinion of every host.
type opinions struct {
	hosts int
	table []opinion           // [observer][subject]
	since map[pair]clock.Time // of the suspicions held now, which are few
}

type pair struct{ observer, subject node.ID }

func newOpinions(hosts int) opinions {
	return opinions{hosts, make([]opinion, hosts*hosts), make(map[pair]clock.Time)}
}

func (p *opinions) of(observer, subject node.ID) opinion {
	return p.table[int(observer)*p.hosts+int(subject)]
}

// hasLeft reports whether host says of itself that it left.
func (p *opinions) hasLeft(host node.ID) bool { return p.of(host, host) == left }

// suspectedSince is when a suspicion held now began; 0 without one.
func (p *opinions) suspectedSince(observer, subject node.ID) clock.Time {
	return p.since[pair{observer, subject}]
}

func (p *opinions) set(observer, subject node.ID, to opinion, at clock.Time) {
	cell := &p.table[int(observer)*p.hosts+int(subject)]
	switch {
	case to == suspect && *cell != suspect:
		p.since[pair{observer, subject}] = at
	case to != suspect && *cell == suspect:
		delete(p.since, pair{observer, subject})
	}
	*cell = to
}

// clear forgets all that observer holds.
func (p *opinions) clear(observer node.ID) {
	for subject := range p.hosts {
		p.set(observer, node.ID(subject), unknown, 0)
	}
}
