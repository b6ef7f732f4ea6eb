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
		"11":                "kind of swim message (1 B) at byte 1, found 0 B",
		"11 00 00 00 00 00": "kind of swim message (0x01 to 0x06) at byte 1, found 0x00",
		"11 07 00 00 00 00": "kind of swim message (0x01 to 0x06) at byte 1, found 0x07",
		"11 01 8000 00 00 00": "sequence (uvarint, 0 to 4294967295) at byte 2, " +
			"found a longer form than needed",
		"11 01 8080808010 00 00 00": "sequence (uvarint, 0 to 4294967295) at byte 2, " +
			"found 4294967296",
		"11 01 00 ffffffffffffffffff02 00 00": "origin (uvarint, 0 to 4294967295) at byte 3, " +
			"found more than 64 bits",
		"11 01 00 00 80": "target (uvarint, 0 to 4294967295) at byte 4, " +
			"found the end of the message",
		"11 04 00 00 00 01  00 01 00 00000000000000": "number of updates (at most 0 in 10 B) " +
			"at byte 5, found 1",
		"11 04 00 00 00 01  00 05 00 0000000000000000": "state of an update (0x00 to 0x04) " +
			"at byte 7, found 0x05",
		"11 04 00 00 00 01  8001 01 00 00000000000000": "incarnation of an update (8 B) " +
			"at byte 10, found 7 B",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestSwimMessagesOfBadFormHaveNoEncoding(t *testing.T) {
	const prefix = "wire: message of bad form: "
	noKind := &wire.Message{Kind: wire.Swim}
	require.PanicsWithValue(t, prefix+"unknown kind of swim message", func() {
		wire.Append(nil, noKind)
	})
	badState := goldenSwim()
	badState.Swim.Updates[0].State = swim.Left + 1
	require.PanicsWithValue(t, prefix+"unknown state in an update", func() {
		wire.Append(nil, badState)
	})
}

// "Typical sizes, for IDs from 128 to 16383 and an incarnation of any clock".
func TestTypicalSizesOfSwimMessages(t *testing.T) {
	ping := pingWithUpdates(0)
	require.Equal(t, 12, wire.Size(ping), "ping without updates")
	ping.Swim.Updates = pingWithUpdates(swim.DefaultConfig().MaxUpdates).Swim.Updates
	require.Equal(t, 116, wire.Size(ping), "the default of at most 8 updates")
}

// "node.Nobody ... as an origin or target it takes 5 bytes".
func TestNobodyTakesFiveBytes(t *testing.T) {
	named, nameless := goldenSync(), goldenSync()
	nameless.Swim.Origin = node.Nobody
	require.Equal(t, wire.Size(named)-1+5, wire.Size(nameless))
}

// pingWithUpdates returns a ping as members send it to each other in a group of a few thousand.
func pingWithUpdates(count int) *wire.Message {
	m := &wire.Message{Kind: wire.Swim, Swim: swim.Message{
		Kind: swim.Ping, Sequence: math.MaxUint32 - 1, Origin: 128, Target: 16383,
	}}
	for i := range count {
		member := node.ID(200 + i)
		m.Swim.Updates = append(m.Swim.Updates, swim.Update{
			Member: member, State: swim.Alive, From: member, Incarnation: 1_767_225_600_000 << 20,
		})
	}
	return m
}
