package swim

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// exchange is the state of joining and anti-entropy: both are the exchange of whole tables on a
// stream, with a seed or with a random member.
type exchange struct {
	joined bool
	seeds  []node.ID // the configured seeds but ourselves
	seed   int       // index of the seed to try next
	begun  node.CallID
}

// startExchanging joins at once, through a random seed first.
func (s *Swim) startExchanging(now clock.Time, out *effects) {
	x := &s.exchange
	for _, seed := range s.config.Seeds {
		if seed != s.self && !slices.Contains(x.seeds, seed) {
			x.seeds = append(x.seeds, seed)
		}
	}
	if len(x.seeds) == 0 {
		s.settle(now, out)
		return
	}
	x.seed = s.rand.Intn(len(x.seeds))
	s.beginExchange(now, out)
}

// settle ends joining: from a random moment on there is one exchange per interval.
func (s *Swim) settle(now clock.Time, out *effects) {
	s.exchange.joined = true
	out.Alarm(SyncTimer, now.Add(s.partOf(s.config.SyncInterval)))
}

// beginExchange sends our table to the peer whose turn it is. While joining, the next attempt is
// set when this one has failed.
func (s *Swim) beginExchange(now clock.Time, out *effects) {
	if s.exchange.joined {
		out.Alarm(SyncTimer, now.Add(s.config.SyncInterval))
	}
	peer, found := s.exchangePeer()
	if !found {
		return
	}
	s.exchange.begun++
	m := out.Call(peer, s.exchange.begun, s.config.SyncTimeout)
	m.Kind = SyncRequest
	m.Updates = s.members.appendAll(m.Updates)
}

// exchangePeer chooses the peer: the next seed while joining, then a random live member, and every
// HealEvery-th time, or when all others seem dead, one that may have been lost.
func (s *Swim) exchangePeer() (node.ID, bool) {
	x := &s.exchange
	if !x.joined {
		x.seed = (x.seed + 1) % len(x.seeds)
		return x.seeds[x.seed], true
	}
	turn := int(x.begun+1) % s.config.HealEvery
	if turn != 0 && len(s.members.live) > 0 {
		return s.RandomAlive(&s.rand)
	}
	return s.healingPeer()
}

// healingPeer chooses among the dead members and the seeds that are not in the group, whatever is
// held of them: a live member if there are none. Without it the sides of a partition that outlasts
// the suspicion timeout hold each other dead and never speak again (hashicorp/memberlist issue
// 222). Seeds that left are tried as well: if all of them come back while the others think them
// gone, they find a group of their own among themselves.
func (s *Swim) healingPeer() (node.ID, bool) {
	s.scratch = s.scratch[:0]
	for id := range s.members.entries {
		if s.members.entries[id].state == Dead {
			s.scratch = append(s.scratch, node.ID(id))
		}
	}
	for _, seed := range s.exchange.seeds {
		if state := s.State(seed); state == Unknown || state == Left {
			s.scratch = append(s.scratch, seed)
		}
	}
	if len(s.scratch) == 0 {
		return s.RandomAlive(&s.rand)
	}
	return s.scratch[s.rand.Intn(len(s.scratch))], true
}

// endExchange merges the peer's table. The first answer ends joining.
func (s *Swim) endExchange(now clock.Time, reply *Message, failure node.Failure, out *effects) {
	answered := failure == node.OK && reply.Kind == SyncReply
	if answered {
		s.merge(now, reply.Updates, out)
	}
	switch {
	case s.exchange.joined:
	case answered:
		// The bulk of the table is queued too now: our own arrival is the news in it.
		s.queue.put(s.self)
		s.settle(now, out)
	default:
		out.Alarm(SyncTimer, now.Add(s.config.JoinRetry))
	}
}

// merge takes a peer's table as claims. That the peer holds a member dead is hearsay, perhaps from
// the other side of a partition: it counts as a suspicion, which the member can refute.
func (s *Swim) merge(now clock.Time, updates []Update, out *effects) {
	for _, u := range updates[:min(len(updates), s.config.MaxMembers)] {
		if u.State == Dead {
			u.State = Suspect
		}
		s.hear(now, u, out)
	}
}
