package agent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
)

// newOperated returns started servers with a number of configured origins, room for two more, and a
// second definition.
func newOperated(t *testing.T, servers, configured int) *hands {
	h := newHands(t, servers, configured+2)
	h.config.Configured = h.config.Configured[:configured]
	second := h.config.Health.Definitions[0]
	second.Rise, second.Pool = 1, 1
	h.config.Health.Definitions = append(h.config.Health.Definitions, second)
	h.startAll()
	h.advance(20 * time.Second)
	return h
}

// register and unregister are what operators do at one server.
func (h *hands) register(at node.ID, o uint32, definition uint16) {
	h.all[at].Register(h.now, o, definition, &h.all[at].out)
	h.settle()
}

func (h *hands) unregister(at node.ID, o uint32) {
	h.all[at].Unregister(h.now, o, &h.all[at].out)
	h.settle()
}

// requireKnown demands that every server knows the origin, by the definition, or that none does.
func (h *hands) requireKnown(o uint32, definition uint16, known bool) {
	h.checkReadings()
	for _, s := range h.all {
		by, is := s.Known(o)
		require.Equal(h.t, known, is, "server %d", s.id)
		require.True(h.t, !known || by == definition, "server %d: by %d", s.id, by)
	}
}

// "a registration at any server adds an origin [...], a removal takes one away, and both travel
// with the map."
func TestOriginsComeAndGo(t *testing.T) {
	h := newOperated(t, 3, 10)
	h.requireKnown(10, 0, false)
	require.Zero(t, h.all[0].saw(node.OriginLearned), "nobody learns of what is configured")
	h.register(0, 10, 1)
	h.advance(20 * time.Second)
	h.requireKnown(10, 1, true)
	require.Equal(t, 1, h.checking()[10])
	for _, s := range h.all {
		require.Equal(t, health.Healthy, s.Status(10))
		require.Contains(t, s.events, node.Event{Kind: node.OriginLearned, Subject: 10, A: 1})
	}

	h.unregister(1, 10)
	h.advance(20 * time.Second)
	h.requireKnown(10, 0, false)
	require.Zero(t, h.checking()[10])
	for _, s := range h.all {
		require.Equal(t, 1, s.saw(node.OriginForgotten))
		require.Empty(t, s.store.AppendSiblings(nil, origin.Registration(10)))
		require.Empty(t, s.store.AppendSiblings(nil, origin.Result(10)), "an orphan")
		require.Equal(t, health.Unknown, s.Status(10))
	}
}

// "... or changes how it is checked", and nothing about what is known of it.
func TestAChangedDefinitionKeepsTheStatus(t *testing.T) {
	h := newOperated(t, 3, 10)
	h.register(2, 4, 1)
	h.advance(10 * time.Second)
	h.requireKnown(4, 1, true)
	require.Equal(t, 1, h.checking()[4])
	for _, s := range h.all {
		require.Equal(t, health.Healthy, s.Status(4))
		require.Equal(t, 1, s.saw(node.OriginLearned))
		require.Zero(t, s.saw(node.OriginForgotten))
	}
}

// "an origin that all servers are configured with needs none [...]. Hence a removal has a value"
// (package origin): whoever starts again with the old configuration learns of it.
func TestTheRemovalOfAConfiguredOriginStays(t *testing.T) {
	h := newOperated(t, 3, 10)
	h.unregister(0, 4)
	h.advance(20 * time.Second)
	h.requireKnown(4, 0, false)
	s := h.start(1)
	_, known := s.Known(4)
	require.True(t, known, "by its configuration")
	h.advance(10 * time.Second)
	h.requireKnown(4, 0, false)
	h.register(1, 4, 0)
	h.advance(20 * time.Second)
	h.requireKnown(4, 0, true)
	require.Equal(t, 1, h.checking()[4])
}

// "Of a registration and a removal that did not know of each other the registration survives", be
// the origin configured or not.
func TestARegistrationSurvivesAConcurrentRemoval(t *testing.T) {
	for _, o := range []uint32{4, 10} {
		h := newOperated(t, 3, 10)
		h.register(0, o, 0)
		h.advance(10 * time.Second)
		h.all[2].deaf = true
		h.unregister(0, o)
		h.register(2, o, 0)
		h.advance(5 * time.Second)
		_, known := h.all[1].Known(o)
		require.False(t, known)
		h.all[2].deaf = false
		h.advance(time.Minute)
		h.requireKnown(o, 0, true)
		require.Positive(t, h.checking()[o])
	}
}

// "Of several registrations the one counts whose server ranks first."
func TestOfConcurrentRegistrationsTheFirstInRankCounts(t *testing.T) {
	h := newOperated(t, 3, 10)
	h.all[2].deaf = true
	h.register(2, 10, 1)
	h.register(0, 10, 0)
	h.all[2].deaf = false
	h.advance(20 * time.Second)
	want, p := uint16(0), h.config.Placement
	if p.Score(10, 2) > p.Score(10, 0) {
		want = 1
	}
	h.requireKnown(10, want, true)
}

// "What does not exist, origin or definition, is not written"; nor what is not there removed.
func TestWhatDoesNotExistIsNotRegistered(t *testing.T) {
	h := newOperated(t, 2, 10)
	s := h.all[0]
	before := s.Digest()
	for _, o := range []uint32{12, origin.MaxOrigins - 1, origin.MaxOrigins, 1<<32 - 1} {
		s.Register(h.now, o, 0, &s.out)
		s.Unregister(h.now, o, &s.out)
	}
	s.Register(h.now, 4, 2, &s.out)
	s.Register(h.now, 4, 1<<16-1, &s.out)
	s.Unregister(h.now, 10, &s.out)
	require.Equal(t, before, s.Digest())
	require.False(t, s.hasEffects())
}

// "A map without any [results] means that the whole cluster is starting", be there registrations.
func TestARegistrationIsNoReasonToBegin(t *testing.T) {
	h := newHands(t, 3, 11)
	h.config.Configured = h.config.Configured[:10]
	for id := range node.ID(3) {
		h.start(id)
	}
	h.register(0, 10, 0)
	h.advance(3 * h.config.Gossip.Period)
	for _, s := range h.all {
		require.Positive(t, s.saw(node.OriginLearned))
		require.False(t, s.Ready())
	}
	h.advance(h.config.JoinGrace)
	for _, s := range h.all {
		require.True(t, s.Ready())
	}
}
