package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/wire"
)

func TestMalformedKindsOfGossipAreRefused(t *testing.T) {
	const kind = "kind of gossip (0x01 to 0x75) at byte 1, found "
	const none = "a kind of gossip that there is at byte 1, found another"
	const nothing = "a delta that brings something at byte 1, found another"
	requireRefused(t, "42", "kind of gossip (1 B) at byte 1, found 0 B")
	requireRefused(t, "42 00", kind+"0x00")
	requireRefused(t, "42 76", kind+"0x76")
	for _, digits := range []string{
		"42 06", "42 10", "42 0f", // no such kind
		"42 11 00 00", "42 22 00 00", "42 43 00 00", // requests with more than a context
		"42 44",    // a whole of nothing
		"42 15 00", // a push has a delta anyway
		"42 25 00", // and lacks nothing
	} {
		requireRefused(t, digits, none)
	}
	requireRefused(t, "42 14 00 000000000000 00 00", nothing)
	requireRefused(t, "42 54 00 000000000000 00 00 00", nothing)
}

func TestGossipOfBadFormHasNoEncoding(t *testing.T) {
	for broken, spoil := range map[string]func(*wire.Message){
		"unknown kind of gossip message": func(m *wire.Message) { m.Gossip.Kind = 6 },
		"a lack that is no answer":       func(m *wire.Message) { m.Gossip.Kind = gossip.Push },
		"a whole of nothing":             func(m *wire.Message) { m.Gossip.Delta.Versions = nil },
		"a horizon of a part":            func(m *wire.Message) { m.Gossip.Delta.Whole = false },
	} {
		m := goldenWhole()
		m.Gossip.Lacks = true
		spoil(m)
		requireNoGossip(t, broken, m)
	}
	requireNoGossip(t, "unknown kind of gossip message", gossipOfKind(0))
}

// "answer to an idle pull: 2 B", and the Since of a push is weighed.
func TestTypicalSizesOfGossip(t *testing.T) {
	require.Equal(t, 2, wire.Size(gossipOfKind(gossip.Answer)), "answer to an idle pull")
	push := goldenPush()
	with := wire.Size(push)
	push.Gossip.Delta.Since = crdt.CausalContext{}
	require.Equal(t, 8, with-wire.Size(push))
}
