package rumor

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[Message]

// cycle is the time between two contacts of a site, tripTime what a message takes. A cycle is over,
// all feedback heard, after its first half.
const (
	cycle    = time.Second
	tripTime = time.Millisecond
)

// Timer slots.
const (
	timerCycle = iota // a cycle begins
	timerJudge        // the contacts of a cycle are over
)

// origin is the site that knows the update from the start, before the first cycle.
const origin node.ID = 0

// site is one of the servers between which the rumor goes round.
//
// Invariants:
//  1. infective implies that the site has heard.
//  2. interest is that of a site that is infective.
type site struct {
	plan     Plan
	self     node.ID
	rand     rng.Rand
	heard    clock.Time // the update; [clock.Never] while it has not
	interest interest
	sent     int // updates
}

func newSite(plan Plan, self node.ID, rand rng.Rand) *site {
	return &site{plan: plan, self: self, rand: rand, heard: clock.Never}
}

// Start implements [node.Machine]. Cycles begin at whole multiples of their length, the first with
// the number 1.
func (s *site) Start(now clock.Time, _ []byte, out *effects) {
	if s.self == origin {
		s.infect(now, out)
	}
	if s.plan.Variant.Pull {
		out.Alarm(timerCycle, nextCycle(now))
	}
}

func nextCycle(now clock.Time) clock.Time { return now.Add(cycle - now.Since()%cycle) }

// infect makes a susceptible site infective from the next cycle on.
func (s *site) infect(now clock.Time, out *effects) {
	s.heard = now
	s.interest = interest{infective: true}
	out.Alarm(timerCycle, nextCycle(now))
}

// Wake implements [node.Machine].
func (s *site) Wake(now clock.Time, t node.TimerID, out *effects) {
	if t == timerJudge {
		s.interest.judge(&s.plan, &s.rand)
		return
	}
	if s.interest.infective {
		out.Alarm(timerJudge, now.Add(cycle/2))
	}
	s.contact(out)
	if s.plan.Variant.Pull || s.interest.infective {
		out.Alarm(timerCycle, nextCycle(now))
	}
}

// contact begins this site's part of a cycle, if it has one.
func (s *site) contact(out *effects) {
	if s.plan.Variant.Pull {
		out.Send(s.partner()).Kind = Ask
	} else if s.interest.infective {
		s.update(s.partner(), out)
	}
}

// partner draws a site uniformly among the others.
func (s *site) partner() node.ID {
	partner := node.ID(s.rand.Intn(s.plan.Servers - 1))
	if partner >= s.self {
		partner++
	}
	return partner
}

func (s *site) update(to node.ID, out *effects) {
	out.Send(to).Kind = Update
	s.sent++
}

// Receive implements [node.Machine].
func (s *site) Receive(now clock.Time, from node.ID, m *Message, out *effects) {
	switch m.Kind {
	case Ask:
		if s.interest.infective {
			s.update(from, out)
		}
	case Update:
		s.hear(now, from, out)
	case Feedback:
		s.interest.note(m.Needed)
	}
}

// hear takes in an update and says whether it was needed. A counter goes by what the recipient knew
// when the cycle began: all updates of a cycle arrive at one instant, and those that come together
// with the first are needed as much as it. A coin goes by what it knows by now.
func (s *site) hear(now clock.Time, from node.ID, out *effects) {
	first := s.heard == clock.Never
	if first {
		s.infect(now, out)
	}
	if v := s.plan.Variant; !v.Blind {
		m := out.Send(from)
		m.Kind, m.Needed = Feedback, first || !v.Coin && s.heard == now
	}
}
