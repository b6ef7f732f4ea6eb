package cap

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/crdt"
	"butterfly/node/gossip"
)

func drawMessage(t *rapid.T) (m Message) {
	m.Kind = Kind(rapid.IntRange(int(Ask), int(Taken)).Draw(t, "kind"))
	switch m.Kind {
	case Ask, Answer:
		m.Operation = Operation{
			Number: rapid.Uint32().Draw(t, "number"), Key: rapid.Uint32().Draw(t, "key"),
			Verb:  Verb(rapid.IntRange(0, int(verbs)-1).Draw(t, "verb")),
			Value: rapid.Uint64().Draw(t, "value"),
		}
		m.Result = rapid.Uint64().Draw(t, "result")
		for range rapid.IntRange(0, 3).Draw(t, "writes") {
			m.Past = append(m.Past, crdt.Dot{
				Actor: crdt.Actor(rapid.Uint64().Draw(t, "actor")), Seq: rapid.Uint64().Draw(t, "seq"),
			})
		}
	case Gossip:
		m.Gossip.Kind = gossip.Pull
	case Letter:
		m.Letter = rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "letter")
	}
	return m
}

func TestMessagesSurviveTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMessage(t)
		b := Append([]byte("before"), &m)
		require.Len(t, b, len("before")+Size(&m))
		var got Message
		require.NoError(t, Parse(b[len("before"):], &got))
		require.Equal(t, m, got)
	})
}

// Bytes that parse are those that Append writes.
func TestOtherBytesAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "bytes")
		if len(b) > 0 && rapid.Bool().Draw(t, "of a kind") {
			b[0] = byte(rapid.IntRange(0, int(Taken)+1).Draw(t, "kind"))
		}
		var m Message
		if Parse(b, &m) == nil {
			require.Equal(t, b, Append(nil, &m))
		}
	})
}

func TestTheLargestNumbersSurvive(t *testing.T) {
	m := Message{
		Kind: Ask, Operation: Operation{math.MaxUint32, Buy, math.MaxUint32, math.MaxUint64},
		Past: []crdt.Dot{{Actor: math.MaxUint64, Seq: math.MaxUint64}},
	}
	var got Message
	require.NoError(t, Parse(Append(nil, &m), &got))
	require.Equal(t, m, got)
}

func TestResetKeepsNothingButMemory(t *testing.T) {
	m := Message{Kind: Letter, Result: 1, Past: []crdt.Dot{{Actor: 1, Seq: 1}}, Letter: []byte{1}}
	m.Operation.Key = 3
	m.Reset()
	require.Empty(t, m.Past)
	require.Empty(t, m.Letter)
	m.Past, m.Letter = nil, nil
	require.Zero(t, m.Kind)
	require.Zero(t, m.Operation)
	require.Zero(t, m.Result)
}

func TestEventsTellOperations(t *testing.T) {
	o := Operation{Number: math.MaxUint32, Verb: Buy, Key: math.MaxUint32, Value: math.MaxUint64}
	e := invoked(&o, 98)
	got, server := invocation(&e)
	require.Equal(t, o, got)
	require.EqualValues(t, 98, server)
}
