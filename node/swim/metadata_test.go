package swim

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// describe gives host id metadata.
func (c *cluster) describe(id node.ID, metadata string) {
	h := &c.hosts[id]
	require.NoError(c.t, h.member.Describe(c.now, []byte(metadata), &h.out))
	c.carryOut(id)
}

func (c *cluster) requireMetadata(about node.ID, metadata string) {
	for id := range c.hosts {
		require.Equal(c.t, metadata, string(c.member(node.ID(id)).Metadata(about)), "%d's of %d", id, about)
	}
}

// A description is a new incarnation, and spreads like one: within a second or so in memberlist's LAN
// preset (30 nodes: all of them after 0.46 s on average, 0.75 s at most, in 20 trials).
func TestMetadataSpreadsByGossip(t *testing.T) {
	config := Lan()
	config.Seeds = []node.ID{0}
	c := formed(t, 30, config, 41)
	before := c.member(7).Incarnation()
	c.describe(7, "rack 3")
	require.Equal(t, before+1, c.member(7).Incarnation())
	c.run(2 * time.Second)
	c.requireMetadata(7, "rack 3")
	require.Equal(t, 30, c.count(node.MemberAlive, 7)+c.count(node.Described, 7))

	c.describe(7, "")
	c.run(2 * time.Second)
	c.requireMetadata(7, "")
	require.Nil(t, c.member(3).Metadata(7))
}

// Who was cut off meanwhile hears of it in an exchange, also one that begins with digests, and so
// does who joins later.
func TestMetadataSpreadsByExchange(t *testing.T) {
	config := testConfig()
	config.GossipInterval = 0
	c := formed(t, 8, config, 42)
	for id := range c.hosts {
		c.member(node.ID(id)).config.RetransmitMult = 1
	}
	c.mute = around(5)
	c.describe(3, "rack 3")
	c.run(30 * time.Second)
	c.requireMetadata(3, "rack 3")
	c.mute = whole

	c.crash(6)
	c.start(6, nil)
	c.run(time.Second)
	c.requireMetadata(3, "rack 3")
}

// A restarted member begins without, and its old description goes with its old life.
func TestMetadataIsOfOneLife(t *testing.T) {
	c := formed(t, 5, testConfig(), 43)
	c.describe(3, "old")
	c.run(5 * time.Second)
	c.crash(3)
	c.start(3, c.hosts[3].disk)
	c.run(10 * time.Second)
	c.requireMetadata(3, "")
	c.requireAll(Alive)
}

func TestMetadataIsForgottenWithItsMember(t *testing.T) {
	s, out := alone(Lan())
	s.hear(0, claim(1, Alive, 1), []byte("rack"), out)
	s.hear(0, claim(1, Suspect, 1), nil, out)
	require.Equal(t, "rack", string(s.Metadata(1)), "a suspect has it still")
	s.hear(0, claim(1, Dead, 1), nil, out)
	require.Equal(t, "rack", string(s.Metadata(1)), "and so has a dead member")
	s.Wake(clock.At(s.config.DeadRetention), DeadlineTimer, out)
	require.Nil(t, s.Metadata(1))
	require.Nil(t, s.Metadata(node.Nobody))
}

// Nothing refers to a message after the call that lent it.
func TestNothingIsRetainedOfAMessage(t *testing.T) {
	s, out := alone(Lan())
	m := Message{Kind: Gossip}
	m.add(claim(1, Alive, 1), []byte("rack"))
	m.addBroadcast(Broadcast{Origin: 1, Sequence: 1 << 20}, []byte("hello"))
	s.Receive(0, 3, &m, out)
	mangle(&m)
	require.Equal(t, "rack", string(s.Metadata(1)))
	require.Equal(t, "hello", string(s.TakeBroadcasts()[0].Payload))
	require.Equal(t, "hello", string(s.broadcasts.waiting[0].payload))

	own := []byte("mine")
	require.NoError(t, s.Describe(0, own, out))
	require.True(t, s.Broadcast(0, own, out))
	clear(own)
	require.Equal(t, "mine", string(s.Metadata(0)))
	require.Equal(t, "mine", string(s.broadcasts.waiting[1].payload))
}

// The events name metadata by its hash, so that a checker can tell whether one incarnation has one
// description everywhere.
func TestEventsNameMetadata(t *testing.T) {
	s, out := alone(Lan())
	s.hear(0, claim(1, Alive, 1), []byte("a"), out)
	s.hear(0, claim(1, Alive, 2), []byte("b"), out)
	s.hear(0, claim(1, Alive, 3), nil, out)
	s.hear(0, claim(2, Alive, 1), []byte("a"), out)
	e := out.Events
	require.NotZero(t, e[0].B)
	require.NotEqual(t, e[0].B, e[1].B)
	require.Zero(t, e[2].B)
	require.Equal(t, e[0].B, e[3].B)
	require.NotZero(t, hash(make([]byte, 3)))
	require.NotEqual(t, hash(make([]byte, 3)), hash(make([]byte, 4)))

	out.Reset()
	require.NoError(t, s.Describe(0, []byte("a"), out))
	require.Equal(t, []node.Event{
		{Kind: node.Described, A: uint64(s.Incarnation()), B: e[3].B},
	}, out.Events)
}

func TestMetadataOutOfRangeIsRefused(t *testing.T) {
	for _, preset := range Presets() {
		config, err := Preset(preset)
		require.NoError(t, err)
		s, out := alone(config)
		limit := config.metadataLimit()
		require.LessOrEqual(t, limit, MaxMetadata)
		own := s.Incarnation()
		require.ErrorContains(t, s.Describe(0, make([]byte, limit+1), out), "at most")
		require.Equal(t, own, s.Incarnation())
		require.NoError(t, s.Describe(0, make([]byte, limit), out))

		s.hear(0, claim(1, Alive, 1), make([]byte, limit+1), out)
		require.Equal(t, Unknown, s.State(1), "%s: it could never be passed on", preset)
		s.hear(0, claim(1, Alive, 1), make([]byte, limit), out)
		require.Equal(t, Alive, s.State(1))

		s.Leave(0, out)
		own = s.Incarnation()
		require.NoError(t, s.Describe(0, nil, out))
		require.Equal(t, own, s.Incarnation(), "a member that has gone says nothing new")
	}
	require.Equal(t, MaxMetadata, Lan().metadataLimit())
}

// An update that promises more metadata than there is ends the message: nothing after it can be told
// apart.
func TestHostileMetadataLengths(t *testing.T) {
	long := claim(2, Alive, 1)
	for _, length := range []uint16{3, MaxMetadata, math.MaxUint16} {
		long.MetadataBytes = length
		first := claim(1, Alive, 1)
		first.MetadataBytes = 2
		updates := []Update{first, long, claim(3, Alive, 1)}
		for name, take := range map[string]func(s *Swim, m *Message, out *effects){
			"datagram": func(s *Swim, m *Message, out *effects) { s.Receive(0, 3, m, out) },
			"request": func(s *Swim, m *Message, out *effects) {
				m.Kind = SyncRequest
				require.True(t, s.Serve(0, 3, m, new(Message), out))
			},
			"reply": func(s *Swim, m *Message, out *effects) {
				m.Kind = SyncReply
				s.Returned(0, 3, 1, m, node.OK, out)
			},
		} {
			s, out := alone(Lan())
			take(s, &Message{Kind: Gossip, Updates: updates, Bytes: []byte("abcd")}, out)
			require.Equal(t, "ab", string(s.Metadata(1)), name)
			require.Equal(t, Unknown, s.State(2), name)
			require.Equal(t, Unknown, s.State(3), name)
		}
	}
}
