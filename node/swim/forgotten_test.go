package swim

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// forgetful is member 0 that has forgotten 1, which died, and 2, which left, both at incarnation 5.
func forgetful(t *testing.T, config Config) (*Swim, *effects, clock.Time) {
	s, out := grouped(config, 4)
	for id, state := range map[node.ID]State{1: Dead, 2: Left} {
		s.hear(0, claim(id, Alive, 5), nil, out)
		s.hear(0, claim(id, state, 5), nil, out)
	}
	s.Wake(clock.At(config.DeadRetention), DeadlineTimer, out)
	require.Equal(t, []State{Unknown, Unknown}, []State{s.State(1), s.State(2)})
	checkInvariants(t, s)
	out.Reset()
	return s, out, clock.At(config.DeadRetention)
}

// hashicorp/memberlist issue 312: "push/pull revives a gone node for hours: alive entries migrate
// between nodes whose own entry was already reaped". What a member was forgotten at stays its floor.
func TestForgottenMembersAreNotRevived(t *testing.T) {
	s, out, now := forgetful(t, Lan())
	for _, id := range []node.ID{1, 2} {
		for _, state := range []State{Alive, Suspect, Dead, Left} {
			s.hear(now, claim(id, state, 5), nil, out)
			require.Equal(t, Unknown, s.State(id))
		}
		s.hear(now, claim(id, Suspect, 6), nil, out)
		require.Equal(t, Unknown, s.State(id), "only an alive claim introduces")
		s.hear(now, claim(id, Alive, 6), nil, out)
		require.Equal(t, Alive, s.State(id))
		checkInvariants(t, s)
	}
}

// Who has been forgotten and speaks up is told what to refute: on the next datagram to it, and in the
// answer to its exchange.
func TestForgottenMembersAreTold(t *testing.T) {
	s, out, now := forgetful(t, Lan())
	for _, id := range []node.ID{1, 2} {
		told := Update{Member: id, State: Dead, From: id, Incarnation: 5}
		out.Reset()
		s.Receive(now, id, &Message{Kind: Ping, Origin: id, Target: 0}, out)
		require.Equal(t, told, out.Sends[0].Message.Updates[0])

		var reply Message
		own := []Update{{Member: id, State: Alive, From: id, Incarnation: 5}}
		require.True(t, s.Serve(now, id, &Message{Kind: SyncRequest, Updates: own}, &reply, out))
		require.Contains(t, reply.Updates, told)

		other, otherOut := New(Lan(), id, rng.New(1)), new(effects)
		var saved [8]byte
		binary.LittleEndian.PutUint64(saved[:], 1)
		other.Start(0, saved[:], otherOut)
		other.setIncarnation(5, otherOut)
		other.Returned(now, 0, 1, &reply, node.OK, otherOut)
		require.Equal(t, Incarnation(6), other.Incarnation(), "which it does")
	}
	out.Reset()
	s.Receive(now, 9, &Message{Kind: Ping, Origin: 9, Target: 0}, out)
	require.Empty(t, out.Sends[0].Message.Updates, "a stranger has nothing to refute")
}

// Healing tries those that died, even forgotten, and not those that left.
func TestHealingTriesTheForgottenDead(t *testing.T) {
	s, _, _ := forgetful(t, Lan())
	_, healing := peers(s, 100)
	require.Equal(t, []node.ID{1}, healing)
}
