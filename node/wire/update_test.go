package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// oneUpdate begins a message of gossip with one update, about member 5.
const oneUpdate = "41 04 01  05 "

func TestMalformedUpdatesAreRefused(t *testing.T) {
	const incarnation = " 0000000000000000 "
	const state = "state of an update (0x00 to 0x0c) at byte 4, found "
	const known = "a state from 0x00 to 0x04, or 0x08 more at byte 4, found another"
	const source = "source of an update (uvarint, 0 to 1048575) at byte 13, found "
	const length = "length of metadata (uvarint, 1 to 512) at byte 13, found "
	for digits, reason := range map[string]string{
		"41 04 01  808040 01" + incarnation + "00": "member of an update " +
			"(uvarint, 0 to 1048575) at byte 3, found 1048576",
		oneUpdate + "0d" + incarnation + "00":        state + "0x0d",
		oneUpdate + "05" + incarnation + "00":        known,
		oneUpdate + "07" + incarnation + "00":        known,
		oneUpdate + "0a" + incarnation:               source + "the end of the message",
		oneUpdate + "0a" + incarnation + "808040 00": source + "1048576",
		oneUpdate + "0a" + incarnation + "05 00": "a source other than the member at byte 13, " +
			"found another",
		oneUpdate + "09" + incarnation + "00 00":   length + "0",
		oneUpdate + "09" + incarnation + "8104 00": length + "513",
		oneUpdate + "09" + incarnation + "8100 00": length + "a longer form than needed",
		oneUpdate + "09" + incarnation + "03 6869": "metadata (3 B) at byte 14, found 2 B",
		"41 04 01  8001 02 00000000000000": "incarnation of an update (8 B) " +
			"at byte 6, found 7 B",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestUpdatesOfBadFormHaveNoEncoding(t *testing.T) {
	for broken, u := range map[string]swim.Update{
		"unknown state in an update":             {State: swim.Left + 1},
		"an ID that no node has":                 {Member: node.MaxIDs, State: swim.Left},
		"an alive claim by another member":       {State: swim.Alive, From: 1},
		"metadata of a member that is not alive": {State: swim.Suspect, MetadataBytes: 1},
		"more metadata than a member may have":   {State: swim.Alive, MetadataBytes: 513},
	} {
		requireNoEncoding(t, broken, gossipOf(u, 513))
	}
	requireNoEncoding(t, "an ID that no node has",
		gossipOf(swim.Update{State: swim.Dead, From: node.MaxIDs}, 0))
}

func TestMetadataOfTheGreatestLengthFits(t *testing.T) {
	u := swim.Update{State: swim.Alive, MetadataBytes: swim.MaxMetadata}
	m := gossipOf(u, swim.MaxMetadata)
	require.True(t, requireCanonical(t, wire.Append(nil, &wire.Message{Kind: wire.Swim, Swim: m})))
}

// gossipOf returns a message with one update and that many bytes.
func gossipOf(u swim.Update, bytes int) swim.Message {
	return swim.Message{
		Kind: swim.Gossip, Updates: []swim.Update{u}, Bytes: make([]byte, bytes),
	}
}

// sizeOfUpdate returns by how much an update makes a message longer, without its metadata.
func sizeOfUpdate(u swim.Update) int {
	without := &wire.Message{Kind: wire.Swim, Swim: swim.Message{Kind: swim.Gossip}}
	with := &wire.Message{Kind: wire.Swim, Swim: gossipOf(u, int(u.MetadataBytes))}
	return len(wire.Append(nil, with)) - len(wire.Append(nil, without)) - int(u.MetadataBytes)
}
