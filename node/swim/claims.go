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
//	alive       i > j         i > j           i > j             i > j          i > j
//	suspect     no            i >= j          i > j             no             no
//	dead        no            i >= j          i >= j            i > j          i > j
//	left        no            i >= j          i >= j            i >= j         i > j
//
// Only an alive claim introduces a member: were it otherwise, the dead would be handed on for ever
// between members that have forgotten them. One never heard of is unknown at incarnation 0.
func overrides(claim State, i Incarnation, held State, j Incarnation) bool {
	if held == Unknown {
		return claim == Alive && i > j
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

// overridesFinally is the order of SWIM, section 4.2, to the letter: "Confirm overrides" whatever
// the incarnation, and nothing overrides it. A leave counts as one.
func overridesFinally(claim State, i Incarnation, held State, j Incarnation) bool {
	switch {
	case held.gone():
		return false
	case claim.gone():
		return held != Unknown
	}
	return overrides(claim, i, held, j)
}

// hearUpdates takes up to most claims of a message; those of a table are secondhand. It returns the
// bytes behind their metadata, whether one accuses this member, and whether to read on: not if the
// message is cut short or was this member's end.
func (s *Swim) hearUpdates(
	now clock.Time, m *Message, most int, secondhand bool, out *effects,
) (bytes []byte, accused, ok bool) {
	bytes = m.Bytes
	for _, u := range m.Updates[:min(len(m.Updates), most)] {
		metadata, rest, ok := cut(bytes, u.MetadataBytes)
		if !ok || s.departed {
			return nil, accused, false
		}
		bytes = rest
		if secondhand {
			u = s.secondhand(u)
		}
		accused = s.hear(now, u, metadata, out) || accused
	}
	return bytes, accused, !s.departed
}

// secondhand is how a claim found in a peer's table counts. That the peer holds a member dead is
// hearsay, perhaps from the other side of a partition: it counts as a suspicion, which the member can
// refute, unless deaths are final.
func (s *Swim) secondhand(u Update) Update {
	if u.State == Dead && !s.config.FinalDeath {
		u.State = Suspect
	}
	if u.State == Suspect && s.config.Hearsay {
		u.From = s.self
	}
	return u
}

// hear takes a claim from anywhere, and reports whether it accuses this member. metadata is only
// valid during the call.
func (s *Swim) hear(now clock.Time, u Update, metadata []byte, out *effects) (accused bool) {
	if u.State > Left || !s.accepts(u.Member) || !s.accepts(u.From) ||
		len(metadata) > s.config.metadataLimit() {
		return false
	}
	held := s.members.at(u.Member)
	if !plausible(now, s.config.MaxClockSkew, held.incarnation, u.Incarnation) {
		return false
	}
	if u.Member == s.self {
		return s.hearOfSelf(now, u, out)
	}
	replaces := overrides
	if s.config.FinalDeath {
		replaces = overridesFinally
	}
	switch {
	case replaces(u.State, u.Incarnation, held.state, held.incarnation):
		s.believe(now, u, metadata, out)
	case u.State == Suspect && held.state == Suspect && u.Incarnation == held.incarnation:
		s.confirm(now, u, out)
	}
	return false
}

// accepts reports whether an ID is one that a member of this group can have.
func (s *Swim) accepts(id node.ID) bool { return id < node.ID(s.config.MaxMembers) }

// believe enters what a claim says. What is held keeps the highest incarnation there is evidence of:
// a final death may come with a lower one.
func (s *Swim) believe(now clock.Time, u Update, metadata []byte, out *effects) {
	u.Incarnation = max(u.Incarnation, s.members.at(u.Member).incarnation)
	switch u.State {
	case Alive:
		u.From = u.Member
		s.becomeAlive(now, u, metadata, out)
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
// us is an accusation too: it is left over from a life that we know nothing of, or of another node
// that uses our ID, and would shut this one out.
func (s *Swim) hearOfSelf(now clock.Time, u Update, out *effects) (accused bool) {
	ahead := u.Incarnation > s.incarnation
	if u.State == Unknown || u.State == Alive && !ahead {
		return false
	}
	if s.mustYield(now, u, ahead) {
		s.yield(out)
		return false
	}
	if ahead || u.Incarnation == s.incarnation {
		s.health.note(1, s.config.LocalHealthMax)
		s.setIncarnation(u.Incarnation+1, out)
		observe(node.Refuted, s.members.update(s.self), uint64(u.From), out)
	}
	s.publish(now, s.members.update(s.self), out)
	return true
}

// maxOutbids is how often in a row a life outbids claims of a later one before it takes that to be
// alive. The rumour of a life long past is outbid once or twice, and one that does not come back
// within the time a suspect has to answer counts no more.
const maxOutbids = 3

// mustYield reports whether this life is over. Two nodes that use one ID outbid each other without
// end; the one that began first gives way, so that a replacement takes over the name of the machine
// it replaces. And where a death is final, so is ours.
func (s *Swim) mustYield(now clock.Time, u Update, ahead bool) bool {
	if s.config.FinalDeath && u.State == Dead {
		return true
	}
	if u.State != Alive || !ahead || u.Incarnation.Generation() <= s.birth {
		return false
	}
	if now.Sub(s.outbidAt) > s.config.VerdictBound(s.size()) {
		s.outbids = 0
	}
	s.outbids++
	s.outbidAt = now
	return s.outbids > maxOutbids
}

// yield stops this life without a word to the group: what is said of the ID is about the other.
func (s *Swim) yield(out *effects) {
	s.yielded = true
	observe(node.Yielded, s.members.update(s.self), 0, out)
	s.stop(out)
}
