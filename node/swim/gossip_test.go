package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// gossiped passes the gossip rounds of s from now on, so many or as long as there is news, and
// returns what was sent. It demands that every round is set.
func gossiped(t failer, s *Swim, now clock.Time, rounds int, out *effects) (sent []Message) {
	for range rounds {
		if !s.gossiping {
			break
		}
		now = now.Add(s.config.GossipInterval)
		out.Reset()
		s.Wake(now, GossipTimer, out)
		for i := range out.Sends {
			if out.Sends[i].Message.Kind != Gossip {
				t.Fatalf("a round sends %v", out.Sends[i].Message.Kind)
			}
			sent = append(sent, copied(&out.Sends[i].Message))
		}
	}
	return sent
}

// memberlist v0.7.0, schedule: gossip has a ticker of its own, with a random phase. Here it runs only
// while there is news, on the same grid.
func TestRoundsAreOnAGridOfTheMembersOwn(t *testing.T) {
	phases := make(map[time.Duration]bool)
	for seed := range uint64(20) {
		s, out := New(Lan(), 0, rng.New(seed)), new(effects)
		s.Start(0, nil, out)
		s.hear(0, claim(1, Alive, 1), nil, out)
		phase := s.gossipPhase.Add(s.config.GossipInterval).Since()
		require.Less(t, phase, s.config.GossipInterval)
		phases[phase] = true
		gossiped(t, s, 0, 1000, out)
		require.False(t, s.gossiping, "the news is told")
		_, set := out.Alarmed(GossipTimer)
		require.False(t, set, "without news no alarm")

		for _, at := range []time.Duration{0, phase, 7 * time.Second, 7*time.Second + phase} {
			s.gossiping = false
			out.Reset()
			s.hear(clock.At(at), claim(2, Alive, s.members.at(2).incarnation+1), nil, out)
			round, set := out.Alarmed(GossipTimer)
			require.True(t, set)
			require.Greater(t, round, clock.At(at))
			require.LessOrEqual(t, round.Sub(clock.At(at)), s.config.GossipInterval)
			require.Equal(t, phase, round.Since()%s.config.GossipInterval)
		}
	}
	require.Len(t, phases, 20)
}

// memberlist v0.7.0, gossip: each round goes to GossipNodes random members: alive, suspect, or dead.
// Those that left are not told.
func TestRoundGoesToOthersAndTheDead(t *testing.T) {
	s, out := grouped(Lan(), 8)
	s.hear(0, claim(1, Suspect, 1), nil, out)
	s.hear(0, claim(2, Dead, 1), nil, out)
	s.hear(0, claim(3, Left, 1), nil, out)
	told := make(map[node.ID]int)
	for range 1000 {
		s.queue.put(4)
		out.Reset()
		s.gossipRound(0, out)
		require.LessOrEqual(t, len(out.Sends), s.config.GossipNodes)
		seen := make(map[node.ID]bool)
		for _, send := range out.Sends {
			require.False(t, seen[send.To], "told twice in one round")
			seen[send.To] = true
			told[send.To]++
		}
	}
	require.Len(t, told, 6, "all but itself and 3")
	for id, n := range told {
		require.InDelta(t, 500, n, 80, "%d: 3 of 6 each time", id)
	}
	require.Zero(t, told[3])
}

// Without a gossip tick all news travels on probes, as in SWIM.
func TestNoTickWithoutAnInterval(t *testing.T) {
	s, out := grouped(Suspicion(), 8)
	s.hear(0, claim(1, Suspect, 1), nil, out)
	_, set := out.Alarmed(GossipTimer)
	require.False(t, set)
	s.Wake(clock.At(2*time.Second), PeriodTimer, out)
	require.Contains(t, out.Sends[0].Message.Updates, claim(1, Suspect, 1))
}

// memberlist v0.7.0, TransmitLimitedQueue, loses a broadcast when its numbers begin again (grafana
// 45e3991). "Every queued broadcast is sent retransmitLimit times or invalidated by name": here for
// news that comes at any time between the rounds, by a plan of members per round.
func TestEveryUpdateIsSentLimitTimes(t *testing.T) {
	const n = 40
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(1, n-1), 0, 6), 1, 40).Draw(t, "plan")
		s, out := grouped(Lan(), n)
		limit, sends := s.config.RetransmitLimit(n), make(map[Update]int)
		count := func(sent []Message) {
			for i := range sent {
				for _, u := range sent[i].Updates {
					sends[u]++
				}
			}
		}
		replaced := make(map[Update]bool)
		for _, round := range plan {
			for _, id := range round {
				replaced[s.members.update(node.ID(id))] = true
				incarnation := s.members.at(node.ID(id)).incarnation + 1
				s.hear(0, claim(node.ID(id), Alive, incarnation), nil, out)
			}
			count(gossiped(t, s, 0, 1, out))
		}
		count(gossiped(t, s, 0, 10*n*limit, out))
		require.True(t, s.queue.empty())
		for u, times := range sends {
			if replaced[u] {
				require.LessOrEqual(t, times, limit, "%+v", u)
				continue
			}
			require.Equal(t, limit, times, "%+v", u)
		}
	})
}

// loaded is a member of 30 with news, metadata and broadcasts of drawn sizes on its hands.
func loaded(t *rapid.T) *Swim {
	config := Lan()
	config.DatagramBytes = rapid.IntRange(MinDatagramBytes, 3000).Draw(t, "datagram")
	s, out := grouped(config, 30)
	lengths := rapid.SliceOfN(rapid.IntRange(0, config.metadataLimit()), 0, 30).Draw(t, "metadata")
	for i, length := range lengths {
		s.hear(0, claim(node.ID(i), Alive, 2), make([]byte, length), out)
	}
	payloads := rapid.SliceOfN(rapid.IntRange(0, config.payloadLimit()), 0, 30).Draw(t, "payloads")
	for _, length := range payloads {
		require.True(t, s.Broadcast(0, make([]byte, length), out))
	}
	s.hear(0, claim(29, Suspect, 2), nil, out)
	return s
}

// No datagram is larger than DatagramBytes, whatever there is to say; and as long as there is some of
// it, both news and broadcasts are on it.
func TestDatagramsKeepTheirSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := loaded(t)
		to := rapid.SampledFrom([]node.ID{28, 29}).Draw(t, "to") // 29 is a suspect
		for datagram := 0; !s.queue.empty() || !s.broadcasts.empty(); datagram++ {
			news, waiting := !s.queue.empty(), !s.broadcasts.empty()
			var m Message
			s.piggyback(to, &m)
			require.LessOrEqual(t, weight(&m), s.config.DatagramBytes)
			if to == 29 {
				require.Equal(t, s.members.update(29), m.Updates[0], "the accusation is first")
				m.Updates = m.Updates[1:]
			}
			require.Equal(t, news, len(m.Updates) > 0, "datagram %d", datagram)
			require.Equal(t, waiting, len(m.Broadcasts) > 0, "datagram %d", datagram)
		}
	})
}

// Where both wait, broadcasts have half of the room and news the other.
func TestHalfOfTheRoomEach(t *testing.T) {
	s, out := grouped(Lan(), 200)
	for id := range node.ID(200) {
		s.queue.put(id)
	}
	for range maxBroadcasts {
		s.Broadcast(0, make([]byte, 40), out)
	}
	var m Message
	s.piggyback(1, &m)
	room := s.config.DatagramBytes - headerBytes
	require.Len(t, m.Updates, room/2/updateBytes)
	require.Len(t, m.Broadcasts, (room-len(m.Updates)*updateBytes)/(broadcastBytes+40))

	s.broadcasts = broadcasts{}
	s.Broadcast(0, make([]byte, 40), out)
	m.Reset()
	s.piggyback(1, &m)
	require.Len(t, m.Updates, (room-broadcastBytes-40)/updateBytes, "what one leaves the other uses")
	require.Len(t, m.Broadcasts, 1)
}

// hashicorp/memberlist issue 299: "membership messages fill the 1400 B first", and broadcasts starve
// while members come and go. Here one gets through with its limit of sends, under any churn; and news
// gets through under any number of broadcasts.
func TestNeitherStarvesTheOther(t *testing.T) {
	s, out := grouped(Lan(), 200)
	limit := s.config.RetransmitLimit(200)
	require.True(t, s.Broadcast(0, make([]byte, s.config.payloadLimit()), out))
	for range limit {
		for id := range node.ID(200) {
			s.queue.put(id)
		}
		var m Message
		s.piggyback(1, &m)
		require.Len(t, m.Broadcasts, 1)
	}
	require.True(t, s.broadcasts.empty())

	s, out = grouped(Lan(), 200)
	s.hear(0, claim(7, Alive, 2), make([]byte, s.config.metadataLimit()), out)
	for range limit {
		for range maxBroadcasts {
			s.Broadcast(0, make([]byte, s.config.payloadLimit()), out)
		}
		var m Message
		s.piggyback(1, &m)
		require.Len(t, m.Updates, 1)
	}
	require.True(t, s.queue.empty())
}

// A receiver reads no more than 255 updates, so nobody sends more: memberlist issue 239 is a count of
// parts that overflows its byte.
func TestDatagramHasNoMoreUpdatesThanAreRead(t *testing.T) {
	config := Lan()
	config.DatagramBytes = 65535
	s, _ := grouped(config, 1000)
	for id := range node.ID(1000) {
		s.queue.put(id)
	}
	var m Message
	s.piggyback(1, &m)
	require.Len(t, m.Updates, MaxDatagramUpdates)
}

// SWIM, section 5, the baseline: "SWIM:Basic ... disseminates by multicast": what a member finds out
// itself it tells all at once, and what it hears it keeps.
func TestMulticast(t *testing.T) {
	s, out := grouped(Basic(), 30)
	s.hear(0, Update{Member: 3, State: Dead, From: 5, Incarnation: 1}, nil, out)
	s.hear(0, claim(4, Alive, 2), nil, out)
	require.Empty(t, out.Sends)
	require.True(t, s.queue.empty())

	s.hear(0, Update{Member: 7, State: Dead, From: 0, Incarnation: 1}, nil, out)
	require.Len(t, out.Sends, 27)
	for _, send := range out.Sends {
		require.Equal(t, Gossip, send.Message.Kind)
		require.Equal(t, Update{Member: 7, State: Dead, From: 0, Incarnation: 1},
			send.Message.Updates[0])
	}
	out.Reset()
	s.Leave(0, out)
	require.Len(t, out.Sends, 27, "nobody passes it on, so all are told")
}

// Rounds go on while there is news and somebody to tell, however many have just left.
func TestGossipFindsTheFewAmongManyThatLeft(t *testing.T) {
	s, out := grouped(Lan(), 40)
	for id := node.ID(2); id < 40; id++ {
		s.hear(0, Update{Member: id, State: Left, From: id, Incarnation: 1}, nil, out)
	}
	for now := clock.Time(0); !s.queue.empty(); {
		require.True(t, s.gossiping, "with %d waiting", len(s.queue.heap))
		now = now.Add(s.config.GossipInterval)
		out.Reset()
		s.Wake(now, GossipTimer, out)
	}
}
