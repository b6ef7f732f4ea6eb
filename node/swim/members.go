package swim

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// entry is what this member holds about one member. Invariants, checked by the tests after every
// step:
//
//  1. state is live, and the entry is not our own  <=>  live[position] is its ID
//  2. state is Suspect, Dead or Left, not our own  <=>  deadline > 0
//  3. state is Unknown  =>  incarnation = 0, accuser = 0
//  4. state is live, and the entry is not our own  =>  listed
type entry struct {
	incarnation Incarnation
	// deadline ends the suspicion or the retention; 0 means nothing to end.
	deadline clock.Time
	accuser  node.ID
	position int32
	state    State
	listed   bool // the roster has a place for it
}

// table holds the members by ID. It grows to the highest ID heard of, which hear bounds.
type table struct {
	entries []entry
	live    []node.ID // members in the group but ourselves, in no particular order
}

// at returns a copy of id's entry, the zero one for an ID never heard of.
func (t *table) at(id node.ID) entry {
	if int(id) < len(t.entries) {
		return t.entries[id]
	}
	return entry{}
}

// ensure returns id's entry, making room for it. The pointer is valid until the next call.
func (t *table) ensure(id node.ID) *entry {
	for int(id) >= len(t.entries) {
		t.entries = append(t.entries, entry{})
	}
	return &t.entries[id]
}

// announce sets our own entry.
func (t *table) announce(self node.ID, state State, incarnation Incarnation) {
	e := t.ensure(self)
	e.state, e.incarnation, e.accuser = state, incarnation, self
}

// admit puts id among the live members.
func (t *table) admit(id node.ID) {
	t.entries[id].position = int32(len(t.live))
	t.live = append(t.live, id)
}

// expel takes id out of the live members.
func (t *table) expel(id node.ID) {
	position, last := t.entries[id].position, t.live[len(t.live)-1]
	t.live[position] = last
	t.entries[last].position = position
	t.live = t.live[:len(t.live)-1]
	t.entries[id].position = 0
}

// update returns what is held about id as a claim to pass on.
func (t *table) update(id node.ID) Update {
	e := t.at(id)
	return Update{Member: id, State: e.state, From: e.accuser, Incarnation: e.incarnation}
}

// appendAll appends every entry, our own included, in ascending order.
func (t *table) appendAll(dst []Update) []Update {
	for id := range t.entries {
		if t.entries[id].state != Unknown {
			dst = append(dst, t.update(node.ID(id)))
		}
	}
	return dst
}

// becomeAlive admits u.Member to the group, or clears it of suspicion, or notes its new
// incarnation.
func (s *Swim) becomeAlive(u Update, out *effects) {
	e := s.members.ensure(u.Member)
	demand(u.Incarnation > e.incarnation || e.state == Unknown, "alive without a newer incarnation")
	if !e.state.live() {
		s.members.admit(u.Member)
	}
	e.state, e.incarnation, e.accuser, e.deadline = Alive, u.Incarnation, u.Member, 0
	if !e.listed {
		e.listed = true
		s.roster.insert(u.Member, &s.rand)
	}
	s.tell(node.MemberAlive, u, out)
}

// becomeSuspect begins a suspicion of a member in the group.
func (s *Swim) becomeSuspect(now clock.Time, u Update, out *effects) {
	e := s.members.ensure(u.Member)
	demand(e.state.live() && u.Incarnation >= e.incarnation, "suspect, but not in the group")
	e.state, e.incarnation, e.accuser = Suspect, u.Incarnation, u.From
	s.setDeadline(e, now.Add(s.config.SuspicionTimeout(s.Len())), out)
	s.tell(node.MemberSuspect, u, out)
}

// becomeDead takes a failed member out of the group, or notes that a later incarnation of it
// failed.
func (s *Swim) becomeDead(now clock.Time, u Update, out *effects) {
	s.becomeGone(now, u, out)
	s.tell(node.MemberDead, u, out)
}

// becomeLeft takes a member out of the group that said it goes.
func (s *Swim) becomeLeft(now clock.Time, u Update, out *effects) {
	s.becomeGone(now, u, out)
	s.tell(node.MemberLeft, u, out)
}

func (s *Swim) becomeGone(now clock.Time, u Update, out *effects) {
	e := s.members.ensure(u.Member)
	demand(e.state != Unknown && u.Incarnation >= e.incarnation, "gone, but never was there")
	if e.state.live() {
		s.members.expel(u.Member)
	}
	e.state, e.incarnation, e.accuser = u.State, u.Incarnation, u.From
	s.setDeadline(e, now.Add(s.config.DeadRetention), out)
}

// becomeUnknown forgets a member that is long gone.
func (s *Swim) becomeUnknown(id node.ID, out *effects) {
	e := s.members.ensure(id)
	demand(e.state.gone(), "forgotten while in the group")
	out.Emit(node.Event{Kind: node.MemberForgotten, Subject: uint32(id), A: uint64(e.incarnation)})
	*e = entry{listed: e.listed}
	s.queue.drop(id)
}

// tell passes a change on to the group and to the observer.
func (s *Swim) tell(kind node.EventKind, u Update, out *effects) {
	s.queue.put(u.Member)
	observe(kind, u, out)
}

func observe(kind node.EventKind, u Update, out *effects) {
	out.Emit(node.Event{
		Kind: kind, Subject: uint32(u.Member), A: uint64(u.Incarnation), B: uint64(u.From),
	})
}

// demand guards a transition: hear lets only legal ones through, so a failure is a bug of this
// package.
func demand(legal bool, complaint string) {
	if !legal {
		panic("swim: illegal transition: " + complaint)
	}
}
