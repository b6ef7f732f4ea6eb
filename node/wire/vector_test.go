package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/wire"
)

func TestMalformedVectorsAreRefused(t *testing.T) {
	const boot = "a boot of at most 44 bits at byte 3, found another"
	const order = "an actor above the previous one at byte 10, found another"
	for digits, reason := range map[string]string{
		"22": "number of versions (uvarint, 0 to 18446744073709551615) at byte 1, " +
			"found the end of the message",
		"22 01  00 000000000000": "number of versions (at most 0 in 7 B) at byte 1, found 1",
		"22 01  808040 000000000000 01": "distance to the previous node (uvarint, 0 to 1048575) " +
			"at byte 2, found 1048576",
		"22 02  ffff3f 000000000000 01  01 000000000000 01": "distance to the previous node " +
			"(uvarint, 0 to 0) at byte 12, found 1",
		"22 01  8000 000000000000 01": "distance to the previous node (uvarint, 0 to 1048575) " +
			"at byte 2, found a longer form than needed",
		"22 01  ffff3f 0000000000":                      "boot (6 B) at byte 5, found 5 B",
		"22 01  00 100000000000 01":                     boot,
		"22 02  05 000000000009 01  00 000000000009 01": order,
		"22 02  05 000000000009 01  00 000000000008 01": order,
		"22 01  00 000000000000 00": "seq of a version (uvarint, 1 to 18446744073709551615) " +
			"at byte 9, found 0",
		"22 01  00 000000000000 ffffffffffffffffff02": "seq of a version " +
			"(uvarint, 1 to 18446744073709551615) at byte 9, found more than 64 bits",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestVectorsOfBadFormHaveNoEncoding(t *testing.T) {
	for broken, since := range map[string]crdt.VersionVector{
		"seq 0 in a vector":               {{Actor: 1}},
		"actors of a vector out of order": {{Actor: 1, Seq: 1}, {Actor: 1, Seq: 2}},
	} {
		require.PanicsWithValue(t, "wire: message of bad form: "+broken, func() {
			wire.Append(nil, &wire.Message{Kind: wire.Pull, Since: since})
		})
	}
}

func TestTheFarthestActorsFit(t *testing.T) {
	last := crdt.NewActor(node.MaxIDs-1, 1<<44-1)
	since := crdt.VersionVector{{Actor: 0, Seq: 1}, {Actor: last, Seq: 1<<64 - 1}}
	b := wire.Append(nil, &wire.Message{Kind: wire.Pull, Since: since})
	require.True(t, requireCanonical(t, b))
}

// "pull: 9 B for each life of a node that wrote 128 to 16383 times"; header and count take 2 more.
func TestTypicalSizeOfAPull(t *testing.T) {
	require.Equal(t, 1+1+64*9, wire.Size(pullOf(64, 1000)))
}

// pullOf returns the pull of a replica that knows one life of each of some nodes.
func pullOf(nodes node.ID, seq uint64) *wire.Message {
	m := &wire.Message{Kind: wire.Pull}
	for id := range nodes {
		m.Since.Advance(crdt.Dot{Actor: crdt.NewActor(id, 1_767_225_600_000), Seq: seq})
	}
	return m
}
