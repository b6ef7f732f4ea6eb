package agent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// disconnected returns servers of which the first has been cut off, from its peers and from the
// origins, for long enough to notice.
func disconnected(t *testing.T) (h *hands, s *hand) {
	h = newHands(t, 3, 60)
	h.startAll()
	h.advance(30 * time.Second)
	s = h.all[0]
	s.deaf, s.down = true, true
	h.advance(10 * time.Second)
	require.Equal(t, 1, s.saw(node.NetworkLost))
	require.Zero(t, s.saw(node.NetworkFound))
	return h, s
}

// "That a peer was heard is told to [health] as well [...]: so it can tell an origin that is down
// from a network that is."
func TestWhoHasLostItsNetworkCondemnsNobody(t *testing.T) {
	h, s := disconnected(t)
	h.requireStatus(s, health.Healthy)
	s.deaf, s.down = false, false
	h.advance(time.Minute)
	require.Equal(t, 1, s.saw(node.NetworkFound))
	condemned := valueHash(origin.Value(health.Unhealthy))
	for _, other := range h.all {
		h.requireStatus(other, health.Healthy)
		for _, e := range other.events {
			require.False(t, e.Kind == node.Wrote && e.B == condemned, "server %d wrote %v", other.id, e)
		}
	}
}

// "[Health is told] that there are seeds to hear from: so it can tell an origin that is down from a
// network that is, even a network that was down from the start." Nobody else comes to believe what
// such a server seems to find either, whenever in its turns its network is back.
func TestWhoStartsWithoutANetworkCondemnsNobody(t *testing.T) {
	for turn := range 8 {
		h, s := disconnected(t)
		h.begin(s)
		h.advance(time.Minute + time.Duration(turn)*time.Second)
		require.True(t, s.Ready())
		require.Equal(t, 2, s.saw(node.NetworkLost), "one of each life")
		s.deaf, s.down = false, false
		h.advance(time.Minute)
		for _, other := range h.all {
			h.requireStatus(other, health.Healthy)
			for _, e := range other.events {
				condemned := e.Kind == node.Believed && e.A == uint64(health.Unhealthy)
				require.False(t, condemned, "server %d: %v", other.id, e)
			}
		}
	}
}

// Whatever a peer sends is a sign of the network: a datagram, a request, an answer. That nobody
// answered is none.
func TestWhateverPeersSendIsASignOfTheNetwork(t *testing.T) {
	pull := &wire.Message{Kind: wire.Gossip}
	pull.Gossip.Kind = gossip.Pull
	for name, c := range map[string]struct {
		input func(h *hands, s *hand)
		found bool
	}{
		"datagram": {func(h *hands, s *hand) { s.Receive(h.now, 1, &wire.Message{}, &s.out) }, true},
		"request": {func(h *hands, s *hand) {
			s.Serve(h.now, 1, pull, new(wire.Message), &s.out)
		}, true},
		"answer": {func(h *hands, s *hand) {
			s.Returned(h.now, 1, gossipCall, new(wire.Message), node.OK, &s.out)
		}, true},
		"no answer": {func(h *hands, s *hand) {
			s.Returned(h.now, 1, gossipCall, nil, node.Timeout, &s.out)
		}, false},
		"refusal": {func(h *hands, s *hand) {
			s.Returned(h.now, 1, gossipCall, nil, node.Refused, &s.out)
		}, true},
	} {
		h, s := disconnected(t)
		c.input(h, s)
		h.settle()
		require.Equal(t, c.found, s.saw(node.NetworkFound) > 0, name)
	}
}
