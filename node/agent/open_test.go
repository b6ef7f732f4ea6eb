package agent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/swim"
)

// "In an open group nobody knows who there is: all servers are those that have been heard of since
// this one started": of six numbers three are servers, and a life is retired when these are there,
// but not while one of them is dead.
func TestInAnOpenGroupOnlyThoseHeardOfAreWaitedFor(t *testing.T) {
	h := newHands(t, 6, 10)
	h.config.OpenGroup = true
	for id := range node.ID(3) {
		h.start(id)
	}
	h.advance(retires)
	last := h.restart(1)
	h.advance(retires)
	h.requireRetired(last, true)

	h.die(2)
	last = h.restart(1)
	h.all[1].deaf = true // has not heard of 2, and would retire on its own
	h.advance(retires)
	h.requireRetired(last, false)
	h.all[1].deaf = false
	h.start(2)
	h.advance(2 * retires)
	h.requireRetired(last, true)
}

// What a server says of itself is to be read at all others, and so is a later word of it.
func TestServersDescribeThemselves(t *testing.T) {
	h := newHands(t, 3, 1)
	h.startAll()
	for _, word := range []string{"first", "second"} {
		s := h.all[0]
		require.NoError(t, s.Describe(h.now, []byte(word), &s.out))
		h.settle()
		h.advance(retires)
		for _, other := range h.all {
			state, as, metadata := other.Member(0)
			require.Equal(t, swim.Alive, state)
			require.Equal(t, s.swim.Incarnation(), as)
			require.Equal(t, word, string(metadata))
		}
	}
	err := h.all[1].Describe(h.now, make([]byte, swim.MaxMetadata+1), &h.all[1].out)
	require.ErrorContains(t, err, "metadata of 513 bytes")
	require.Equal(t, 3, h.all[1].Members())
}

// "Define adds one more way of checking to those that registrations name by number."
func TestOriginsAreRegisteredByADefinitionThatCameLater(t *testing.T) {
	h := newOperated(t, 3, 10)
	d := health.DefaultDefinition()
	d.Pool = 2
	for _, s := range h.all {
		number, err := s.Define(d)
		require.NoError(t, err)
		require.EqualValues(t, 2, number)
	}
	h.register(0, 10, 2)
	h.advance(retires)
	h.requireKnown(10, 2, true)
	for _, s := range h.all {
		claim := s.Claim(10)
		require.Equal(t, health.Healthy, claim.Status)
		require.Equal(t, claim.Claimant == s.id, s.Checking(10))
		require.True(t, s.Routed(10))
		require.False(t, s.Panicking(2))
	}
}
