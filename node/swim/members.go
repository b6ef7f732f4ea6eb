package swim

import (
	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// entry is what this member holds about one member. There is one for every pair of members, so it
// holds what all need; what few need is elsewhere. Invariants, checked by the tests after every
// step:
//
//  1. state is live, and the entry is not our own  <=>  its ID is in order, once
//  2. state is Suspect, Dead or Left, not our own  <=>  there is a concern about it
//  3. queued > 0  <=>  the queue's heap[queued-1] is about it
//  4. incarnation never falls, not even when the member is forgotten, if we contradict
type entry struct {
	incarnation Incarnation
	queued      int32 // in the queue's heap, plus one; 0 if there is no news about it
	state       State
	lost        bool // it was dead when it was forgotten: it may come back
}

// table holds the members by ID. It grows to the highest ID heard of, which hear bounds.
type table struct {
	entries []entry
	// order holds the live members but ourselves: first those that this traversal has probed.
	order  []node.ID
	probed int
	// concerns are the members that something will happen to in time, in ascending order.
	concerns []concern
	// forgotten is how many entries are Unknown with an incarnation.
	forgotten int
	// digest is the exclusive or of the hashes of all entries.
	digest uint64
	// founders is how many IDs were members from the start.
	founders node.ID
	// metadata holds what members say about themselves, for those that do. It is never ranged over.
	metadata map[node.ID][]byte
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

// found makes the first count IDs members in the life that began when the clock did, self included.
func (t *table) found(count int, self node.ID) {
	t.founders = node.ID(count)
	t.entries = make([]entry, count)
	t.order = make([]node.ID, 0, count)
	for id := range node.ID(count) {
		t.entries[id] = entry{state: Alive, incarnation: incarnationOf(firstGeneration)}
		if id != self {
			t.order = append(t.order, id)
		}
	}
}

// set changes what is held about id, which has an entry.
func (t *table) set(id node.ID, state State, incarnation Incarnation) {
	e := &t.entries[id]
	t.digest ^= t.hash(id)
	e.state, e.incarnation = state, incarnation
	t.digest ^= t.hash(id)
}

// hash stands for the entry about id in the digest of a table. What everybody begins with counts as
// nothing: a founder that is as it was, and anybody else who is unknown. So a table that all begin
// with has the digest 0, however large it is.
func (t *table) hash(id node.ID) uint64 {
	e := &t.entries[id]
	original := e.state == Unknown
	if id < t.founders {
		original = e.state == Alive && e.incarnation == incarnationOf(firstGeneration)
	}
	if original {
		return 0
	}
	return rng.Mix(rng.Mix(uint64(id)<<8|uint64(e.state)) ^ uint64(e.incarnation))
}

// describe replaces a member's metadata by a copy.
func (t *table) describe(id node.ID, metadata []byte) {
	if len(metadata) == 0 {
		delete(t.metadata, id)
		return
	}
	if t.metadata == nil {
		t.metadata = make(map[node.ID][]byte)
	}
	t.metadata[id] = append(t.metadata[id][:0], metadata...)
}

// update returns what is held about id as a claim to pass on. A member that was forgotten is passed
// on as dead: only it itself is told so.
func (t *table) update(id node.ID) Update {
	e := t.at(id)
	u := Update{Member: id, State: e.state, From: id, Incarnation: e.incarnation}
	switch {
	case e.state == Unknown:
		u.State = Dead
	case e.state != Alive:
		u.From = t.accuser(id)
	}
	return u
}

// appendAll adds every entry to m, our own included, in ascending order.
func (t *table) appendAll(m *Message) {
	for id := range t.entries {
		if t.entries[id].state != Unknown {
			t.appendTo(m, node.ID(id))
		}
	}
}

// appendTo adds what is held about id to m.
func (t *table) appendTo(m *Message, id node.ID) {
	u := t.update(id)
	if u.State != Alive {
		m.add(u, nil)
		return
	}
	m.add(u, t.metadata[id])
}

// becomeAlive admits u.Member to the group, or clears it of suspicion, or notes its new
// incarnation.
func (s *Swim) becomeAlive(now clock.Time, u Update, metadata []byte, out *effects) {
	e := s.members.ensure(u.Member)
	demand(u.Incarnation > e.incarnation || e.state == Unknown, "alive without a newer incarnation")
	if !e.state.live() {
		s.members.admit(u.Member, &s.rand)
	}
	if e.state == Unknown && e.incarnation > 0 {
		s.members.forgotten--
	}
	s.members.settle(u.Member)
	e.lost = false
	s.members.set(u.Member, Alive, u.Incarnation)
	s.members.describe(u.Member, metadata)
	s.publish(now, u, out)
	observe(node.MemberAlive, u, hash(metadata), out)
}

// becomeSuspect begins a suspicion of a member in the group.
func (s *Swim) becomeSuspect(now clock.Time, u Update, out *effects) {
	e := s.members.ensure(u.Member)
	demand(e.state.live() && u.Incarnation >= e.incarnation, "suspect, but not in the group")
	s.members.set(u.Member, Suspect, u.Incarnation)
	c := s.members.concernAbout(u.Member)
	c.begin(now, u.From, s.size())
	s.setDeadline(c, s.verdictDue(now, c), out)
	s.publish(now, u, out)
	observe(node.MemberSuspect, u, uint64(u.From), out)
}

// becomeDead takes a failed member out of the group, or notes that a later incarnation of it
// failed.
func (s *Swim) becomeDead(now clock.Time, u Update, out *effects) {
	s.becomeGone(now, u, out)
	observe(node.MemberDead, u, uint64(u.From), out)
}

// becomeLeft takes a member out of the group that said it goes.
func (s *Swim) becomeLeft(now clock.Time, u Update, out *effects) {
	s.becomeGone(now, u, out)
	observe(node.MemberLeft, u, uint64(u.From), out)
}

func (s *Swim) becomeGone(now clock.Time, u Update, out *effects) {
	e := s.members.ensure(u.Member)
	demand(e.state != Unknown && u.Incarnation >= e.incarnation, "gone, but never was there")
	if e.state.live() {
		s.members.expel(u.Member)
	}
	s.members.set(u.Member, u.State, u.Incarnation)
	c := s.members.concernAbout(u.Member)
	c.begin(now, u.From, s.size())
	s.setDeadline(c, now.Add(s.config.DeadRetention), out)
	s.publish(now, u, out)
}

// becomeUnknown forgets a member that is long gone, but for its incarnation: it counts as dead at
// that for ever, so that a table from before its death cannot bring it back. Only who contradicts
// can afford that: the member has to be told what to refute.
func (s *Swim) becomeUnknown(id node.ID, out *effects) {
	e := s.members.ensure(id)
	demand(e.state.gone(), "forgotten while in the group")
	out.Emit(node.Event{Kind: node.MemberForgotten, Subject: uint32(id), A: uint64(e.incarnation)})
	s.members.settle(id)
	s.members.describe(id, nil)
	delete(s.broadcasts.heard, id)
	s.queue.drop(id)
	if !s.config.Contradict {
		s.members.set(id, Unknown, 0)
		return
	}
	s.members.forgotten++
	e.lost = e.state == Dead
	s.members.set(id, Unknown, e.incarnation)
}

func observe(kind node.EventKind, u Update, detail uint64, out *effects) {
	out.Emit(node.Event{
		Kind: kind, Subject: uint32(u.Member), A: uint64(u.Incarnation), B: detail,
	})
}

// hash returns the hash of some bytes that stands for them in events, 0 for none.
func hash(bytes []byte) uint64 {
	if len(bytes) == 0 {
		return 0
	}
	h := uint64(len(bytes))
	for _, b := range bytes {
		h = rng.Mix(h ^ uint64(b))
	}
	return max(h, 1)
}

// demand guards a transition: hear lets only legal ones through, so a failure is a bug of this
// package.
func demand(legal bool, complaint string) {
	if !legal {
		panic("swim: illegal transition: " + complaint)
	}
}
