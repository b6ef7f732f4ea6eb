package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// A storm of exchanges and slow handlers (hashicorp/memberlist pull requests 158 and 159): a
// member that does not get to run for half a minute, while 15 others speak to it and change,
// comes back to all that at once. What it keeps stays bounded, it accuses nobody to the end, and
// is let back in.
func TestIssueOverloadedMember(t *testing.T) {
	const n = 16
	config := Lan()
	config.SyncInterval = time.Second
	for seed := range uint64(5) {
		s := assembled(t, n, config, seed)
		slow := s.actor("3")
		slow.asleep = true
		for range 30 {
			s.describeAll(t, func(a *actor) bool { return a != slow })
			s.run(time.Second)
		}
		require.Greater(t, len(slow.missed), 300)
		s.askForHelp(slow, 2*maxRelays)
		s.wake(slow)
		require.LessOrEqual(t, len(slow.member.queue.heap), n)
		require.Equal(t, maxRelays, len(slow.member.relays))
		s.run(30 * time.Second)
		require.True(t, s.agreed())
		for _, o := range s.history {
			died := o.event.Kind == node.MemberDead && o.event.Subject != 3
			require.False(t, died, "%d at %s", o.event.Subject, o.by.name)
		}
	}
}

// "The UDP packet does not have enough space to store the data in the user-defined broadcast
// queue" (hashicorp/memberlist issue 299): on datagrams that are always full of news of members,
// a broadcast still gets to all within two seconds.
func TestIssueBroadcastsStarve(t *testing.T) {
	config := Lan()
	config.DatagramBytes, config.Founders = 256, 32
	s := assembled(t, 32, config, 1)
	full, all := 0, 0
	s.onSend = func(p packet) {
		if !p.stream && p.m.Kind == Gossip {
			all++
			if weight(p.m) > config.DatagramBytes-2*updateBytes {
				full++
			}
		}
	}
	for round := range 10 {
		s.describeAll(t, func(*actor) bool { return true })
		if round == 5 {
			s.do(s.actors[0], func(m *Swim, out *effects) {
				require.True(t, m.Broadcast(s.now, make([]byte, 64), out))
			})
		}
		s.run(200 * time.Millisecond)
	}
	require.Greater(t, full, all/2, "the news alone would fill the datagrams")
	s.run(time.Second)
	require.Equal(t, 31, s.count(node.BroadcastHeard, 0))
}

// A helper missed among few: memberlist chose none of one eligible helper in 2.6 % of the cases,
// and took its own health to be bad (hashicorp/memberlist issue 350). Of three members, two of
// which do not reach each other, the third is asked each time.
func TestIssueOnlyHelperMissed(t *testing.T) {
	config := Lan()
	config.StreamProbe = false
	s := assembled(t, 3, config, 1)
	s.rules = []rule{s.between(names(0, 1), names(2, 3))}
	for range 10_000 {
		require.Equal(t, []node.ID{1}, s.actors[0].member.choose(config.IndirectProbes, 2))
	}
	lost, asked := 0, 0
	s.onSend = func(p packet) {
		switch {
		case p.from.id != 0:
		case p.m.Kind == Ping && p.m.Origin == 0 && p.to == 2:
			lost++
		case p.m.Kind == PingReq:
			asked++
		}
	}
	s.run(1000*time.Second + config.ProbeTimeout)
	require.InDelta(t, 500, lost, 1)
	require.InDelta(t, lost, asked, 1)
	for id := range node.ID(3) {
		require.Zero(t, s.count(node.ProbeFailed, id))
	}
}

// "Looping on "Sender is considered down, sending notification message"" (caio/foca issue 25):
// two that hold each other dead must not answer each other's reproaches without end, even if
// nobody can convince anybody because all are at incarnations that the others do not believe.
// While they remember each other it takes no more than the rounds of gossip; then it is calm.
func TestIssueEndlessReproach(t *testing.T) {
	const n = 4
	config := Lan()
	config.MaxClockSkew, config.DeadRetention = time.Minute, 3*time.Minute
	for _, convinced := range []bool{true, false} {
		s := assembled(t, n, config, 1)
		s.rules = []rule{s.between(names(0, 2), names(2, 4))}
		s.run(time.Minute)
		for _, a := range s.actors {
			if !convinced {
				s.do(a, func(m *Swim, out *effects) { m.setIncarnation(incarnationOf(1e9), out) })
			}
		}
		s.rules = nil
		const probes = 3 * 60 // two datagrams a period and member, and then some
		rounds := int(time.Minute / config.GossipInterval)
		s.requireFewer(n*(probes+config.GossipNodes*rounds), time.Minute)
		require.Equal(t, convinced, s.agreed())
		s.run(config.DeadRetention)
		s.requireFewer(n*probes, time.Minute)
	}
}

// Scaled probes that overlap, because the schedule is not scaled (al8n/memberlist issue 165): a
// member of bad health, whose probes take up to eight periods, begins none before the last one's
// end.
func TestIssueScaledProbesOverlap(t *testing.T) {
	config := Lan()
	config.StreamProbe = false
	s := assembled(t, 32, config, 1)
	s.rules = []rule{func(_ packet, to *actor) bool { return to.id == 0 }}
	began, patience, longest := s.now, config.ProbeInterval, time.Duration(0)
	s.onEvent = func(by *actor, e node.Event) {
		if by.id != 0 || e.Kind != node.MemberProbed {
			return
		}
		if longest > 0 {
			require.GreaterOrEqual(t, s.now.Sub(began), patience)
		}
		began, patience = s.now, by.member.health.stretch(config.ProbeInterval)
		longest = max(longest, patience)
	}
	s.run(2 * time.Minute)
	require.Equal(t, 8*time.Second, longest)
}

// A probe interval below a millisecond, which collapses the suspicion to 0 (al8n/memberlist issue
// 165): there is no such interval, and at the shortest there is a suspicion still.
func TestIssueSuspicionCollapses(t *testing.T) {
	config := Lan()
	config.ProbeInterval, config.ProbeTimeout = time.Millisecond-1, time.Microsecond
	require.ErrorContains(t, config.Validate(), "ProbeInterval")
	config.ProbeInterval = time.Millisecond
	require.NoError(t, config.Validate())
	for _, n := range []int{1, 2, 10, 1000} {
		require.GreaterOrEqual(t, config.SuspicionTimeout(n), 4*time.Millisecond)
	}
}

// requireFewer lets time pass, in which fewer datagrams are sent than limit.
func (s *stage) requireFewer(limit int, span time.Duration) {
	sent := 0
	s.onSend = func(p packet) {
		if !p.stream {
			sent++
		}
		require.Less(s.t, sent, limit)
	}
	s.run(span)
	s.onSend = func(packet) {}
}

// askForHelp sends many requests to help with a probe of member 0.
func (s *stage) askForHelp(helper *actor, requests uint32) {
	for i := range requests {
		m := &Message{Kind: PingReq, Sequence: i, Origin: 1, Target: 0}
		s.send(packet{from: s.actor("1"), to: helper.id, m: m})
	}
	s.run(hop)
}

// describeAll gives those that suit new metadata, and so makes news of each.
func (s *stage) describeAll(t *testing.T, suits func(*actor) bool) {
	for _, a := range s.actors {
		if suits(a) {
			s.do(a, func(m *Swim, out *effects) {
				require.NoError(t, m.Describe(s.now, []byte("zone=a"), out))
			})
		}
	}
}
