package swim

import "butterfly/sim/clock"

// setDeadline sets when a suspicion or retention ends. The alarm is only ever moved earlier here:
// one that comes too early finds nothing due and looks for the next.
func (s *Swim) setDeadline(c *concern, at clock.Time, out *effects) {
	c.deadline = at
	if at < s.deadline {
		s.deadline = at
		out.Alarm(DeadlineTimer, at)
	}
}

// passDeadlines ends what is due, the earliest first and of equal ones the lowest ID: concerns are
// in the order of their members.
func (s *Swim) passDeadlines(now clock.Time, out *effects) {
	s.deadline = clock.Never
	for {
		next := s.nextConcern()
		if next == nil {
			break
		}
		if next.deadline > now {
			s.deadline = next.deadline
			break
		}
		s.passDeadline(now, next, out)
	}
	out.Alarm(DeadlineTimer, s.deadline)
}

// nextConcern returns the concern with the earliest deadline, nil if there is none.
func (s *Swim) nextConcern() (next *concern) {
	for i := range s.members.concerns {
		c := &s.members.concerns[i]
		if next == nil || c.deadline < next.deadline {
			next = c
		}
	}
	return next
}

// passDeadline declares a silent suspect dead, unless there is reason to wait, and forgets who is
// long gone.
func (s *Swim) passDeadline(now clock.Time, c *concern, out *effects) {
	held := s.members.at(c.member)
	if held.state != Suspect {
		s.becomeUnknown(c.member, out)
		return
	}
	if due := s.verdictDue(now, c); due > now {
		c.deadline = due
		return
	}
	s.becomeDead(now, Update{
		Member: c.member, State: Dead, From: s.self, Incarnation: held.incarnation,
	}, out)
}
