package agent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/rng"
)

// chosen counts to which of some origins a server's next requests of pool 0 go.
func (s *hand) chosen(origins int) []int {
	luck := rng.New(1)
	counts := make([]int, origins)
	for range 100 * origins {
		if o, ok := s.Choose(0, &luck); ok {
			counts[o]++
		}
	}
	return counts
}

// "routing decides, from what this server believes of the origins, to which its requests go": from
// the first moment on to all it is configured with.
func TestRequestsAvoidWhatIsBelievedDown(t *testing.T) {
	h := newHands(t, 3, 10)
	s := h.start(0)
	require.NotContains(t, s.chosen(10), 0)
	h.take(s, written{1, 9, health.Unhealthy})
	require.Contains(t, s.out.Events, node.Event{Kind: node.Routed, Subject: 3})
	counts := s.chosen(10)
	require.Zero(t, counts[3])
	require.Positive(t, counts[4])
}

// "What nobody has judged yet is what its definition has it start as."
func TestRequestsAvoidWhatIsToStartUnhealthy(t *testing.T) {
	h := newHands(t, 1, 10)
	cautious := h.config.Health.Definitions[0]
	cautious.Initial = health.Unhealthy
	h.config.Health.Definitions = append(h.config.Health.Definitions, cautious)
	h.config.Configured[3] = 1
	s := h.start(0)
	require.Zero(t, s.chosen(10)[3])
	require.Equal(t, health.Unknown, s.Status(3), "it is a way of routing and no belief")
	h.advance(h.config.JoinGrace + 10*time.Second)
	require.Equal(t, health.Healthy, s.Status(3))
	h.advance(time.Minute)
	require.Positive(t, s.chosen(10)[3])
}

// An origin that comes, changes its pool or goes does so for requests as well.
func TestRequestsFollowRegistrations(t *testing.T) {
	h := newOperated(t, 2, 10)
	s := h.all[1]
	h.unregister(0, 4)
	h.register(0, 5, 1)
	h.register(0, 10, 0)
	h.advance(10 * time.Second)
	counts := s.chosen(12)
	require.Zero(t, counts[4]+counts[5])
	require.Positive(t, counts[10])
	luck := rng.New(1)
	only, ok := s.Choose(1, &luck)
	require.True(t, ok)
	require.Equal(t, uint32(5), only)
}
