package swim

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Exchanges alone repair what gossip missed, and a death heard in one is a suspicion only.
func TestExchangeRepairs(t *testing.T) {
	s, out := alone(DefaultConfig())
	s.hear(0, claim(1, Alive, 5), nil, out)
	own := s.Incarnation()
	table := []Update{
		claim(0, Dead, own), claim(1, Dead, 5), claim(2, Alive, 1), claim(3, Dead, 1),
	}
	var reply Message
	require.True(t, s.Serve(0, 2, &Message{Kind: SyncRequest, Updates: table}, &reply, out))
	require.Equal(t, Suspect, s.State(1))
	require.Equal(t, Alive, s.State(2))
	require.Equal(t, Unknown, s.State(3))
	require.Equal(t, own+1, s.Incarnation(), "refuted in the very answer")
	require.Equal(t, Update{State: Alive, Incarnation: own + 1}, reply.Updates[0])
	require.Len(t, reply.Updates, 3)

	reply = Message{}
	for _, kind := range []Kind{0, Ack, PingReq, Gossip, SyncReply, Nack, Nack + 1} {
		require.False(t, s.Serve(0, 2, &Message{Kind: kind, Updates: table}, &reply, out))
		require.Equal(t, Message{}, reply, "nothing but tables and pings is served")
	}
}

// The HealEvery-th exchange goes to a member that may have been lost, the others to a live one; a
// member that has nobody to choose waits for the next turn.
func TestExchangePeers(t *testing.T) {
	s, out := alone(DefaultConfig())
	s.Wake(0, SyncTimer, out)
	require.Empty(t, out.Calls)
	at, _ := out.Alarmed(SyncTimer)
	require.Equal(t, clock.At(s.config.SyncInterval), at)

	for id := node.ID(1); id <= 4; id++ {
		s.hear(0, claim(id, Alive, 1), nil, out)
	}
	ordinary, healing := peers(s, 300)
	require.ElementsMatch(t, []node.ID{1, 2, 3, 4}, ordinary)
	require.ElementsMatch(t, []node.ID{1, 2, 3, 4}, healing, "nobody is lost")

	s.hear(0, claim(2, Dead, 1), nil, out)
	s.hear(0, claim(3, Left, 1), nil, out)
	s.hear(0, claim(4, Left, 1), nil, out)
	s.exchange.seeds = []node.ID{1, 4, 5}
	ordinary, healing = peers(s, 300)
	require.ElementsMatch(t, []node.ID{1}, ordinary)
	require.ElementsMatch(t, []node.ID{2, 4, 5}, healing, "3 left and is no seed")
}

// peers returns whom s chooses in so many turns, ordinary ones and healing ones. All are answered from
// a table that is not ours, so that each takes two calls.
func peers(s *Swim, turns int) (ordinary, healing []node.ID) {
	out := new(effects)
	first := s.exchange.turns
	for turn := first + 1; turn <= first+turns; turn++ {
		out.Reset()
		s.Wake(0, SyncTimer, out)
		chosen := &ordinary
		if turn%s.config.HealEvery == 0 {
			chosen = &healing
		}
		if !slices.Contains(*chosen, out.Calls[0].To) {
			*chosen = append(*chosen, out.Calls[0].To)
		}
		other := Message{Kind: SyncReply, Digest: s.members.digest + 1}
		s.Returned(0, out.Calls[0].To, out.Calls[0].ID, &other, node.OK, out)
	}
	return ordinary, healing
}

// asks returns the request that s makes when its turn has come.
func asks(t *testing.T, s *Swim, out *effects) node.Call[Message] {
	out.Reset()
	s.Wake(0, SyncTimer, out)
	require.Len(t, out.Calls, 1)
	return out.Calls[0]
}

// Equal tables are told by their digests, and not given again.
func TestEqualTablesAreNotExchanged(t *testing.T) {
	a, aOut := grouped(Lan(), 5)
	b, bOut := grouped(Lan(), 5)
	b.setIncarnation(a.Incarnation(), bOut)
	call := asks(t, a, aOut)
	require.Empty(t, call.Message.Updates)
	require.NotZero(t, call.Message.Digest)

	var reply Message
	require.True(t, b.Serve(0, 0, &call.Message, &reply, bOut))
	require.Empty(t, reply.Updates)
	aOut.Reset()
	a.Returned(0, 1, call.ID, &reply, node.OK, aOut)
	require.Empty(t, aOut.Calls)
	require.Empty(t, aOut.Events)
}

// Different ones are given both ways: by the callee first, and by the caller if it then still knows
// more, once.
func TestDifferentTablesAreExchanged(t *testing.T) {
	for _, callerKnowsMore := range []bool{false, true} {
		a, aOut := grouped(Lan(), 5)
		b, bOut := grouped(Lan(), 5)
		b.setIncarnation(a.Incarnation(), bOut)
		b.hear(0, claim(2, Alive, 7), nil, bOut)
		if callerKnowsMore {
			a.hear(0, claim(3, Alive, 7), nil, aOut)
		}
		call, reply := asks(t, a, aOut), Message{}
		require.True(t, b.Serve(0, 0, &call.Message, &reply, bOut))
		require.Len(t, reply.Updates, 5)
		aOut.Reset()
		a.Returned(0, 1, call.ID, &reply, node.OK, aOut)
		require.Equal(t, callerKnowsMore, len(aOut.Calls) == 1)
		if callerKnowsMore {
			whole := aOut.Calls[0]
			require.Equal(t, node.ID(1), whole.To)
			require.Len(t, whole.Message.Updates, 5)
			reply.Reset()
			require.True(t, b.Serve(0, 0, &whole.Message, &reply, bOut))
			aOut.Reset()
			reply.Digest++ // as if there were a difference that no exchange removes
			a.Returned(0, 1, whole.ID, &reply, node.OK, aOut)
			require.Empty(t, aOut.Calls, "once is enough")
		}
		require.Equal(t, a.members.digest, b.members.digest)
	}
}

// A newcomer gives its whole table, since nobody knows of it; and so does everybody where there are no
// digests.
func TestWholeTables(t *testing.T) {
	config := testConfig()
	out := new(effects)
	New(config, 9, rng.New(1)).Start(0, nil, out)
	require.Len(t, out.Calls[0].Message.Updates, 1)

	config.SyncDigest = false
	s, out := grouped(config, 5)
	require.Len(t, asks(t, s, out).Message.Updates, 5)
}

// memberlist v0.7.0, mergeState: a suspicion in an exchange is entered as the reader's own accusation.
// Here it stays that of its accuser, who counts once.
func TestHearsay(t *testing.T) {
	for _, row := range []struct {
		hearsay bool
		accuser node.ID
	}{{false, 9}, {true, 0}} {
		config := Lan()
		config.Hearsay = row.hearsay
		s, out := grouped(config, 10)
		table := Message{Kind: SyncReply, Updates: []Update{claim(1, Suspect, 1), claim(2, Dead, 1)}}
		s.Returned(0, 3, 1, &table, node.OK, out)
		for id := node.ID(1); id <= 2; id++ {
			require.Equal(t, Suspect, s.State(id))
			require.Equal(t, row.accuser, s.members.update(id).From)
		}
	}
}

// Two sides that have forgotten each other do not have the same table, though each is as large as
// the other and has nobody in it that is not as it was at the beginning.
func TestSidesThatForgotEachOtherDiffer(t *testing.T) {
	config := Lan()
	config.Founders = 4
	side := func(self, lost node.ID) uint64 {
		s, out := New(config, self, rng.New(1)), new(effects)
		s.Start(0, nil, out)
		require.Zero(t, s.members.digest, "all begin with the same")
		for _, id := range []node.ID{lost, lost + 1} {
			s.hear(0, Update{
				Member: id, State: Dead, From: self, Incarnation: incarnationOf(firstGeneration),
			}, nil, out)
		}
		s.Wake(clock.At(config.DeadRetention), DeadlineTimer, out)
		require.Equal(t, Unknown, s.State(lost))
		return s.members.digest
	}
	require.NotEqual(t, side(0, 2), side(2, 0))
}
