package swim

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// setDeadline sets when e's suspicion or retention ends. The alarm is only ever moved earlier here:
// one that comes too early finds nothing due and looks for the next.
func (s *Swim) setDeadline(e *entry, at clock.Time, out *effects) {
	e.deadline = at
	if at < s.deadline {
		s.deadline = at
		out.Alarm(DeadlineTimer, at)
	}
}

// passDeadlines ends what is due, in the order of IDs, and sets the alarm for what comes next.
func (s *Swim) passDeadlines(now clock.Time, out *effects) {
	for id := range s.members.entries {
		if e := &s.members.entries[id]; e.deadline != 0 && e.deadline <= now {
			s.passDeadline(now, node.ID(id), out)
		}
	}
	s.deadline = clock.Never
	for id := range s.members.entries {
		if e := &s.members.entries[id]; e.deadline != 0 {
			s.deadline = min(s.deadline, e.deadline)
		}
	}
	out.Alarm(DeadlineTimer, s.deadline)
}

// passDeadline declares a silent suspect dead and forgets who is long gone.
func (s *Swim) passDeadline(now clock.Time, id node.ID, out *effects) {
	held := s.members.at(id)
	if held.state != Suspect {
		s.becomeUnknown(id, out)
		return
	}
	s.becomeDead(now, Update{
		Member: id, State: Dead, From: s.self, Incarnation: held.incarnation,
	}, out)
}
