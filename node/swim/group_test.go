package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

var sizes = []int{3, 8, 32}

// Any seed will do, and one that is down delays nobody for long.
func TestJoinThroughAnySeed(t *testing.T) {
	for _, n := range sizes {
		for down := range node.ID(3) {
			c := newCluster(t, n, testConfig(), 31)
			for id := range node.ID(n) {
				if id != down {
					c.start(id, nil)
				}
			}
			c.run(25 * time.Second)
			for id := range node.ID(n) {
				if id != down {
					require.True(t, c.member(id).Joined())
					c.requireView(id, Alive)
				}
			}
			c.start(down, nil)
			c.run(15 * time.Second)
			c.requireAll(Alive)
		}
	}
}

func TestJoiningTriesAnotherSeedEachTime(t *testing.T) {
	config := DefaultConfig()
	config.Seeds = []node.ID{5, 6, 0, 7, 6}
	out := new(effects)
	s := New(config, 0, rng.New(1))
	s.Start(0, nil, out)
	var asked []node.ID
	for i := range 6 {
		require.Len(t, out.Calls, 1)
		require.Equal(t, SyncRequest, out.Calls[0].Message.Kind)
		asked = append(asked, out.Calls[0].To)
		call := out.Calls[0].ID
		out.Reset()
		now := clock.At(time.Duration(i) * 10 * time.Second)
		s.Returned(now, asked[i], call, nil, node.Timeout, out)
		require.False(t, s.Joined())
		at, _ := out.Alarmed(SyncTimer)
		require.Equal(t, now.Add(config.JoinRetry), at)
		s.Wake(at, SyncTimer, out)
	}
	require.ElementsMatch(t, []node.ID{5, 6, 7}, asked[:3])
	require.Equal(t, asked[:3], asked[3:])
}

// SWIM, section 4.3: time bounded completeness: every member detects the crash, within the bound.
func TestCrashIsDetectedByAll(t *testing.T) {
	for _, n := range sizes {
		for seed := range uint64(5) {
			c := formed(t, n, testConfig(), 40+seed)
			c.run(time.Duration(seed) * 370 * time.Millisecond)
			c.loss = rng.Percent(int(seed))
			crashed, at := node.ID(seed)%node.ID(n), c.now
			c.crash(crashed)
			c.run(c.config.DetectionBound(n))
			c.requireView(crashed, Dead)
			require.Equal(t, n-1, c.count(node.MemberDead, crashed))
			least := c.config.SuspicionTimeout(n) + c.config.ProbeInterval
			require.GreaterOrEqual(t, c.last(node.MemberDead, crashed).Sub(at), least)
			for id := range node.ID(n) {
				if id != crashed {
					require.Zero(t, c.count(node.MemberDead, id), "%d is declared dead", id)
				}
			}
		}
	}
}

// "Leave is not a failure": nobody suspects who left, all know it long before they would have
// noticed.
func TestLeaveIsNoFailure(t *testing.T) {
	for _, n := range sizes {
		c := formed(t, n, testConfig(), 51)
		c.leave(2)
		c.run(8 * time.Second)
		c.requireView(2, Left)
		require.Zero(t, c.count(node.MemberSuspect, 2))
		require.Zero(t, c.count(node.MemberDead, 2))
		require.Equal(t, n, c.count(node.MemberLeft, 2), "its own event included")
		require.False(t, c.member(2).Alive(2))

		c.run(c.config.DeadRetention + time.Minute)
		c.requireView(2, Unknown)
		require.Equal(t, n-1, c.count(node.MemberForgotten, 2))
	}
}

// After Leave a member answers and says nothing else.
func TestDepartedMemberOnlyAnswers(t *testing.T) {
	s, out := alone(DefaultConfig())
	s.hear(0, claim(1, Alive, 1), nil, out)
	own := s.Incarnation()
	s.Leave(0, out)
	out.Reset()
	s.Leave(0, out)
	for timer := range node.TimerID(Timers) {
		s.Wake(clock.At(time.Hour), timer, out)
	}
	news := Message{Kind: Gossip, Updates: []Update{claim(0, Dead, own), claim(2, Alive, 1)}}
	s.Receive(0, 1, &news, out)
	s.Returned(0, 1, 1, &Message{Kind: SyncReply, Updates: news.Updates}, node.OK, out)
	require.Empty(t, out.Sends)
	require.Empty(t, out.Events)
	require.Equal(t, own, s.Incarnation(), "it refutes nothing")

	left := Update{Member: 0, State: Left, From: 0, Incarnation: own}
	s.Receive(0, 1, &Message{Kind: Ping, Origin: 1, Target: 0, Sequence: 3}, out)
	require.Len(t, out.Sends, 1)
	require.Equal(t, Message{Kind: Ack, Origin: 1, Target: 0, Sequence: 3, Updates: []Update{left}},
		out.Sends[0].Message)
	var reply Message
	require.True(t, s.Serve(0, 1, &Message{Kind: SyncRequest, Updates: news.Updates}, &reply, out))
	require.Equal(t, SyncReply, reply.Kind)
	require.Contains(t, reply.Updates, left)
}

// A restarted node is a new life that wins over all rumours about the old one, whether it comes
// back before anyone has noticed, as a suspect, or after it has been declared dead; with its disk
// or without.
func TestRestartComesBackAtOnce(t *testing.T) {
	for _, down := range []time.Duration{100 * time.Millisecond, 5 * time.Second, time.Minute} {
		for _, disk := range []bool{true, false} {
			c := formed(t, 8, testConfig(), 61)
			before := c.member(3).Incarnation()
			c.crash(3)
			c.run(down)
			var saved []byte
			if disk {
				saved = c.hosts[3].disk
				require.Len(t, saved, 8)
			}
			c.start(3, saved)
			require.Greater(t, c.member(3).Generation(), before.Generation())
			back := c.now
			c.run(6 * time.Second)
			c.requireAll(Alive)
			for id := range node.ID(8) {
				if id != 3 {
					require.GreaterOrEqual(t, c.member(id).members.at(3).incarnation,
						c.member(3).Incarnation(), "%d after %v", id, down)
				}
			}
			c.run(time.Minute)
			c.requireAll(Alive)
			require.Less(t, c.last(node.MemberAlive, 3).Sub(back), 6*time.Second, "and stays")
		}
	}
}

// Clocks can go back. A life whose generation is not above the last one's still comes back, as soon
// as it hears what is said about it.
func TestRestartWithAnEarlierClock(t *testing.T) {
	c := formed(t, 5, testConfig(), 62)
	old := incarnationOf(c.member(4).Generation() + 60_000)
	for id := range node.ID(4) {
		c.member(id).hear(c.now, claim(4, Alive, old), nil, &c.hosts[id].out)
	}
	c.crash(4)
	c.start(4, nil)
	require.Less(t, c.member(4).Incarnation(), old)
	c.run(10 * time.Second)
	require.Greater(t, c.member(4).Incarnation(), old)
	c.run(30 * time.Second)
	c.requireAll(Alive)
}

// Two halves that are cut for longer than the suspicion timeout hold each other dead and still find
// each other again (hashicorp/memberlist issue 222: after 25 s, with ten members, 0 of 40 runs
// healed).
func TestHalvesHeal(t *testing.T) {
	for _, n := range []int{4, 10, 32} {
		c := formed(t, n, testConfig(), 71)
		half := node.ID(n / 2)
		c.cut = func(from, to node.ID) bool { return (from < half) != (to < half) }
		c.run(4 * time.Minute)
		for id := range node.ID(n) {
			for about := range node.ID(n) {
				if (id < half) != (about < half) {
					require.Equal(t, Dead, c.member(id).State(about))
				}
			}
		}
		c.cut = whole
		c.run(time.Minute)
		c.requireAll(Alive)
	}
}

// A member on its own for longer than the others remember it comes back through a seed.
func TestForgottenMemberComesBack(t *testing.T) {
	c := formed(t, 8, testConfig(), 72)
	c.cut = around(7)
	c.run(c.config.DeadRetention + time.Minute)
	c.requireView(7, Unknown)
	require.Equal(t, 1, c.member(7).Len())
	c.cut = whole
	c.run(time.Minute)
	c.requireAll(Alive)
}

// Equal construction and equal inputs give equal effects.
func TestRunsRepeat(t *testing.T) {
	run := func() ([]logged, uint64) {
		c := newCluster(t, 8, testConfig(), 81)
		c.loss = rng.Percent(20)
		for id := range node.ID(8) {
			c.start(id, nil)
		}
		c.run(time.Minute)
		c.crash(5)
		c.run(time.Minute)
		digest := uint64(0)
		for id := range node.ID(8) {
			digest = rng.Mix(digest ^ c.member(id).Digest())
		}
		return c.log, digest
	}
	log, digest := run()
	again, sameDigest := run()
	require.NotEmpty(t, log)
	require.Equal(t, log, again)
	require.Equal(t, digest, sameDigest)
}
