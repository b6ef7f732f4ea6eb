package swim

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// What went wrong elsewhere must not go wrong here: each test is a scenario of an issue that the
// users of another implementation reported. This file has those of hashicorp/memberlist about who
// is held to be in the group, issues_load_test.go those about load, issues_others_test.go those
// of other libraries.

// "TransmitLimitedQueue reuses id, dropping broadcasts" (al8n/memberlist issue 131, inherited
// from hashicorp/memberlist, where it is open): of many updates at one instant, all reach all,
// each member passes on each of them exactly as often as it should, and no exchange of tables
// helps.
func TestIssueBroadcastLostByReusedNumber(t *testing.T) {
	const n = 32
	config := Lan()
	config.SyncInterval = 0
	s := assembled(t, n, config, 1)
	told := make([][n]int, n)
	s.onSend = func(p packet) {
		for _, u := range p.m.Updates {
			if u.Incarnation.Refutations() == 1 {
				told[p.from.id][u.Member]++
			}
		}
	}
	for _, a := range s.actors {
		s.do(a, func(m *Swim, out *effects) { require.NoError(t, m.Describe(s.now, []byte("x"), out)) })
	}
	s.run(20 * time.Second)
	for _, a := range s.actors {
		for _, about := range s.actors {
			require.Equal(t, "x", string(a.member.Metadata(about.id)))
			require.Equal(t, config.RetransmitLimit(n), told[a.id][about.id])
		}
	}
}

// A partition that outlasts the suspicion never heals (hashicorp/memberlist issue 222; metallb
// issue 589: "memberlist can't recover from partitioned groups"): measured with memberlist v0.7.0
// and ten members, 0 of 40 groups healed after 25 s. Here all do, within a minute, also after the
// halves have forgotten each other.
func TestIssueLongPartitionHeals(t *testing.T) {
	for _, n := range []int{4, 10, 32} {
		for _, cut := range []time.Duration{25 * time.Second, 2 * time.Minute} {
			for seed := range uint64(3) {
				s := assembled(t, n, Lan(), seed)
				s.rules = []rule{s.between(names(0, n/2), names(n/2, n))}
				s.run(cut)
				require.False(t, s.agreed())
				s.rules = nil
				require.True(t, s.runUntil(time.Minute, s.agreed), "%d members, %v", n, cut)
			}
		}
	}
}

// "A single message can permanently evict a node" (hashicorp/memberlist issue 358): an accusation
// at the highest incarnation, which nothing can beat.
func TestIssueIncarnationOverflow(t *testing.T) {
	for _, state := range []State{Alive, Suspect, Dead, Left} {
		for _, highest := range []Incarnation{math.MaxUint64, math.MaxUint64 - 1} {
			s := assembled(t, 5, Lan(), 1)
			for _, a := range s.actors {
				s.forge(a.id, Update{Member: 2, State: state, From: 1, Incarnation: highest})
			}
			s.run(time.Minute)
			require.True(t, s.agreed())
			require.LessOrEqual(t, s.actor("2").member.Incarnation(), incarnationOf(1)+1)
		}
	}
}

// "Incarnations sometimes lead to node not seeing other nodes during mass restarts" (hashicorp/
// memberlist issue 311): all restart without their disks, each down for 12 s, at incarnation 10
// and more before. Measured with memberlist v0.7.0 and 64 members within 5 s, up to 15 pairs did
// not see each other 45 s later. Over 30 s, some are dead to the others when they come back.
func TestIssueMassRestart(t *testing.T) {
	const n, down = 32, 12 * time.Second
	for _, window := range []time.Duration{5 * time.Second, 30 * time.Second} {
		for seed := range uint64(3) {
			s := assembled(t, n, Lan(), seed)
			s.age(10)
			step := window / n
			for i := range int(down/step) + n {
				if i < n {
					s.crash(s.actors[i])
				}
				if back := i - int(down/step); back >= 0 {
					s.start(s.actors[back], nil)
				}
				s.run(step)
			}
			s.run(45 * time.Second)
			require.True(t, s.agreed(), "all within %v", window)
		}
	}
}

// "Full TCP sync in a large-scale cluster may "revive" a gone node for a long time" (hashicorp/
// memberlist issue 312): a member that slept through the death hands on its table, in which the
// dead is alive, when all others have forgotten it.
func TestIssueSyncRevivesGoneNode(t *testing.T) {
	s := assembled(t, 8, Lan(), 1)
	sleeper := s.actor("7")
	sleeper.asleep = true
	s.rules = []rule{func(_ packet, to *actor) bool { return to == sleeper }}
	s.crash(s.actor("3"))
	s.run(2 * time.Minute)
	s.rules, s.history = nil, nil
	s.wake(sleeper)
	require.Equal(t, Alive, sleeper.member.State(3))
	s.run(2 * time.Minute)
	for _, o := range s.history {
		revived := o.event.Kind == node.MemberAlive && o.event.Subject == 3
		require.False(t, revived, "%v to %s", o.at, o.by.name)
	}
	require.Equal(t, Unknown, sleeper.member.State(3), "it has found out for itself")
	require.True(t, s.agreed())
}

// "StateLeft members are never reaped" (hashicorp/memberlist issue 253), until nobody can join
// any more: when most have left, the tables soon hold only who is there.
func TestIssueLeftAreForgotten(t *testing.T) {
	config := Lan()
	s := assembled(t, 16, config, 1)
	for i := 4; i < 16; i++ {
		a := s.actors[i]
		s.do(a, func(m *Swim, out *effects) { m.Leave(s.now, out) })
		s.run(time.Second)
		s.crash(a)
	}
	s.run(config.DeadRetention)
	largest := 0
	s.onSend = func(p packet) { largest = max(largest, len(p.m.Updates)) }
	s.start(s.actor("16"), nil)
	s.run(time.Minute)
	require.True(t, s.agreed())
	require.Equal(t, 5, largest)
}

// "Allow a node's address to change while keeping the same Name" (hashicorp/memberlist issue
// 157): a replacement that takes over the ID of a machine is let in at once, whether that is
// dead, has not been missed yet, or goes on; and if it goes on, or comes back, it gives way.
func TestIssueNameConflict(t *testing.T) {
	for _, down := range []time.Duration{0, time.Second, 15 * time.Second} {
		s := assembled(t, 8, Lan(), 1)
		old := s.actor("5")
		old.asleep = down > 0
		s.run(down)
		s.start(s.actor("5b"), nil)
		s.run(2 * time.Second)
		if down > 0 {
			require.Equal(t, 7, s.holders(5, Alive), "the replacement is in")
			s.wake(old)
		}
		s.run(5 * time.Minute)
		require.True(t, old.member.yielded, "back after %v", down)
		require.False(t, s.actor("5b").member.yielded)
		require.Equal(t, 7, s.holders(5, Alive))
		held := s.actor("0").member.members.at(5)
		require.Equal(t, s.actor("5b").member.Incarnation(), held.incarnation)
	}
}

// No datagrams, but streams (hashicorp/memberlist issue 37): measured with memberlist v0.7.0, one
// of 16 members without datagrams for 300 s is not missed, but with the pings on streams off it
// dies 124 times. And the mirror case, streams alone down, hurts nobody (issue 264).
func TestIssueDatagramsBlocked(t *testing.T) {
	block := func(stream bool) rule {
		return func(p packet, to *actor) bool {
			return p.stream == stream && (p.from.id == 9 || to.id == 9)
		}
	}
	for _, c := range []struct {
		stream, probe, missed bool
	}{{false, true, false}, {true, true, false}, {false, false, true}} {
		config := Lan()
		config.StreamProbe = c.probe
		s := assembled(t, 16, config, 1)
		s.rules = []rule{block(c.stream)}
		s.run(300 * time.Second)
		require.Equal(t, c.missed, s.count(node.MemberDead, 9) > 0)
	}
}

// A failed send is no success (hashicorp/memberlist issue 242): a member whose interface is down,
// so that all that it sends vanishes, holds the others dead in the end, and they it.
func TestIssueInterfaceDown(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		s := assembled(t, 5, Lan(), 1)
		s.rules = []rule{func(p packet, to *actor) bool {
			return p.from.id == 0 || deaf && to.id == 0
		}}
		s.run(90 * time.Second)
		require.Equal(t, 1, s.actor("0").member.Len(), "deaf: %v", deaf)
		require.Zero(t, s.holders(0, Alive))
	}
}

// A half-open joiner (hashicorp/memberlist issue 45): one that can send and not receive accuses
// everybody, and nobody else believes it to the end.
func TestIssueHalfOpenJoiner(t *testing.T) {
	config := Lan()
	config.StreamProbe = false
	s := assembled(t, 8, config, 1)
	s.rules = []rule{func(p packet, to *actor) bool { return to.id == 8 && !p.stream }}
	s.start(s.actor("8"), nil)
	s.run(2 * time.Minute)
	for id := range node.ID(8) {
		require.Positive(t, s.count(node.MemberSuspect, id))
		for _, o := range s.history {
			died := o.event.Kind == node.MemberDead && o.event.Subject == uint32(id)
			require.False(t, died && o.by.id != 8, "%d at %s", id, o.by.name)
		}
	}
	require.Positive(t, s.count(node.MemberDead, 8))
}

// age makes everybody refute so many accusations.
func (s *stage) age(refutations Incarnation) {
	for range refutations {
		for _, a := range s.actors {
			s.forge(a.id, Update{
				Member: a.id, State: Suspect, Incarnation: a.member.Incarnation(),
			})
		}
		s.run(time.Second)
	}
}

// assembled returns a stage with members 0 to n-1 that all know each other; 0 to 2 are the seeds.
func assembled(t *testing.T, n int, config Config, seed uint64) *stage {
	config.Seeds = []node.ID{0, 1, 2}
	s := newStage(t, config, seed)
	for _, name := range names(0, n) {
		s.start(s.actor(name), nil)
	}
	s.run(config.SyncTimeout + 2*config.JoinRetry) // the first find nobody to join through at once
	for waited := time.Duration(0); !s.agreed() && waited < 2*config.SyncInterval; waited += time.Second {
		s.run(time.Second) // whom gossip has missed an exchange tells
	}
	require.True(t, s.agreed())
	s.history = nil
	return s
}

// agreed reports whether all that run hold just each other alive.
func (s *stage) agreed() bool {
	var running []node.ID
	for _, a := range s.actors {
		if a.up() {
			running = append(running, a.id)
		}
	}
	for _, a := range s.actors {
		if a.up() && !slices.Equal(running, a.member.AliveMembers(nil)) {
			return false
		}
	}
	return true
}

// holders is how many that run hold another to be in a state.
func (s *stage) holders(id node.ID, state State) (count int) {
	for _, a := range s.actors {
		if a.up() && a.id != id && a.member.State(id) == state {
			count++
		}
	}
	return count
}

// count is how often an event about a member has happened.
func (s *stage) count(kind node.EventKind, id node.ID) (count int) {
	for _, o := range s.history {
		if o.event.Kind == kind && o.event.Subject == uint32(id) {
			count++
		}
	}
	return count
}
