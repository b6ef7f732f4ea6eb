package swim

import (
	"math/bits"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// exchange is the state of joining and anti-entropy: both are the exchange of whole tables on a
// stream, with a seed or with a random member.
type exchange struct {
	joined bool
	seeds  []node.ID // the configured seeds but ourselves
	seed   int       // index of the seed to try next
	turns  int       // exchanges begun since it joined, whatever calls they took
	begun  node.CallID
	whole  node.CallID // the last that gave the whole table
}

// startExchanging joins at once, through a random seed first.
func (s *Swim) startExchanging(now clock.Time, out *effects) {
	x := &s.exchange
	for _, seed := range s.config.Seeds {
		if seed != s.self && !slices.Contains(x.seeds, seed) {
			x.seeds = append(x.seeds, seed)
		}
	}
	if int(s.self) < s.config.Founders && s.birth > firstGeneration {
		x.joined = true // it knows the members, but not what has become of them
		s.beginExchange(now, out)
		return
	}
	if len(x.seeds) == 0 || int(s.self) < s.config.Founders {
		s.settleIn(now, out)
		return
	}
	x.seed = s.rand.Intn(len(x.seeds))
	s.beginExchange(now, out)
}

// settleIn ends joining: from a random moment on there is one exchange per interval.
func (s *Swim) settleIn(now clock.Time, out *effects) {
	s.exchange.joined = true
	if s.config.HealEvery > 0 { // members that began together take their healing turns apart
		s.exchange.turns = s.rand.Intn(s.config.HealEvery)
	}
	if s.config.SyncInterval > 0 {
		out.Alarm(SyncTimer, now.Add(s.partOf(s.config.SyncPause(s.size()))))
	}
}

// SyncPause returns the time between two exchanges of a member in a group of n: SyncInterval up to
// 32 members, and once more for each doubling beyond, so that the tables sent grow with n log n and
// not with its square (memberlist v0.7.0, pushPullScale).
func (c Config) SyncPause(n int) time.Duration {
	doublings := max(0, bits.Len(uint(max(1, n)-1))-5)
	return c.SyncInterval * time.Duration(1+doublings)
}

// beginExchange sends our table to the peer whose turn it is. While joining, the next attempt is
// set when this one has failed.
func (s *Swim) beginExchange(now clock.Time, out *effects) {
	if s.exchange.joined && s.config.SyncInterval > 0 {
		out.Alarm(SyncTimer, now.Add(s.config.SyncPause(s.size())))
	}
	peer, found := s.exchangePeer()
	if !found {
		return
	}
	s.callExchange(peer, s.exchange.joined && s.config.SyncDigest, out)
}

// callExchange asks a peer for its table, and gives ours or only its digest.
func (s *Swim) callExchange(peer node.ID, digest bool, out *effects) {
	s.exchange.begun++
	m := out.Call(peer, s.exchange.begun&^callKinds, s.config.SyncTimeout)
	m.Kind, m.Digest = SyncRequest, s.members.digest
	if !digest {
		s.exchange.whole = s.exchange.begun &^ callKinds
		s.members.appendAll(m)
	}
}

// exchangePeer chooses the peer: the next seed while joining, then a random member held alive, and
// every HealEvery-th time, or when there is none, one that may have been lost.
func (s *Swim) exchangePeer() (node.ID, bool) {
	x := &s.exchange
	if !x.joined {
		x.seed = (x.seed + 1) % len(x.seeds)
		return x.seeds[x.seed], true
	}
	x.turns++
	heal := s.config.HealEvery > 0
	if heal && x.turns%s.config.HealEvery == 0 {
		return s.healingPeer()
	}
	if chosen := s.choose(1, node.Nobody); len(chosen) > 0 {
		return chosen[0], true
	}
	if heal {
		return s.healingPeer()
	}
	return node.Nobody, false
}

// healingPeer chooses among the members that died, even if they have been forgotten since, and the
// seeds that are not in the group, whatever is held of them: a live member if there are none.
// Without it the sides of a partition that outlasts the suspicion timeout hold each other dead and
// never speak again (hashicorp/memberlist issue 222). Seeds that left are tried as well: if all of
// them come back while the others think them gone, they find a group of their own among themselves.
func (s *Swim) healingPeer() (node.ID, bool) {
	s.scratch = s.members.appendLost(s.scratch[:0])
	for _, seed := range s.exchange.seeds {
		if held := s.members.at(seed); held.state == Left || held.state == Unknown && !held.lost {
			s.scratch = append(s.scratch, seed)
		}
	}
	if len(s.scratch) == 0 {
		return s.RandomAlive(&s.rand)
	}
	return s.scratch[s.rand.Intn(len(s.scratch))], true
}

// appendLost appends the members that died, even if they have been forgotten since. At rest there is
// none, and no need to look through all.
func (t *table) appendLost(dst []node.ID) []node.ID {
	if len(t.concerns) == 0 && t.forgotten == 0 {
		return dst
	}
	for id := range t.entries {
		if e := &t.entries[id]; e.state == Dead || e.state == Unknown && e.lost {
			dst = append(dst, node.ID(id))
		}
	}
	return dst
}

// endExchange merges the peer's table. If the peer has seen but the digest of ours and still differs,
// it gets the whole now. The first answer ends joining.
func (s *Swim) endExchange(
	now clock.Time, peer node.ID, call node.CallID, reply *Message, failure node.Failure,
	out *effects,
) {
	answered := failure == node.OK && reply.Kind == SyncReply
	if answered {
		s.merge(now, reply, out)
	}
	switch {
	case s.departed:
	case s.exchange.joined:
		if answered && call != s.exchange.whole && reply.Digest != s.members.digest {
			s.callExchange(peer, false, out)
		}
	case answered:
		// The bulk of the table is queued too now: our own arrival is the news in it.
		s.publish(now, s.members.update(s.self), out)
		s.settleIn(now, out)
	default:
		out.Alarm(SyncTimer, now.Add(s.config.JoinRetry))
	}
}

// answerExchange merges the caller's table and gives ours, unless the caller has the same. A caller
// that we have forgotten is told what it has to refute.
func (s *Swim) answerExchange(
	now clock.Time, from node.ID, request, reply *Message, out *effects,
) (served bool) {
	whole := len(request.Updates) > 0
	if whole && !s.departed {
		s.merge(now, request, out)
	}
	if s.yielded {
		return false
	}
	reply.Kind, reply.Digest = SyncReply, s.members.digest
	if !whole && request.Digest == s.members.digest {
		return true
	}
	if held := s.members.at(from); held.state == Unknown && held.incarnation > 0 {
		s.members.appendTo(reply, from)
	}
	s.members.appendAll(reply)
	return true
}

// merge takes a peer's table as claims.
func (s *Swim) merge(now clock.Time, m *Message, out *effects) {
	s.hearUpdates(now, m, s.config.MaxMembers, true, out)
}
