package swim

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// overrides reports whether a claim replaces what is held about a member. This is the order of
// SWIM, section 4.2, with two additions: a death is of one incarnation, so that a member wrongly
// declared dead or restarted can come back; and having left is a state of its own, the last word of
// its incarnation.
//
//	claim (i)   over unknown  over alive (j)  over suspect (j)  over dead (j)  over left (j)
//	alive       yes           i > j           i > j             i > j          i > j
//	suspect     no            i >= j          i > j             no             no
//	dead        no            i >= j          i >= j            i > j          i > j
//	left        no            i >= j          i >= j            i >= j         i > j
//
// Only an alive claim introduces a member: were it otherwise, the dead would be handed on for ever
// between members that have forgotten them.
func overrides(claim State, i Incarnation, held State, j Incarnation) bool {
	if held == Unknown {
		return claim == Alive
	}
	switch claim {
	case Alive:
		return i > j
	case Suspect:
		return held == Alive && i >= j || held == Suspect && i > j
	case Dead, Left:
		return i > j || i == j && held < claim
	}
	return false
}

// hear takes a claim from anywhere, and reports whether it accuses this member.
func (s *Swim) hear(now clock.Time, u Update, out *effects) (accused bool) {
	if !s.accepts(u.Member) || !s.accepts(u.From) {
		return false
	}
	held := s.members.at(u.Member)
	if !plausible(now, s.config.MaxClockSkew, held.incarnation, u.Incarnation) {
		return false
	}
	if u.Member == s.self {
		return s.hearOfSelf(u, out)
	}
	if overrides(u.State, u.Incarnation, held.state, held.incarnation) {
		s.believe(now, u, out)
	}
	return false
}

// accepts reports whether an ID is one that a member of this group can have.
func (s *Swim) accepts(id node.ID) bool { return id < node.ID(s.config.MaxMembers) }

func (s *Swim) believe(now clock.Time, u Update, out *effects) {
	switch u.State {
	case Alive:
		u.From = u.Member
		s.becomeAlive(u, out)
	case Suspect:
		s.becomeSuspect(now, u, out)
	case Dead:
		s.becomeDead(now, u, out)
	case Left:
		u.From = u.Member
		s.becomeLeft(now, u, out)
	}
}

// hearOfSelf answers an accusation with the smallest incarnation that beats it. One that is beaten
// already comes from a member that missed our answer, which is said again. An alive claim ahead of
// us is an accusation too: it is left over from a life that we know nothing of, and would shut this
// one out.
func (s *Swim) hearOfSelf(u Update, out *effects) (accused bool) {
	ahead := u.Incarnation > s.incarnation
	switch u.State {
	case Alive:
		accused = ahead
	case Suspect, Dead, Left:
		accused = true
	}
	if !accused {
		return false
	}
	if ahead || u.Incarnation == s.incarnation {
		s.setIncarnation(u.Incarnation+1, out)
		u.Incarnation = s.incarnation
		observe(node.Refuted, u, out)
	}
	s.queue.put(s.self)
	return true
}
