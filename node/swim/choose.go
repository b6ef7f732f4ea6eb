package swim

import (
	"slices"

	"butterfly/node"
)

// choose returns up to count distinct random members held alive, without one: fewer only if there
// are no more. The result is valid until the next call.
func (s *Swim) choose(count int, without node.ID) []node.ID {
	order := s.members.order
	s.chosen = s.chosen[:0]
	suits := func(id node.ID) bool {
		return id != without && s.members.entries[id].state == Alive && !slices.Contains(s.chosen, id)
	}
	// Most members suit, so a few attempts find them whatever the size of the group.
	for attempt := 0; attempt < 3*count && len(s.chosen) < count && len(order) > 0; attempt++ {
		if id := order[s.rand.Intn(len(order))]; suits(id) {
			s.chosen = append(s.chosen, id)
		}
	}
	if len(s.chosen) < count {
		s.chooseOthers(count, suits)
	}
	return s.chosen
}

// chooseOthers completes the choice from all that suit, which takes time in proportion to the group.
// memberlist, which gives up instead, misses an eligible helper of a small group now and then (issue
// 350).
func (s *Swim) chooseOthers(count int, suits func(node.ID) bool) {
	s.scratch = s.scratch[:0]
	for _, id := range s.members.order {
		if suits(id) {
			s.scratch = append(s.scratch, id)
		}
	}
	for len(s.chosen) < count && len(s.scratch) > 0 {
		i, last := s.rand.Intn(len(s.scratch)), len(s.scratch)-1
		s.chosen = append(s.chosen, s.scratch[i])
		s.scratch[i] = s.scratch[last]
		s.scratch = s.scratch[:last]
	}
}

// chooseAudience returns up to count distinct random members to gossip to: the live, and the dead,
// who may not be. It makes three attempts for each, so in small groups it finds fewer now and then.
func (s *Swim) chooseAudience(count int) []node.ID {
	order, concerns := s.members.order, s.members.concerns
	s.chosen = s.chosen[:0]
	for range 3 * count {
		if len(s.chosen) == count || len(order)+len(concerns) == 0 {
			break
		}
		i := s.rand.Intn(len(order) + len(concerns))
		if i < len(order) {
			s.chosen = appendNew(s.chosen, order[i])
		} else if id := concerns[i-len(order)].member; s.members.entries[id].state == Dead {
			s.chosen = appendNew(s.chosen, id)
		}
	}
	return s.chosen
}

func appendNew(ids []node.ID, id node.ID) []node.ID {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}
