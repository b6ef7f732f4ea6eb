package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/wire"
)

func TestMalformedVectorsAreRefused(t *testing.T) {
	const boot = "a boot of at most 44 bits at byte 4, found another"
	const order = "an actor above the previous one at byte 11, found another"
	const seq = "seq of a version (uvarint, 0 to 18446744073709551614) at byte 10, found "
	const distance = "distance to the previous node (uvarint, 0 to 1048575) at byte 3, found "
	for digits, reason := range map[string]string{
		"42 01": "number of versions (uvarint, 0 to 18446744073709551615) at byte 2, " +
			"found the end of the message",
		"42 01 01  00 000000000000":         "number of versions (at most 0 in 7 B) at byte 2, found 1",
		"42 01 01  808040 000000000000 01":  distance + "1048576",
		"42 01 01  8000 000000000000 01 00": distance + "a longer form than needed",
		"42 01 02  ffff3f 000000000000 01  01 000000000000 01": "distance to the previous node " +
			"(uvarint, 0 to 0) at byte 13, found 1",
		"42 01 01  ffff3f 0000000000":                         "boot (6 B) at byte 6, found 5 B",
		"42 01 01  00 100000000000 01":                        boot,
		"42 01 02  05 000000000009 01  00 000000000009 01 00": order,
		"42 01 02  05 000000000009 01  00 000000000008 01 00": order,
		"42 01 01  00 000000000000 ffffffffffffffffff02 00":   seq + "more than 64 bits",
		"42 01 01  00 000000000000 ffffffffffffffffff01 00":   seq + "18446744073709551615",
		"42 01 01  00 000000000000 01  00 00": "the end of the message " +
			"at byte 12, found 1 more B",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestMalformedCloudsAreRefused(t *testing.T) {
	const order = "a dot above the previous one at byte 12, found another"
	const seq = "seq of a dot in a cloud (uvarint, 1 to 18446744073709551614) at byte 11, found "
	for digits, reason := range map[string]string{
		"42 01 00": "number of dots in a cloud (uvarint, 0 to 18446744073709551615) at byte 3, " +
			"found the end of the message",
		"42 01 00 01  00 000000000000": "number of dots in a cloud (at most 0 in 7 B) at byte 3, " +
			"found 1",
		"42 01 00 01  00 000000000000 00":                     seq + "0",
		"42 01 00 02  05 000000000009 02  00 000000000009 02": order,
		"42 01 00 02  05 000000000009 02  00 000000000009 01": order,
		"42 01 00 02  05 000000000009 02  00 000000000008 03": order,
		"42 01 00 01  00 000000000000 ffffffffffffffffff01":   seq + "18446744073709551615",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestContextsOfBadFormHaveNoEncoding(t *testing.T) {
	for broken, seen := range map[string]crdt.CausalContext{
		"seq 0 in a vector": {Vector: crdt.VersionVector{{Actor: 1}}},
		"actors of a vector out of order": {
			Vector: crdt.VersionVector{{Actor: 1, Seq: 1}, {Actor: 1, Seq: 2}},
		},
		"a dot of a cloud that is no write": {Cloud: []crdt.Dot{{Actor: 1, Seq: crdt.Retired}}},
		"dots of a cloud out of order":      {Cloud: []crdt.Dot{{Actor: 1, Seq: 2}, {Actor: 1, Seq: 2}}},
	} {
		m := &wire.Message{Kind: wire.Gossip}
		m.Gossip.Kind, m.Gossip.Seen = gossip.Pull, seen
		requireNoGossip(t, broken, m)
	}
}

func TestTheFarthestActorsFit(t *testing.T) {
	last := crdt.NewActor(node.MaxIDs-1, 1<<44-1)
	m := pullOf(0, 0)
	m.Gossip.Seen.Vector = crdt.VersionVector{{Actor: 0, Seq: 1}, {Actor: last, Seq: 1<<64 - 2}}
	m.Gossip.Seen.Cloud = []crdt.Dot{{Actor: last - 1, Seq: 1}, {Actor: last, Seq: 1<<64 - 2}}
	require.True(t, requireCanonical(t, wire.Append(nil, m)))
}

// "seq ... 0 for a life that is retired".
func TestRetiredLivesTakeOneByte(t *testing.T) {
	m, retired := pullOf(1, 1), pullOf(1, 1)
	retired.Gossip.Seen.Vector[0].Seq = crdt.Retired
	require.Equal(t, wire.Size(m), wire.Size(retired))
	require.True(t, requireCanonical(t, wire.Append(nil, retired)))
	var received wire.Message
	require.NoError(t, wire.Parse(wire.Append(nil, retired), &received))
	require.Equal(t, retired, &received)
}

// "pull: 9 B for each life of a node that wrote 128 to 16383 times"; the rest takes 4 more.
func TestTypicalSizeOfAPull(t *testing.T) {
	require.Equal(t, 4+64*9, wire.Size(pullOf(64, 1000)))
}

// "an idle pull at 64 servers stays under 1.5 KiB" (issue 3/6), request and answer together: 582 B
// when each server has lived once, and with millions of writes by each, the second life of it and
// an earlier one that is retired, 1159 B.
func TestAnIdlePullIsSmall(t *testing.T) {
	answer := &wire.Message{Kind: wire.Gossip}
	answer.Gossip.Kind = gossip.Answer
	once, restarted := pullOf(64, 1000), pullOf(64, 1<<21-1)
	for id := range node.ID(64) {
		earlier := crdt.NewActor(id, 1_767_225_000_000)
		restarted.Gossip.Seen.Vector.Advance(crdt.Dot{Actor: earlier, Seq: crdt.Retired})
	}
	require.Len(t, restarted.Gossip.Seen.Vector, 2*64)
	require.Equal(t, 582, wire.Size(once)+wire.Size(answer))
	require.Equal(t, 1159, wire.Size(restarted)+wire.Size(answer))
	require.Less(t, wire.Size(restarted)+wire.Size(answer), 3<<9)
}

// pullOf returns the pull of a replica that knows one life of each of some nodes.
func pullOf(nodes node.ID, seq uint64) *wire.Message {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = gossip.Pull
	for id := range nodes {
		dot := crdt.Dot{Actor: crdt.NewActor(id, 1_767_225_600_000), Seq: seq}
		m.Gossip.Seen.Vector.Advance(dot)
	}
	return m
}
