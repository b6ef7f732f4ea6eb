package wire_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// twoVersions begins an answer of one entry from a replica at 0.0:2 and 1.0:9, and ends with its
// key.
const twoVersions = "42 14  00 000000000000  02  00 000000000000 02  01 000000000000 09  01 04 "

func TestMalformedContextsAreRefused(t *testing.T) {
	const dots = "1 dot in a context at byte "
	const actor = "actor of a dot (uvarint, 0 to 2) at byte "
	const order = "an actor above the previous one at byte "
	const seq = "seq of a dot (uvarint, 1 to 18446744073709551614) at byte "
	const known = "an actor without a version at byte "
	for digits, reason := range map[string]string{
		twoVersions + "00 00 00 00":                   dots + "28, found another",
		twoVersions + "01 03 01 00":                   actor + "29, found 3",
		twoVersions + "02 02 01 01 01 00":             order + "31, found another",
		twoVersions + "02 02 01 02 01 00":             order + "31, found another",
		twoVersions + "01 01 00 00":                   seq + "30, found 0",
		twoVersions + "01 01 ffffffffffffffffff01 00": seq + "30, found 18446744073709551615",
		twoVersions + "01 00 00 000000000000 01 00":   known + "29, found another",
	} {
		requireRefused(t, digits, reason)
	}
}

// "stranger stands for an actor that the delta's versions do not have, and precedes its name": as
// in answers that were cut short, which also hold dots beyond the versions.
func TestDotsBeyondTheVersionsAreAccepted(t *testing.T) {
	const stranger = "00 02 000000000007 05"
	require.True(t, requireCanonical(t, unhex(twoVersions+"01 01 7f 00")))
	require.True(t, requireCanonical(t, unhex(twoVersions+"03 01 02 02 09"+stranger+"01 02 00 01")))
}

func TestMalformedSiblingsAreRefused(t *testing.T) {
	const oneDot = twoVersions + "01 02 08 "
	const number = "number of siblings (at most 0 in 2 B) at byte "
	const actor = "actor of a sibling (uvarint, 0 to 0) at byte "
	const distance = "distance of a sibling's seq (uvarint, 0 to 7) at byte "
	const order = "a sibling above the previous one at byte "
	const value = "value of a sibling (uvarint, 0 to 3) at byte "
	for digits, reason := range map[string]string{
		oneDot + "01  00 00":              number + "31, found 1",
		oneDot + "01  01 00 01":           actor + "32, found 1",
		oneDot + "01  00 08 01":           distance + "33, found 8",
		oneDot + "01  00 00 04":           value + "34, found 4",
		oneDot + "02  00 00 01  00 00 01": order + "35, found another",
		oneDot + "02  00 00 01  00 01 01": order + "35, found another",
		oneDot + "00 00":                  "the end of the message at byte 32, found 1 more B",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestSeveralSiblingsOfOneActorAreAccepted(t *testing.T) {
	require.True(t, requireCanonical(t, unhex(twoVersions+"01 02 08  02 00 01 01  00 00 01")))
}

// "of a Message at most origin.Highest of the key: 0 to 3 for a result, below 2^16 for a
// registration".
func TestValuesAreAsHighAsTheirKeyAllows(t *testing.T) {
	const result, registration = "01 04 01 01 02 01 00 00 ", "01 05 01 01 02 01 00 00 "
	const versions = "42 14  00 000000000000  01  00 000000000000 02 "
	const value = "value of a sibling (uvarint, 0 to "
	require.True(t, requireCanonical(t, unhex(versions+result+"03")))
	require.True(t, requireCanonical(t, unhex(versions+registration+"ffff03")))
	requireRefused(t, versions+result+"04", value+"3) at byte 26, found 4")
	requireRefused(t, versions+registration+"808004", value+"65535) at byte 26, found 65536")
}

func TestEntriesOfBadFormHaveNoEncoding(t *testing.T) {
	known, stranger := crdt.NewActor(0, 7), crdt.NewActor(1, 7)
	first, second := crdt.Dot{Actor: known, Seq: 1}, crdt.Dot{Actor: known, Seq: 2}
	context := []crdt.Dot{second}
	for broken, e := range map[string]crdt.Entry[uint32, origin.Value]{
		"an entry without context":         {},
		"actors of a context out of order": {Context: []crdt.Dot{first, second}},
		"a dot of a context that is no write": {
			Context: []crdt.Dot{{Actor: known, Seq: crdt.Retired}},
		},
		"siblings out of order": {
			Context: context, Siblings: []sibling{{Dot: second}, {Dot: first}},
		},
		"unknown value": {Context: context, Siblings: []sibling{{Dot: first, Value: 4}}},
		"a sibling of an actor that is not in the context": {
			Context: context, Siblings: []sibling{{Dot: crdt.Dot{Actor: stranger, Seq: 1}}},
		},
		"a sibling beyond the context": {
			Context: context, Siblings: []sibling{{Dot: crdt.Dot{Actor: known, Seq: 3}}},
		},
	} {
		m := &wire.Message{Kind: wire.Gossip}
		m.Gossip.Kind = gossip.Answer
		m.Gossip.Delta.Append(origin.Result(1), e.Context, e.Siblings)
		requireNoGossip(t, broken, m)
	}
}

func requireNoGossip(t *testing.T, broken string, m *wire.Message) {
	t.Helper()
	require.PanicsWithValue(t, "wire: message of bad form: "+broken, func() {
		wire.Append(nil, m)
	})
	require.NotPanics(t, func() { wire.Size(m) })
}

// "entry of a delta: 11 B for the result of an origin above 8191 with one writer and one sibling;
// for its registration by a definition above 126, 12 B, and above 16382, 13 B".
func TestTypicalSizeOfAnEntry(t *testing.T) {
	require.Equal(t, 10*11, wire.Size(answerOf(11))-wire.Size(answerOf(1)))
	for definition, size := range map[uint16]int{
		126: 11, 127: 12, 16_382: 12, 16_383: 13, 65_534: 13,
	} {
		m := answerOf(1)
		before, dot := wire.Size(m), m.Gossip.Delta.Entries[0].Siblings[0].Dot
		m.Gossip.Delta.Append(origin.Registration(8192), []crdt.Dot{dot},
			[]sibling{{Dot: dot, Value: origin.By(definition)}})
		require.Equal(t, size, wire.Size(m)-before, "definition %d", definition)
	}
}

// answerOf returns an answer with that many entries of one writer and one sibling each.
func answerOf(entries uint32) *wire.Message {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = gossip.Answer
	d := &m.Gossip.Delta
	d.Versions = pullOf(64, 1000).Gossip.Seen.Vector
	for i := range entries {
		dot := crdt.Dot{Actor: d.Versions[i%64].Actor, Seq: 200 + uint64(i)}
		d.Append(origin.Result(8192+i), []crdt.Dot{dot}, []sibling{{Dot: dot, Value: 1}})
	}
	return m
}

// "Its encoding is that of a Message of kind Gossip, but for the values": as uvarints they may be
// any number.
func TestValuesOfReplicasAreAnyNumber(t *testing.T) {
	m := &wire.ReplicaMessage{Kind: gossip.Answer}
	dot := crdt.Dot{Actor: crdt.NewActor(1, 2), Seq: 3}
	m.Delta.Append(4, []crdt.Dot{dot}, []crdt.Sibling[uint64]{{Dot: dot, Value: math.MaxUint64}})
	b := wire.AppendReplica(nil, m)
	var received wire.ReplicaMessage
	require.NoError(t, wire.ParseReplica(b, &received))
	require.Equal(t, m, &received)
	require.Equal(t, len(b), wire.SizeReplica(m))
	require.Error(t, wire.ParseReplica(b[:len(b)-1], &received))
	require.Zero(t, received.Kind)
	require.Error(t, wire.ParseReplica([]byte{0x41, 1}, &received), "swim is not for replicas")

	same := answerOf(3)
	replicas := &wire.ReplicaMessage{Kind: gossip.Answer}
	replicas.Delta.Versions = same.Gossip.Delta.Versions
	for _, e := range same.Gossip.Delta.Entries {
		value := crdt.Sibling[uint64]{Dot: e.Siblings[0].Dot, Value: uint64(e.Siblings[0].Value)}
		replicas.Delta.Append(e.Key, e.Context, []crdt.Sibling[uint64]{value})
	}
	require.Equal(t, wire.Append(nil, same), wire.AppendReplica(nil, replicas))
}
