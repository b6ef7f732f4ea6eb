package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// lifeOf is node 3 in a life that begins now.
func lifeOf(now clock.Time) (*Swim, *effects) {
	s, out := New(Lan(), 3, rng.New(1)), new(effects)
	s.Start(now, nil, out)
	out.Reset()
	return s, out
}

// claimOf is what s says about itself.
func claimOf(s *Swim) *Message {
	return &Message{Kind: Gossip, Updates: []Update{s.members.update(s.self)}}
}

// hashicorp/memberlist issue 157: two nodes with one name; "both claimants live on, each sees itself".
// Here the life that began first gives way once it has been outbid more than three times.
func TestTheLaterLifeWins(t *testing.T) {
	const now = clock.Time(20 * time.Second)
	first, firstOut := lifeOf(clock.At(10 * time.Second))
	second, secondOut := lifeOf(now)
	for round := range 4 {
		require.False(t, first.yielded, "round %d", round)
		first.Receive(now, 1, claimOf(second), firstOut)
		second.Receive(now, 1, claimOf(first), secondOut)
	}
	require.True(t, first.yielded)
	require.Equal(t, 1, countKind(firstOut, node.Yielded))
	require.Equal(t, 3, countKind(firstOut, node.Refuted))
	require.Equal(t, 3, countKind(secondOut, node.Refuted))
	require.False(t, second.departed)
	require.Greater(t, second.Incarnation(), first.Incarnation(), "and has the last word")
}

func countKind(out *effects, kind node.EventKind) (count int) {
	for _, e := range out.Events {
		if e.Kind == kind {
			count++
		}
	}
	return count
}

// A life that has given way says nothing at all any more, not even that it left: what is said of the
// ID is about the other.
func TestWhoYieldsIsSilent(t *testing.T) {
	s, out := lifeOf(0)
	later := incarnationOf(5000)
	for i := range Incarnation(4) {
		s.Receive(0, 1, &Message{Kind: Gossip, Updates: []Update{
			{Member: 3, State: Alive, From: 3, Incarnation: later + 2*i},
		}}, out)
	}
	require.True(t, s.yielded)
	for timer := range node.TimerID(Timers) {
		at, set := out.Alarmed(timer)
		require.True(t, set && at == clock.Never)
	}
	out.Reset()
	for timer := range node.TimerID(Timers) {
		s.Wake(clock.At(time.Minute), timer, out)
	}
	s.Receive(0, 1, &Message{Kind: Ping, Origin: 1, Target: 3}, out)
	s.Leave(0, out)
	require.False(t, s.Broadcast(0, nil, out))
	for _, kind := range []Kind{Ping, SyncRequest} {
		require.False(t, s.Serve(0, 1, &Message{Kind: kind, Origin: 1, Target: 3}, new(Message), out))
	}
	require.Empty(t, out.Sends)
	require.Empty(t, out.Events)
	require.False(t, out.AnyAlarm())
}

// A rumour of a life long past does not answer: however often and in however many copies it comes, it
// is outbid once. Nor do accusations or three forged claims make anybody give way.
func TestGhostsDoNotMakeAnyoneYield(t *testing.T) {
	s, out := lifeOf(0)
	ghost := claim(3, Alive, incarnationOf(1_000_000))
	for range 100 {
		s.Receive(0, 1, &Message{Kind: Gossip, Updates: []Update{ghost}}, out)
	}
	require.Equal(t, 1, countKind(out, node.Refuted))
	require.Equal(t, ghost.Incarnation+1, s.Incarnation())
	for range 2 {
		forged := claim(3, Alive, s.Incarnation()+500)
		s.Receive(0, 1, &Message{Kind: Gossip, Updates: []Update{forged}}, out)
	}
	for range 100 {
		for _, state := range []State{Suspect, Dead, Left} {
			accusation := claim(3, state, s.Incarnation()+1)
			s.Receive(0, 1, &Message{Kind: Gossip, Updates: []Update{accusation}}, out)
		}
	}
	require.False(t, s.departed)
	require.Zero(t, countKind(out, node.Yielded))
}

// SWIM, section 4.2: a Confirm "overrides" any message, at any incarnation, and is never overridden:
// a member that hears of its own death stops.
func TestFinalDeath(t *testing.T) {
	s, out := grouped(Suspicion(), 5)
	s.hear(0, claim(1, Alive, 7), nil, out)
	s.hear(0, claim(1, Dead, 2), nil, out)
	require.Equal(t, Dead, s.State(1))
	require.Equal(t, Incarnation(7), s.members.at(1).incarnation, "what is known of it stays known")
	for _, state := range []State{Alive, Suspect, Dead, Left} {
		s.hear(0, claim(1, state, 100), nil, out)
		require.Equal(t, Dead, s.State(1))
	}
	s.hear(0, claim(2, Left, 0), nil, out)
	s.hear(0, claim(2, Alive, 100), nil, out)
	require.Equal(t, Left, s.State(2))
	s.hear(0, claim(9, Dead, 100), nil, out)
	require.Equal(t, Unknown, s.State(9), "but nobody is introduced as dead")

	table := &Message{Kind: SyncRequest, Updates: []Update{claim(3, Dead, 0)}}
	require.True(t, s.Serve(0, 4, table, new(Message), out))
	require.Equal(t, Dead, s.State(3), "also in an exchange")

	s.hear(0, claim(0, Suspect, s.Incarnation()), nil, out)
	require.False(t, s.departed, "a suspicion can be refuted")
	s.hear(0, claim(0, Dead, 0), nil, out)
	require.True(t, s.yielded)
}

// Claims of a later life that are far apart are rumours, however many come in all.
func TestRumoursFarApartDoNotAddUp(t *testing.T) {
	s, out := grouped(Lan(), 10)
	gap := s.config.VerdictBound(10) + time.Second
	for i := range 10 {
		now := clock.At(time.Duration(i+1) * gap)
		later := incarnationOf(milliseconds(now))
		s.hear(now, Update{Member: 0, State: Alive, Incarnation: later}, nil, out)
		require.False(t, s.yielded)
		require.Greater(t, s.Incarnation(), later)
	}
}

// Who yields falls silent in the middle of an input.
func TestWhoYieldsSaysNothingMore(t *testing.T) {
	yielding := func() (*Swim, *effects, *Message) {
		s, out := grouped(Suspicion(), 10)
		out.Reset()
		own := Update{Member: 0, State: Dead, From: 3, Incarnation: s.Incarnation()}
		return s, out, &Message{Kind: Gossip, Updates: []Update{own}}
	}
	s, out, m := yielding()
	m.addBroadcast(Broadcast{Origin: 5, Sequence: 1}, []byte("x"))
	s.Receive(0, 3, m, out)
	require.True(t, s.yielded)
	require.Empty(t, s.TakeBroadcasts())
	require.Empty(t, out.Sends)

	s, out, m = yielding()
	m.Kind = SyncRequest
	var reply Message
	require.False(t, s.Serve(0, 3, m, &reply, out))
	require.True(t, s.yielded)
	require.Empty(t, reply.Updates)
}
