package swim

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// saying is a datagram with one broadcast.
func saying(origin node.ID, sequence uint64, payload string) *Message {
	m := &Message{Kind: Gossip}
	m.addBroadcast(Broadcast{Origin: origin, Sequence: sequence}, []byte(payload))
	return m
}

// numbers returns the sequence numbers taken from s.
func numbers(s *Swim) (taken []uint64) {
	for _, r := range s.TakeBroadcasts() {
		taken = append(taken, r.Sequence)
	}
	return taken
}

// A broadcast reaches every other member once, whatever is lost, if enough copies are sent: each of 16
// members sends 8 copies.
func TestBroadcastReachesAllOnce(t *testing.T) {
	c := formed(t, 16, testConfig(), 33)
	c.loss = rng.Percent(10)
	for i := range 20 {
		h := &c.hosts[i%16]
		require.True(t, h.member.Broadcast(c.now, fmt.Append(nil, "news ", i), &h.out))
		c.carryOut(node.ID(i % 16))
		c.run(500 * time.Millisecond)
	}
	c.run(20 * time.Second)
	for id := range node.ID(16) {
		texts := make(map[string]int)
		for _, r := range c.member(id).TakeBroadcasts() {
			texts[string(r.Payload)]++
			require.NotEqual(t, id, r.Origin, "nobody hears itself")
		}
		for i := range 20 {
			want := 1
			if node.ID(i%16) == id {
				want = 0
			}
			require.Equal(t, want, texts[fmt.Sprint("news ", i)], "%d's %d", id, i)
		}
		require.Empty(t, c.member(id).TakeBroadcasts(), "they are taken once")
		require.True(t, c.member(id).broadcasts.empty())
	}
	require.Equal(t, 20*15, c.total(node.BroadcastHeard))
}

// Of the latest 64 of an origin each is heard once, in whatever order they come; older ones count as
// heard.
func TestBroadcastsAreHeardOnce(t *testing.T) {
	s, out := grouped(Lan(), 10)
	base := uint64(1) << 20
	for _, i := range []uint64{100, 100, 99, 37, 36, 99, 101, 38, 37, 102, 101, 166, 103, 102} {
		s.Receive(0, 3, saying(5, base+i, "x"), out)
	}
	require.Equal(t,
		[]uint64{base + 100, base + 99, base + 37, base + 101, base + 38, base + 102, base + 166, base + 103},
		numbers(s), "100-63=37 is the oldest but for 100, 166-63=103 for 166")
	s.Receive(0, 3, saying(6, base+100, "x"), out)
	require.Len(t, s.TakeBroadcasts(), 1, "each origin has numbers of its own")
}

// A later life never repeats a number, even one that begins within the same second, and however many
// broadcasts the first made.
func TestLaterLivesNumberOn(t *testing.T) {
	last := uint64(0)
	saved := []byte(nil)
	for life := range 5 {
		s, out := New(Lan(), 0, rng.New(1)), new(effects)
		s.Start(clock.At(time.Duration(life)*time.Millisecond), saved, out)
		saved = append(saved[:0], out.Saved...)
		for range 3 {
			require.True(t, s.Broadcast(0, nil, out))
			b := s.broadcasts.waiting[len(s.broadcasts.waiting)-1]
			require.Greater(t, b.Sequence, last)
			last = b.Sequence
		}
	}
}

// Echoes of this member's own broadcasts, of this life or an earlier one, are no broadcasts of others.
func TestOwnBroadcastsAreNotHeard(t *testing.T) {
	s, out := alone(Lan())
	s.Receive(0, 3, saying(0, 1<<20, "x"), out)
	require.Empty(t, s.TakeBroadcasts())
	require.True(t, s.broadcasts.empty())
}

// When more than 64 wait, those sent most often make room; when more than 64 have not been taken, the
// later ones are dropped.
func TestBroadcastQueuesAreBounded(t *testing.T) {
	s, out := grouped(Lan(), 10)
	var m Message
	s.Broadcast(0, []byte("first"), out)
	s.broadcasts.take(&m, 1000, 8)
	for range 64 {
		require.True(t, s.Broadcast(0, []byte("later"), out))
	}
	require.Len(t, s.broadcasts.waiting, 64)
	for _, b := range s.broadcasts.waiting {
		require.Equal(t, "later", string(b.payload))
	}

	for i := range uint64(100) {
		s.Receive(0, 3, saying(5, 1<<20+i, ""), out)
	}
	taken := numbers(s)
	require.Len(t, taken, 64)
	require.Equal(t, uint64(1<<20+63), taken[63])
}

// Least sent first, and of those the oldest; each as often as the limit says, and none twice on one
// datagram.
func TestBroadcastsTakeTurns(t *testing.T) {
	s, out := grouped(Lan(), 10)
	limit := s.config.RetransmitLimit(10)
	sends := make(map[uint64]int)
	for range 10 {
		s.Broadcast(0, make([]byte, 84), out)
	}
	var first []uint64
	for !s.broadcasts.empty() {
		var m Message
		s.broadcasts.take(&m, 300, uint32(limit))
		seen := make(map[uint64]bool)
		for _, b := range m.Broadcasts {
			require.False(t, seen[b.Sequence])
			seen[b.Sequence] = true
			sends[b.Sequence]++
			if sends[b.Sequence] == 1 {
				first = append(first, b.Sequence)
			}
		}
	}
	require.Len(t, first, 10)
	require.IsIncreasing(t, first)
	for sequence, n := range sends {
		require.Equal(t, limit, n, "%d", sequence)
	}
}

func TestBroadcastsOutOfRangeAreRefused(t *testing.T) {
	s, out := alone(Lan())
	require.False(t, s.Broadcast(0, make([]byte, MaxPayload+1), out))
	require.True(t, s.Broadcast(0, make([]byte, MaxPayload), out))
	s.Leave(0, out)
	require.False(t, s.Broadcast(0, nil, out))

	paper, out := alone(Suspicion())
	require.False(t, paper.Broadcast(0, make([]byte, paper.config.payloadLimit()+1), out),
		"it would never fit")
	require.True(t, paper.Broadcast(0, make([]byte, paper.config.payloadLimit()), out))
}

// What cannot be a broadcast is ignored: above all a number that its origin could not have reached,
// for all real ones would be older.
func TestHostileBroadcasts(t *testing.T) {
	config := Lan()
	config.MaxMembers = 100
	s, out := grouped(config, 10)
	future := uint64(s.members.at(5).incarnation+incarnationOf(maxJump)) + 1<<20
	for _, m := range []*Message{
		saying(50, 1<<20, "from nobody we know"),
		saying(5, math.MaxUint64, "x"), saying(5, future, "x"), saying(100, 1<<20, "x"),
		saying(node.Nobody, 1<<20, "x"), saying(5, 1<<20, string(make([]byte, MaxPayload+1))),
		{Kind: Gossip, Broadcasts: []Broadcast{{Origin: 5, Sequence: 1 << 20, PayloadBytes: 1}}},
		{Kind: Gossip, Updates: []Update{{Member: 5, MetadataBytes: 2}},
			Broadcasts: []Broadcast{{Origin: 5, Sequence: 1 << 20}}, Bytes: []byte("x")},
	} {
		s.Receive(0, 3, m, out)
		require.Empty(t, s.TakeBroadcasts())
		require.Empty(t, s.broadcasts.heard)
	}
	flood := &Message{Kind: Gossip}
	for i := range uint64(300) {
		flood.addBroadcast(Broadcast{Origin: 5, Sequence: 1<<20 + i}, nil)
	}
	s.Receive(0, 3, flood, out)
	require.Equal(t, uint64(1<<20+MaxDatagramBroadcasts-1), s.broadcasts.heard[5].last)
}
