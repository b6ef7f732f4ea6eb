package swim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

func TestViews(t *testing.T) {
	s, out := alone(DefaultConfig())
	for _, id := range []node.ID{7, 3, 5, 9} {
		s.hear(0, claim(id, Alive, 1), nil, out)
	}
	s.hear(0, claim(3, Suspect, 1), nil, out)
	s.hear(0, claim(9, Dead, 1), nil, out)
	require.Equal(t, []node.ID{0, 3, 5, 7}, s.AliveMembers(nil))
	require.Equal(t, 4, s.Len())
	require.Equal(t, node.ID(0), s.Self())
	require.True(t, s.Alive(3), "a suspect is still in the group")
	require.False(t, s.Alive(9))
	require.False(t, s.Alive(1<<19))

	rand, drawn := rng.New(1), make(map[node.ID]int)
	for range 300 {
		id, found := s.RandomAlive(&rand)
		require.True(t, found)
		drawn[id]++
	}
	require.Len(t, drawn, 3, "3, 5 and 7")
	require.NotContains(t, drawn, node.ID(0))

	peers := []node.ID{s.Peer(0), s.Peer(1), s.Peer(2)}
	require.ElementsMatch(t, []node.ID{3, 5, 7}, peers)
	require.Equal(t, 3, s.Count())

	lonely, _ := alone(DefaultConfig())
	require.Zero(t, lonely.Count())
	_, found := lonely.RandomAlive(&rand)
	require.False(t, found)
	require.True(t, lonely.Joined(), "there is nobody to join")
}

func TestNewRefusesNonsense(t *testing.T) {
	require.Panics(t, func() { New(Config{}, 0, rng.New(1)) })
	require.Panics(t, func() { New(DefaultConfig(), 1<<14, rng.New(1)) })
}

func TestNames(t *testing.T) {
	require.Equal(t, "suspect", Suspect.String())
	require.Equal(t, "state?", State(99).String())
}

func TestMessageReset(t *testing.T) {
	m := Message{Kind: Ack, Sequence: 1, Origin: 2, Target: 3, Updates: make([]Update, 4)}
	m.Reset()
	require.Equal(t, 4, cap(m.Updates))
	require.Empty(t, m.Updates)
	m.Updates = nil
	require.Equal(t, Message{}, m)
}
