package gossip

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
)

// The message table of the package documentation, with news at the server that begins, at its peer,
// at both and at neither.
func TestModesSayWhatTheTableSays(t *testing.T) {
	neither, here, there, both := []int{}, []int{0}, []int{1}, []int{0, 1}
	for _, c := range []struct {
		mode  Mode
		news  []int
		lines []string
		know  []int // who knows all afterwards
	}{
		{PullMode, neither, []string{"0->1 pull", "1->0 answer"}, both},
		{PullMode, here, []string{"0->1 pull", "1->0 answer"}, here},
		{PullMode, there, []string{"0->1 pull", "1->0 answer +1"}, both},
		{PullMode, both, []string{"0->1 pull", "1->0 answer +1"}, here},

		{PushMode, neither, []string{"0->1 offer", "1->0 answer"}, both},
		{PushMode, here, []string{
			"0->1 offer", "1->0 answer lacks", "0->1 push +1", "1->0 answer"}, both},
		{PushMode, there, []string{"0->1 offer", "1->0 answer"}, there},
		{PushMode, both, []string{
			"0->1 offer", "1->0 answer lacks", "0->1 push +1", "1->0 answer"}, there},

		{PushPullMode, neither, []string{"0->1 exchange", "1->0 answer"}, both},
		{PushPullMode, here, []string{
			"0->1 exchange", "1->0 answer lacks", "0->1 push +1", "1->0 answer"}, both},
		{PushPullMode, there, []string{"0->1 exchange", "1->0 answer +1"}, both},
		{PushPullMode, both, []string{
			"0->1 exchange", "1->0 answer +1 lacks", "0->1 push +1", "1->0 answer"}, both},
	} {
		g := newGroup(t, aligned(c.mode), 2)
		for _, id := range c.news {
			g.all[id].store.Put(uint32(id), 7)
		}
		g.round(0)
		require.Equal(t, c.lines, g.told(), "mode %d, news at %v", c.mode, c.news)
		for id, s := range g.all {
			knowsAll := s.store.Len() == len(c.news)
			require.Equal(t, contains(c.know, id), knowsAll, "mode %d, news at %v", c.mode, c.news)
		}
	}
}

func contains(ids []int, id int) bool {
	for _, other := range ids {
		if other == id {
			return true
		}
	}
	return false
}

// "changed is called for each key that an exchange changed", whoever began it.
func TestChangedKeysAreMadeKnown(t *testing.T) {
	for _, mode := range []Mode{PullMode, PushMode, PushPullMode} {
		g := newGroup(t, aligned(mode), 2)
		from, to := 1, 0
		if mode == PushMode {
			from, to = 0, 1
		}
		g.all[from].store.Put(42, 1)
		g.round(0)
		require.Equal(t, []uint32{42}, g.all[to].changed)
		require.Empty(t, g.all[from].changed)
		g.round(0)
		require.Len(t, g.all[to].changed, 1, "once")
	}
}

// "a Push is sent only if the peer lacks something of what was there when the contact began": or a
// round would carry news further than one step.
func TestNewsThatCameDuringTheContactIsNotPushed(t *testing.T) {
	for _, mode := range []Mode{PushMode, PushPullMode} {
		s := begin(t, aligned(mode), 0, 1, 2)
		call := s.round(0)[0]
		s.store.Put(1, 1)
		s.Returned(0, 1, call.ID, &message{Kind: Answer, Lacks: true}, sink{&s.out})
		require.Empty(t, s.take())

		call = s.round(clockAt(second))[0]
		s.Returned(0, 1, call.ID, &message{Kind: Answer, Lacks: true}, sink{&s.out})
		pushes := s.take()
		require.Len(t, pushes, 1)
		require.Equal(t, Push, pushes[0].Message.Kind)
		require.Len(t, pushes[0].Message.Delta.Entries, 1)
	}
}

// Invariant 2: "What is pushed or answered is never what the receiver said it has seen."
func TestPeersThatLackNothingGetNoPush(t *testing.T) {
	s := begin(t, aligned(PushMode), 0, 1, 2)
	s.store.Put(1, 1)
	call := s.round(0)[0]
	reply := &message{Kind: Answer, Lacks: true, Seen: s.seen()}
	s.Returned(0, 1, call.ID, reply, sink{&s.out})
	require.Empty(t, s.take())
	require.Len(t, s.round(clockAt(second)), 1, "its place is free again")
}

// The causal delta-merging condition (Almeida, Shoker and Baquero 2018): a push says what it starts
// from, so that a new life of the peer, which has not seen that, refuses it.
func TestPushesSayWhatTheyStartFrom(t *testing.T) {
	g := newGroup(t, aligned(PushMode), 2)
	g.all[0].store.Put(1, 1)
	g.round(0)
	g.all[0].store.Put(2, 2)
	calls := g.all[0].round(0)
	var reply message
	require.True(t, g.all[1].Serve(0, 0, &calls[0].Message, &reply))
	g.all[0].Returned(0, 1, calls[0].ID, &reply, sink{&g.all[0].out})
	push := g.all[0].take()[0]
	require.Equal(t, g.all[1].seen(), push.Message.Delta.Since)

	reborn := begin(t, aligned(PushMode), 1, 2, 2)
	reply.Reset()
	require.True(t, reborn.Serve(0, 0, &push.Message, &reply))
	require.Equal(t, Answer, reply.Kind)
	require.False(t, reply.Lacks || reply.brings())
	require.Zero(t, reborn.store.Len(), "refused")
	require.True(t, g.all[1].Serve(0, 0, &push.Message, &reply))
	require.Equal(t, 2, g.all[1].store.Len())
}

// "Its Since does not travel in an Answer: who asked knows what it asked." So what it says there
// does not count.
func TestAnswersAreMergedWithWhatWasAsked(t *testing.T) {
	s, other := begin(t, aligned(PullMode), 0, 1, 2), begin(t, aligned(PullMode), 1, 1, 2)
	other.store.Put(1, 1)
	call := s.round(0)[0]
	var reply message
	require.True(t, other.Serve(0, 0, &call.Message, &reply))
	reply.Delta.Since.Vector = crdt.VersionVector{{Actor: crdt.NewActor(1, 1), Seq: 1000}}
	s.Returned(0, 1, call.ID, &reply, sink{&s.out})
	require.Equal(t, 1, s.store.Len())
	require.Len(t, reply.Delta.Entries, 1, "the reply is lent")
}

func TestMessagesOfOtherKindsAreRefused(t *testing.T) {
	s := begin(t, aligned(PushPullMode), 0, 1, 2)
	for _, kind := range []Kind{0, Answer, Push + 1, 255} {
		var reply message
		require.False(t, s.Serve(0, 1, &message{Kind: kind}, &reply), "kind %d", kind)
		require.Zero(t, reply)
	}
	donor := newMap(crdt.NewActor(1, 1))
	donor.Put(1, 1)
	for _, kind := range []Kind{0, Pull, Offer, Exchange, Push, 255} {
		call := s.round(0)[0]
		reply := &message{Kind: kind, Lacks: true}
		donor.Answer(&crdt.CausalContext{}, 0, &reply.Delta)
		s.Returned(0, 1, call.ID, reply, sink{&s.out})
		require.Empty(t, s.take(), "kind %d", kind)
		require.Zero(t, s.store.Len(), "kind %d", kind)
	}
}

// An answer to an offer brings nothing and an answer to a pull asks for nothing: what was not asked
// for is not taken, and not given.
func TestUnaskedPartsOfAnswersAreIgnored(t *testing.T) {
	donor := newMap(crdt.NewActor(1, 1))
	donor.Put(1, 1)
	for _, mode := range []Mode{PullMode, PushMode} {
		s := begin(t, aligned(mode), 0, 1, 2)
		s.store.Put(2, 2)
		call := s.round(0)[0]
		reply := &message{Kind: Answer, Lacks: true}
		donor.Answer(&crdt.CausalContext{}, 0, &reply.Delta)
		s.Returned(0, 1, call.ID, reply, sink{&s.out})
		require.Equal(t, mode == PullMode, s.store.Len() == 2)
		require.Len(t, s.take(), int(mode), "a push in push mode only")
	}
}

// Invariant 1, "the ends of others have no effect": a reply that comes after its contact was given
// up changes nothing.
func TestLateRepliesAreIgnored(t *testing.T) {
	s, other := begin(t, aligned(PullMode), 0, 1, 2), begin(t, aligned(PullMode), 1, 1, 2)
	other.store.Put(1, 1)
	call := s.round(0)[0]
	var reply message
	require.True(t, other.Serve(0, 0, &call.Message, &reply))
	s.Returned(0, 1, call.ID+1, &reply, sink{&s.out})
	s.Returned(0, 1, call.ID, nil, sink{&s.out})
	s.Returned(0, 1, call.ID, &reply, sink{&s.out})
	require.Zero(t, s.store.Len())
	require.Empty(t, s.take())
}

// "Hot paths allocate nothing in the steady state": a round in which nobody lacks anything.
func TestIdleRoundsAllocateNothing(t *testing.T) {
	for _, mode := range []Mode{PullMode, PushMode, PushPullMode} {
		config := aligned(mode)
		config.FanOut = 3
		servers := make([]*server, 8)
		for id := range servers {
			servers[id] = begin(t, config, node.ID(id), 1, len(servers))
			servers[id].store.unwatched = true
		}
		for id := range servers {
			servers[0].store.Put(uint32(id), 1)
		}
		var reply message
		round := func() {
			for _, s := range servers {
				s.Wake(s.alarm, sink{&s.out})
				playOut(servers, s, &reply)
			}
		}
		for range 200 {
			round()
		}
		require.Equal(t, servers[0].seen(), servers[7].seen(), "nothing is lacking")
		require.Zero(t, testing.AllocsPerRun(50, round), "mode %d", mode)
	}
}

// playOut carries out a server's calls, and those that follow from them, in place.
func playOut(servers []*server, s *server, reply *message) {
	for i := 0; i < len(s.out.Calls); i++ {
		c := &s.out.Calls[i]
		to, id := c.To, c.ID
		reply.Reset()
		servers[to].Serve(0, s.id, &c.Message, reply)
		s.Returned(0, to, id, reply, sink{&s.out})
	}
	s.alarm, _ = s.out.Alarmed(0)
	s.out.Reset()
}
