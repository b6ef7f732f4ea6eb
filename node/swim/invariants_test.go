package swim

import (
	"slices"

	"butterfly/node"
)

// checkInvariants checks the numbered invariants of entry, and those of the parts beside the table.
func checkInvariants(t failer, s *Swim) {
	listed := slices.Clone(s.members.order)
	slices.Sort(listed)
	digest, forgotten, live := uint64(0), 0, 0
	for id := range s.members.entries {
		e := &s.members.entries[id]
		if e.state.live() && node.ID(id) != s.self {
			live++
		}
		if e.state == Unknown && e.incarnation > 0 {
			forgotten++
		}
		digest ^= s.members.hash(node.ID(id))
		checkEntry(t, s, node.ID(id), listed)
	}
	if live != len(listed) || s.members.probed < 0 || s.members.probed > live {
		t.Fatalf("invariant 1: %d live, %d listed, %d probed", live, len(listed), s.members.probed)
	}
	if digest != s.members.digest || forgotten != s.members.forgotten {
		t.Fatalf("digest %x for %x, %d forgotten for %d",
			s.members.digest, digest, s.members.forgotten, forgotten)
	}
	if s.members.at(s.self).incarnation != s.incarnation {
		t.Fatal("the member disagrees with its own entry")
	}
	checkConcerns(t, s)
	checkQueue(t, &s.queue)
	checkBroadcasts(t, &s.broadcasts)
	checkProbing(t, s)
}

// checkEntry checks one entry against the live members in ascending order.
func checkEntry(t failer, s *Swim, id node.ID, live []node.ID) {
	e, other := s.members.entries[id], id != s.self
	if _, listed := slices.BinarySearch(live, id); listed != (e.state.live() && other) {
		t.Fatalf("invariant 1: %d is %v, and in the order: %v", id, e.state, listed)
	}
	waits := e.state == Suspect || e.state.gone()
	if _, found := s.members.find(id); found != (waits && other) {
		t.Fatalf("invariant 2: %d is %v, with a concern: %v", id, e.state, found)
	}
	if e.lost && e.state != Unknown {
		t.Fatalf("%d is lost and %v", id, e.state)
	}
	if e.state == Unknown && s.members.metadata[id] != nil {
		t.Fatalf("%d is forgotten, but not its metadata", id)
	}
}

// checkConcerns checks that concerns are in order, and that the alarm is not later than the first
// deadline.
func checkConcerns(t failer, s *Swim) {
	for i := range s.members.concerns {
		c := &s.members.concerns[i]
		if i > 0 && c.member <= s.members.concerns[i-1].member {
			t.Fatalf("concern %d about %d is out of order", i, c.member)
		}
		if c.deadline < s.deadline && !s.departed {
			t.Fatalf("the deadline of %d at %v has no alarm", c.member, c.deadline)
		}
		if c.count == 0 || c.confirmations() > maxConfirmations {
			t.Fatalf("%d has %d accusers", c.member, c.count)
		}
	}
}

func checkBroadcasts(t failer, q *broadcasts) {
	bytes := 0
	for i := range q.waiting {
		bytes += broadcastBytes + len(q.waiting[i].payload)
	}
	if bytes != q.bytes {
		t.Fatalf("%d bytes of broadcasts wait, counted as %d", bytes, q.bytes)
	}
	if len(q.waiting) > maxBroadcasts || len(q.received) > maxBroadcasts {
		t.Fatalf("%d broadcasts wait, %d are received", len(q.waiting), len(q.received))
	}
}

// checkProbing checks the range of the local health, and that relays are few and in order.
func checkProbing(t failer, s *Swim) {
	if s.health < 0 || int(s.health) > max(0, s.config.LocalHealthMax-1) {
		t.Fatalf("the local health is %d", s.health)
	}
	if len(s.relays) > maxRelays {
		t.Fatalf("%d relays", len(s.relays))
	}
	for i := 1; i < len(s.relays); i++ {
		if s.relays[i].nack < s.relays[i-1].nack {
			t.Fatalf("relay %d is due before the one that came earlier", i)
		}
	}
}

// floors holds the incarnation of each member at the last look.
type floors []Incarnation

// check demands invariant 4.
func (f *floors) check(t failer, s *Swim) {
	for id := range s.members.entries {
		i, state := s.members.entries[id].incarnation, s.members.entries[id].state
		if id == len(*f) {
			*f = append(*f, i)
		}
		if forgets := state == Unknown && !s.config.Contradict; i < (*f)[id] && !forgets {
			t.Fatalf("invariant 4: to %d, %d fell from %v to %v", s.self, id, (*f)[id], i)
		}
		(*f)[id] = i
	}
}
