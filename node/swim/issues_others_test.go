package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// "Two nodes 2 in the state" (quickwit-oss/chitchat issue 94): after a restart the group has the
// new life and nothing else, whatever is still said about the old one.
func TestIssueTwoGenerationsLive(t *testing.T) {
	s := assembled(t, 8, Lan(), 1)
	a := s.actor("2")
	old := a.member.Incarnation()
	s.crash(a)
	s.run(500 * time.Millisecond)
	s.start(a, nil)
	s.run(5 * time.Second)
	for _, state := range []State{Alive, Suspect, Dead, Left} {
		for _, to := range s.actors {
			s.forge(to.id, Update{Member: 2, State: state, From: 2, Incarnation: old})
		}
		s.run(time.Second)
		require.True(t, s.agreed(), "%v at the old generation", state)
		require.Equal(t, 7, s.count(node.MemberAlive, 2), "each has heard of the new life, once")
	}
}

// "Dead node escaping deletion" (quickwit-oss/chitchat pull request 155): "multiple nodes flag a
// node as deleted at different times, which means that it is possible to receive a dead node's
// state again after its garbage collection". And "dead incarnation keeps being gossiped" (issue
// 161). Here nobody takes up again what it has forgotten, and soon nobody speaks of it.
func TestIssueDeadStateReturns(t *testing.T) {
	config := Lan()
	config.SyncInterval = 5 * time.Second
	s := assembled(t, 10, config, 1)
	late := s.actor("9")
	s.rules = []rule{s.between(names(0, 9), names(9, 10))}
	s.crash(s.actor("3"))
	s.run(20 * time.Second)
	s.rules = nil // 9 does not hold 3 dead yet, or not for long
	forgotten := map[*actor]bool{}
	s.onEvent = func(by *actor, e node.Event) {
		if e.Subject == 3 && e.Kind == node.MemberForgotten {
			forgotten[by] = true
		} else if e.Subject == 3 && e.Kind != node.MemberProbed && e.Kind != node.ProbeFailed {
			require.False(t, forgotten[by], "%s takes 3 up again: %v", by.name, e.Kind)
		}
	}
	s.run(2 * time.Minute)
	require.Len(t, forgotten, 9)
	require.Equal(t, Unknown, late.member.State(3))
	s.onSend = func(p packet) {
		for _, u := range p.m.Updates {
			require.NotEqual(t, node.ID(3), u.Member, "%v", p)
		}
	}
	s.run(10 * time.Minute)
}

// A reset node that is briefly alive (quickwit-oss/chitchat issue 133): who joins after a death
// never takes the dead to be in the group, whatever the tables say that it gets.
func TestIssueDeadBrieflyAliveToJoiner(t *testing.T) {
	for _, after := range []time.Duration{10 * time.Second, 20 * time.Second, time.Minute} {
		s := assembled(t, 8, Lan(), 1)
		s.crash(s.actor("3"))
		s.run(after)
		require.Zero(t, s.holders(3, Alive))
		s.start(s.actor("8"), nil)
		s.run(time.Minute)
		require.True(t, s.agreed())
		for _, o := range s.history {
			require.False(t, o.by.id == 8 && o.event.Subject == 3, "%v", o.event.Kind)
		}
	}
}

// "Fix double reincarnation" (uber/ringpop-go pull request 153): one accusation that many pass on
// is refuted once.
func TestIssueDoubleReincarnation(t *testing.T) {
	s := assembled(t, 16, Lan(), 1)
	accused := s.actor("2").member
	before := accused.Incarnation()
	for range 3 {
		for _, to := range s.actors {
			s.forge(to.id, Update{Member: 2, State: Suspect, From: 7, Incarnation: before})
		}
		s.run(time.Second)
	}
	require.Equal(t, before+1, accused.Incarnation())
	require.Equal(t, 1, s.count(node.Refuted, 2))
	require.True(t, s.agreed())
}
