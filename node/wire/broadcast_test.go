package wire_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// oneBroadcast begins a message of gossip with one broadcast, up to the length of its payload.
const oneBroadcast = "41 04 00 01  05 0000000000000001 "

func TestMalformedBroadcastsAreRefused(t *testing.T) {
	const length = "length of a payload (uvarint, 0 to 512) at byte 13, found "
	for digits, reason := range map[string]string{
		"41 04 00": "number of broadcasts (uvarint, 0 to 18446744073709551615) " +
			"at byte 3, found the end of the message",
		"41 04 00 01  05 0000000000000001": "number of broadcasts (at most 0 in 9 B) " +
			"at byte 3, found 1",
		"41 04 00 01  808040 0000000000000001 00": "origin of a broadcast " +
			"(uvarint, 0 to 1048575) at byte 4, found 1048576",
		"41 04 00 01  8001 0000000000000001": "length of a payload (uvarint, 0 to 512) " +
			"at byte 14, found the end of the message",
		oneBroadcast + "8104":    length + "513",
		oneBroadcast + "8000":    length + "a longer form than needed",
		oneBroadcast + "03 6869": "payload (3 B) at byte 14, found 2 B",
		oneBroadcast + "00 00":   "the end of the message at byte 14, found 1 more B",
	} {
		requireRefused(t, digits, reason)
	}
}

// "MaxDatagramUpdates bounds the updates read from one datagram ... and MaxDatagramBroadcasts the
// broadcasts" (swim/config.go).
func TestBroadcastsBeyondThoseOfADatagramAreRefused(t *testing.T) {
	const none = "00 0000000000000001 00"
	const most = swim.MaxDatagramBroadcasts
	require.True(t, requireCanonical(t, unhex("41 04 00 ff01"+strings.Repeat(none, most))))
	requireRefused(t, "41 04 00 8002"+strings.Repeat(none, most+1),
		"no more broadcasts than a datagram has at byte 3, found another")
}

func TestBroadcastsOfBadFormHaveNoEncoding(t *testing.T) {
	for broken, c := range map[string]swim.Broadcast{
		"an ID that no node has":                 {Origin: node.Nobody, PayloadBytes: 512},
		"more payload than a broadcast may have": {PayloadBytes: 513},
	} {
		requireNoEncoding(t, broken, gossipWith(c))
	}
}

// "a broadcast 11 B and its payload".
func TestTypicalSizeOfABroadcast(t *testing.T) {
	require.Equal(t, 11, sizeOfBroadcast(swim.Broadcast{Origin: 200, PayloadBytes: 100}))
}

// gossipWith returns a message with one broadcast.
func gossipWith(c swim.Broadcast) swim.Message {
	return swim.Message{
		Kind: swim.Gossip, Broadcasts: []swim.Broadcast{c}, Bytes: make([]byte, c.PayloadBytes),
	}
}

// sizeOfBroadcast returns by how much a broadcast makes a message longer, without its payload.
func sizeOfBroadcast(c swim.Broadcast) int {
	without := &wire.Message{Kind: wire.Swim, Swim: swim.Message{Kind: swim.Gossip}}
	with := &wire.Message{Kind: wire.Swim, Swim: gossipWith(c)}
	return len(wire.Append(nil, with)) - len(wire.Append(nil, without)) - int(c.PayloadBytes)
}
