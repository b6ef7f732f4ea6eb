package wire_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

func TestMalformedSwimMessagesAreRefused(t *testing.T) {
	for digits, reason := range map[string]string{
		"41":                   "kind of swim message (1 B) at byte 1, found 0 B",
		"41 00 00 00 00 00 00": "kind of swim message (0x01 to 0x07) at byte 1, found 0x00",
		"41 08 00 00 00 00 00": "kind of swim message (0x01 to 0x07) at byte 1, found 0x08",
		"41 01 8000 00 00 00 00": "sequence (uvarint, 0 to 4294967295) at byte 2, " +
			"found a longer form than needed",
		"41 01 8080808010 00 00 00 00": "sequence (uvarint, 0 to 4294967295) at byte 2, " +
			"found 4294967296",
		"41 01 00 ffffffffffffffffff02 00 00 00": "origin (uvarint, 0 to 1048575) at byte 3, " +
			"found more than 64 bits",
		"41 01 00 808040 00 00 00": "origin (uvarint, 0 to 1048575) at byte 3, found 1048576",
		"41 01 00 00 808040 00 00": "target (uvarint, 0 to 1048575) at byte 4, found 1048576",
		"41 01 00 00 80": "target (uvarint, 0 to 1048575) at byte 4, " +
			"found the end of the message",
		"41 04": "number of updates (uvarint, 0 to 18446744073709551615) at byte 2, " +
			"found the end of the message",
		"41 04 01  00 01 00000000000000": "number of updates (at most 0 in 9 B) at byte 2, found 1",
		"41 05 00000000000000":           "digest (8 B) at byte 2, found 7 B",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestSwimMessagesOfBadFormHaveNoEncoding(t *testing.T) {
	for broken, m := range map[string]swim.Message{
		"unknown kind of swim message": {Kind: swim.Nack + 1},
		"an ID that no node has":       {Kind: swim.Ping, Origin: node.MaxIDs},
		"more broadcasts than a datagram has": {
			Kind: swim.Gossip, Broadcasts: make([]swim.Broadcast, 256),
		},
		"fewer bytes than the updates and broadcasts claim": {
			Kind: swim.Gossip, Broadcasts: []swim.Broadcast{{PayloadBytes: 3}}, Bytes: []byte("hi"),
		},
		"bytes of no update and no broadcast":    {Kind: swim.Gossip, Bytes: []byte("hi")},
		"sequence, origin or target of no probe": {Kind: swim.Gossip, Target: 1},
		"a digest of no table":                   {Kind: swim.Ping, Digest: 1},
	} {
		requireNoEncoding(t, broken, m)
	}
	requireNoEncoding(t, "unknown kind of swim message", swim.Message{})
	requireNoEncoding(t, "an ID that no node has",
		swim.Message{Kind: swim.Ping, Target: node.Nobody})
}

// requireNoEncoding demands that Append panics for this reason.
func requireNoEncoding(t *testing.T, broken string, m swim.Message) {
	t.Helper()
	require.PanicsWithValue(t, "wire: message of bad form: "+broken, func() {
		wire.Append(nil, &wire.Message{Kind: wire.Swim, Swim: m})
	})
}

// "Typical sizes, for IDs from 128 to 16383 and an incarnation of any clock".
func TestTypicalSizesOfSwimMessages(t *testing.T) {
	require.Equal(t, 13, wire.Size(pingWithUpdates(0)), "ping without news")
	require.Equal(t, 12, wire.Size(tableOf(0, 0)), "digest of a table")
	require.Equal(t, 11, sizeOfUpdate(swim.Update{Member: 200, State: swim.Alive, From: 200}))
	require.Equal(t, 13, sizeOfUpdate(swim.Update{Member: 200, State: swim.Suspect, From: 300}))
	require.Equal(t, 100*11, wire.Size(tableOf(100, 0))-wire.Size(tableOf(0, 0)))
	require.Equal(t, 100*(12+32), wire.Size(tableOf(100, 32))-wire.Size(tableOf(0, 0)))
}

// pingWithUpdates returns a ping as members send it to each other in a group of a few thousand.
func pingWithUpdates(count int) *wire.Message {
	m := tableOf(count, 0)
	m.Swim.Kind, m.Swim.Sequence = swim.Ping, math.MaxUint32-1
	m.Swim.Origin, m.Swim.Target = 128, 16383
	return m
}

// tableOf returns the table of a group whose members have that much metadata each.
func tableOf(members int, metadataBytes uint16) *wire.Message {
	m := &wire.Message{Kind: wire.Swim, Swim: swim.Message{Kind: swim.SyncReply}}
	for id := range node.ID(members) {
		m.Swim.Updates = append(m.Swim.Updates, swim.Update{
			Member: 200 + id, State: swim.Alive, From: 200 + id,
			Incarnation: 1_767_225_600_000 << 20, MetadataBytes: metadataBytes,
		})
	}
	m.Swim.Bytes = append(m.Swim.Bytes, make([]byte, members*int(metadataBytes))...)
	return m
}
