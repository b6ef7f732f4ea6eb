package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/wire"
)

// twoVersions begins an answer of one entry from a replica at 0.0:2 and 1.0:9, and ends with its
// key.
const twoVersions = "23 02  00 000000000000 02  01 000000000000 09  01 05 "

func TestMalformedContextsAreRefused(t *testing.T) {
	const dots = "1 dot in a context, at most 1 for each version at byte "
	const actor = "actor of a dot (uvarint, 0 to 1) at byte "
	const order = "an actor above the previous one at byte "
	const seq = "seq of a dot (uvarint, 1 to 2) at byte "
	for digits, reason := range map[string]string{
		"23 00  01 05 01 00 01 00":           dots + "4, found another",
		twoVersions + "00 00 00 00":          dots + "20, found another",
		twoVersions + "03 00 01 01 01 01 01": dots + "20, found another",
		twoVersions + "01 02 01 00":          actor + "21, found 2",
		twoVersions + "02 01 01 00 01 00":    order + "23, found another",
		twoVersions + "02 01 01 01 01 00":    order + "23, found another",
		twoVersions + "01 00 00 00":          seq + "22, found 0",
		twoVersions + "01 00 03 00":          seq + "22, found 3",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestMalformedSiblingsAreRefused(t *testing.T) {
	const oneDot = twoVersions + "01 01 08 "
	const number = "number of siblings (at most 0 in 2 B) at byte "
	const actor = "actor of a sibling (uvarint, 0 to 0) at byte "
	const distance = "distance of a sibling's seq (uvarint, 0 to 7) at byte "
	const order = "a sibling above the previous one at byte "
	const status = "status of a sibling (0x00 to 0x02) at byte "
	for digits, reason := range map[string]string{
		oneDot + "01  00 00":              number + "23, found 1",
		oneDot + "01  01 00 01":           actor + "24, found 1",
		oneDot + "01  00 08 01":           distance + "25, found 8",
		oneDot + "01  00 00 03":           status + "26, found 0x03",
		oneDot + "02  00 00 01  00 00 01": order + "27, found another",
		oneDot + "02  00 00 01  00 01 01": order + "27, found another",
		oneDot + "00 00":                  "the end of the message at byte 24, found 1 more B",
	} {
		requireRefused(t, digits, reason)
	}
}

func TestSeveralSiblingsOfOneActorAreAccepted(t *testing.T) {
	require.True(t, requireCanonical(t, unhex(twoVersions+"01 01 08  02 00 01 01  00 00 01")))
}

func TestAnswersOfBadFormHaveNoEncoding(t *testing.T) {
	known, stranger := crdt.NewActor(0, 7), crdt.NewActor(1, 7)
	first, second := crdt.Dot{Actor: known, Seq: 1}, crdt.Dot{Actor: known, Seq: 2}
	context := []crdt.Dot{second}
	for broken, e := range map[string]crdt.Entry[uint32, health.Status]{
		"an entry without context":         {},
		"actors of a context out of order": {Context: []crdt.Dot{first, second}},
		"a dot of an actor that is not in the vector above it": {
			Context: []crdt.Dot{{Actor: stranger, Seq: 1}},
		},
		"a dot beyond the vector above it": {Context: []crdt.Dot{{Actor: known, Seq: 3}}},
		"siblings out of order": {
			Context: context, Siblings: []sibling{{Dot: second}, {Dot: first}},
		},
		"unknown status": {Context: context, Siblings: []sibling{{Dot: first, Value: 3}}},
	} {
		m := &wire.Message{Kind: wire.Answer}
		m.Answer.Versions = crdt.VersionVector{second}
		m.Answer.Append(1, e.Context, e.Siblings)
		require.PanicsWithValue(t, "wire: message of bad form: "+broken, func() {
			wire.Append(nil, m)
		})
	}
}

func TestSiblingsBeyondTheContextHaveNoEncoding(t *testing.T) {
	known := crdt.NewActor(0, 7)
	for _, dot := range []crdt.Dot{
		{Actor: known, Seq: 0}, {Actor: known, Seq: 3}, {Actor: crdt.NewActor(1, 7), Seq: 1},
	} {
		m := &wire.Message{Kind: wire.Answer}
		m.Answer.Versions = crdt.VersionVector{{Actor: known, Seq: 9}}
		m.Answer.Append(1, []crdt.Dot{{Actor: known, Seq: 2}}, []sibling{{Dot: dot}})
		require.Panics(t, func() { wire.Append(nil, m) })
	}
}

// "entry of an answer: 11 B for an origin above 16383 with one writer and one sibling".
func TestTypicalSizeOfAnEntry(t *testing.T) {
	require.Equal(t, 3, wire.Size(&wire.Message{Kind: wire.Answer}), "answer to an idle pull")
	require.Equal(t, 10*11, wire.Size(answerOf(11))-wire.Size(answerOf(1)))
}

// answerOf returns an answer with that many entries of one writer and one sibling each.
func answerOf(entries uint32) *wire.Message {
	m := &wire.Message{Kind: wire.Answer}
	m.Answer.Versions = pullOf(64, 1000).Since
	for i := range entries {
		dot := crdt.Dot{Actor: m.Answer.Versions[i%64].Actor, Seq: 200 + uint64(i)}
		m.Answer.Append(20_000+i, []crdt.Dot{dot}, []sibling{{Dot: dot, Value: health.Healthy}})
	}
	return m
}
