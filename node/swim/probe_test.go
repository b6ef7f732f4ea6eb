package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// probing returns member 0 of a group of n, the ping it has just sent, and its effects.
func probing(t *testing.T, n int) (*Swim, node.Send[Message], *effects) {
	s, out := alone(DefaultConfig())
	for id := node.ID(1); id < node.ID(n); id++ {
		s.hear(0, claim(id, Alive, 1), nil, out)
	}
	out.Reset()
	s.Wake(clock.At(time.Second), PeriodTimer, out)
	require.Len(t, out.Sends, 1)
	return s, out.Sends[0], out
}

// SWIM, section 3.1: "M_i selects a random member M_j and sends a ping message to it. M_i then
// waits for a replying ack from M_j."
func TestAckedProbeAccusesNobody(t *testing.T) {
	s, ping, out := probing(t, 5)
	at, _ := out.Alarmed(ProbeTimer)
	require.Equal(t, clock.At(time.Second).Add(s.config.ProbeTimeout), at)
	require.Equal(t, Ping, ping.Message.Kind)
	require.Equal(t, ping.To, ping.Message.Target)

	ack := Message{Kind: Ack, Sequence: ping.Message.Sequence, Origin: 0, Target: ping.To}
	s.Receive(clock.At(time.Second), ping.To, &ack, out)
	out.Reset()
	s.Wake(at, ProbeTimer, out)
	require.Empty(t, out.Sends, "no helper is asked")
	s.Wake(clock.At(2*time.Second), PeriodTimer, out)
	require.Equal(t, 1, len(out.Events), "%v", out.Events)
	require.Equal(t, node.MemberProbed, out.Events[0].Kind, "it probes the next, and no more")
}

// SWIM, section 3.1: "In the event of not receiving an ack, M_i selects k members at random and
// sends each a ping-req(M_j) message"; k different ones, neither the target nor itself, nor a
// suspect.
func TestHelpersAreOthers(t *testing.T) {
	for n := 2; n <= 8; n++ {
		s, ping, out := probing(t, n)
		if n == 8 {
			suspect := ping.To%7 + 1
			s.hear(0, claim(suspect, Suspect, 1), nil, out)
		}
		out.Reset()
		s.Wake(clock.At(1300*time.Millisecond), ProbeTimer, out)
		require.Len(t, out.Sends, min(s.config.IndirectProbes, n-2), "n=%d", n)
		asked := make(map[node.ID]bool)
		for _, send := range out.Sends {
			require.Equal(t, PingReq, send.Message.Kind)
			require.Equal(t, ping.To, send.Message.Target)
			require.NotEqual(t, ping.To, send.To)
			require.NotEqual(t, s.Self(), send.To)
			require.Equal(t, Alive, s.State(send.To))
			require.False(t, asked[send.To], "asked twice")
			asked[send.To] = true
		}
	}
}

// SWIM, section 3.1: sequence numbers tell the acks of this period from others. What does not match
// the probe to the letter is not its ack.
func TestForeignAcksDoNotCount(t *testing.T) {
	s, ping, out := probing(t, 5)
	good := Message{Kind: Ack, Sequence: ping.Message.Sequence, Origin: 0, Target: ping.To}
	for _, spoil := range []func(m *Message){
		func(m *Message) { m.Sequence-- },
		func(m *Message) { m.Sequence++ },
		func(m *Message) { m.Target++ },
		func(m *Message) { m.Origin++ },
		func(m *Message) { m.Kind = Ping },
		func(m *Message) { m.Kind = Gossip },
		func(m *Message) { m.Kind = 0 },
		func(m *Message) { m.Kind = 200 },
	} {
		bad := good
		spoil(&bad)
		s.Receive(clock.At(time.Second), ping.To, &bad, out)
		require.True(t, s.probe.pending, "%+v", bad)
	}
	s.Receive(clock.At(time.Second), ping.To, &good, out)
	require.False(t, s.probe.pending)
}

// SWIM, section 3.1: "Each of these members in turn ... pings M_j and forwards the ack from M_j (if
// received) back to M_i." The helper's messages carry all that is needed.
func TestHelperForwards(t *testing.T) {
	s, out := alone(DefaultConfig())
	request := Message{Kind: PingReq, Sequence: 77, Origin: 4, Target: 5}
	s.Receive(0, 4, &request, out)
	require.Len(t, out.Sends, 1)
	require.Equal(t, node.ID(5), out.Sends[0].To)
	ping := out.Sends[0].Message
	require.Equal(t, []any{Ping, uint32(77), node.ID(4), node.ID(5)},
		[]any{ping.Kind, ping.Sequence, ping.Origin, ping.Target})

	out.Reset()
	s.Receive(0, 5, &Message{Kind: Ack, Sequence: 77, Origin: 4, Target: 5}, out)
	require.Len(t, out.Sends, 1)
	require.Equal(t, node.ID(4), out.Sends[0].To)
	require.Equal(t, Ack, out.Sends[0].Message.Kind)

	out.Reset()
	s.Receive(0, 6, &Message{Kind: Ack, Sequence: 77, Origin: 4, Target: 5}, out)
	s.Receive(0, 6, &Message{Kind: PingReq, Origin: 4, Target: 5}, out)
	s.Receive(0, 4, &Message{Kind: PingReq, Origin: 4, Target: 0}, out)
	s.Receive(0, 4, &Message{Kind: PingReq, Origin: 4, Target: node.Nobody}, out)
	s.Receive(0, 4, &Message{Kind: Ping, Origin: 4, Target: 3}, out)
	require.Empty(t, out.Sends, "nobody acks, asks or is pinged for another")
}

// Lifeguard, buddy system: a ping to a suspect carries the suspicion, so that it can refute at
// once.
func TestPingToASuspectCarriesTheSuspicionFirst(t *testing.T) {
	s, out := alone(DefaultConfig())
	for id := node.ID(1); id < 20; id++ {
		s.hear(0, claim(id, Alive, 1), nil, out)
	}
	s.hear(0, claim(1, Suspect, 1), nil, out)
	for id := node.ID(2); id < 20; id++ {
		s.hear(0, claim(id, Alive, 2), nil, out)
	}
	out.Reset()
	s.sendProbe(Ping, 1, 1, 1, 0, out)
	require.Equal(t, claim(1, Suspect, 1), out.Sends[0].Message.Updates[0])
	require.Len(t, out.Sends[0].Message.Updates, 1+19+1, "and all the news, our own included")

	s.config.Buddy = false
	s.queue.drop(1)
	out.Reset()
	s.sendProbe(Ping, 1, 1, 1, 0, out)
	require.NotContains(t, out.Sends[0].Message.Updates, claim(1, Suspect, 1))
}

// Helpers save a member that has lost its link to one other only.
func TestIndirectProbeSavesATargetWithOneBadLink(t *testing.T) {
	c := formed(t, 5, testConfig(), 21)
	c.cut = func(from, to node.ID) bool { return from+to == 3+4 && (from == 3 || from == 4) }
	c.run(2 * time.Minute)
	require.Empty(t, c.log, "not even a suspicion")

	for id := range c.hosts {
		c.member(node.ID(id)).config.IndirectProbes = 0
	}
	c.run(time.Minute)
	require.NotEmpty(t, c.log, "without helpers there are some")
}

// SWIM, section 4.2: a suspected member that is not faulty answers, and the group is spared a false
// positive. Here one that is cut off for a period and a half.
func TestShortSilenceIsRefuted(t *testing.T) {
	suspicions, refutations := 0, 0
	for seed := range uint64(5) {
		c := formed(t, 8, testConfig(), 220+seed)
		c.cut = around(3)
		c.run(1500 * time.Millisecond)
		c.cut = whole
		c.run(30 * time.Second)
		c.requireAll(Alive)
		suspicions += c.count(node.MemberSuspect, 3)
		refutations += c.count(node.Refuted, 3)
		for id := range node.ID(8) {
			require.Zero(t, c.count(node.MemberDead, id), "%d is declared dead", id)
		}
	}
	require.Positive(t, suspicions)
	require.Positive(t, refutations)
}

// With 5 % loss and no helpers a tenth of the probes accuse somebody, 80 in three minutes. An
// update that each of 8 members sends 4 times misses a member with probability 2 % (z =
// e^(-4(1-z))), and it hears in another way most of the time: fewer than 2 % of suspicions end in a
// death, and none for good.
func TestFewSuspicionsAreFalseDeaths(t *testing.T) {
	config := testConfig()
	config.IndirectProbes, config.StreamProbe = 0, false
	suspicions, deaths := 0, 0
	for seed := range uint64(10) {
		c := formed(t, 8, config, 230+seed)
		c.loss = rng.Percent(5)
		c.run(3 * time.Minute)
		for id := range node.ID(8) {
			suspicions += c.count(node.MemberSuspect, id)
			deaths += c.count(node.MemberDead, id)
		}
		c.loss = 0
		c.run(time.Minute)
		c.requireAll(Alive)
	}
	require.Greater(t, suspicions, 5000)
	require.Less(t, deaths*50, suspicions)
}

// The probability that one probe of a correct member fails, (1-q^2)(1-q^4)^K with q the share of
// packets delivered (SWIM, section 3.1, for one probe and no faulty members). 8,000 probes of each
// kind; the interval is four standard deviations of a binomial.
func TestFailedProbesMatchTheFormula(t *testing.T) {
	for _, row := range []struct {
		helpers  int
		loss     int
		expected float64
	}{
		{0, 10, 0.1900}, {1, 10, 0.0653}, {3, 20, 0.0741},
	} {
		config := testConfig()
		config.IndirectProbes, config.StreamProbe = row.helpers, false
		config.SuspicionMult = 1000 // nobody dies
		c := formed(t, 16, config, 23)
		c.loss = rng.Percent(row.loss)
		const periods = 500
		c.run(periods * config.ProbeInterval)
		share := float64(c.total(node.ProbeFailed)) / (16 * periods)
		require.InDelta(t, row.expected, share, 0.018, "%+v", row)
	}
}
