package names

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// "a message has one encoding, whatever numbers its sender has, and one that was received encodes
// to the bytes that came."
func TestAMessageSaysTheSameInTheNumbersOfAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawKnown(t)
		sender, receiver := drawDirectory(t, k), drawDirectory(t, k)
		sent := drawMessage(t, sender, k)
		before := copied(sent)
		encoded := sender.AppendMessage([]byte("before"), sent)[len("before"):]
		require.Equal(t, before, copied(sent), "it only reads the message")

		received, lent := new(wire.Message), bytes.Clone(encoded)
		require.NoError(t, receiver.ParseMessage(lent, received))
		for i := range lent {
			lent[i] = 0xdb
		}
		require.Equal(t, spelt(sender, sent), spelt(receiver, received))
		require.Equal(t, encoded, receiver.AppendMessage(nil, received))
		requireConsistent(t, receiver)
	})
}

// requireConsistent checks the invariants of the package documentation.
func requireConsistent(t require.TestingT, d *Directory) {
	require.Len(t, d.numbers, d.Len())
	for number := range uint32(d.Len()) {
		found, known := d.Find(d.Name(number))
		require.True(t, known)
		require.Equal(t, number, found, "1, 2: a name has one number, and it one name")
	}
	require.Len(t, d.definitions.numbers, d.Definitions())
	for number := range uint16(d.Definitions()) {
		service, definition := d.DefinitionOf(number)
		require.Equal(t, mustNumber(d.Pool(service)), definition.Pool, "3: a pool is a service's number")
		require.Equal(t, number, mustNumber(d.Definition(service, definition)))
	}
	require.Empty(t, d.writing.origins)
	for _, at := range [][]uint32{d.writing.originAt, d.writing.definitionAt} {
		for _, position := range at {
			require.Zero(t, position, "between messages all positions are 0")
		}
	}
}

// "A message of SWIM, and one of gossip that has no entry of a delta, is what package wire makes of
// it."
func TestMessagesAboutNothingTravelAsTheyAre(t *testing.T) {
	ping := &wire.Message{Kind: wire.Swim, Swim: swim.Message{Kind: swim.Ping}}
	empty := &wire.Message{Kind: wire.Gossip}
	empty.Gossip.Kind = gossip.Answer
	for _, m := range []*wire.Message{ping, empty, idlePull()} {
		d, parsed := NewDirectory(0), new(wire.Message)
		encoded := d.AppendMessage(nil, m)
		require.Equal(t, wire.Append(nil, m), encoded)
		require.NoError(t, d.ParseMessage(encoded, parsed))
		require.Equal(t, m, parsed)
	}
}

func idlePull() *wire.Message {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = gossip.Pull
	m.Gossip.Seen.Vector = crdt.VersionVector(dots(64))
	return m
}

// The layout, byte for byte.
func TestLayoutOfAMessage(t *testing.T) {
	d := NewDirectory(10)
	check := health.DefaultDefinition()
	mustNumber(d.Origin(Origin{"other", "a:1"}))
	second := mustNumber(d.Origin(Origin{"web", "10.0.0.2:80"}))
	first := mustNumber(d.Origin(Origin{"web", "10.0.0.1:80"}))
	by := mustNumber(d.Definition("web", check))
	m := answer()
	m.Gossip.Delta.Append(origin.Result(second), dots(1), siblings(1))
	m.Gossip.Delta.Append(origin.Registration(first), dots(1), siblings(origin.By(by)))

	want := []byte{1, 1, 3, 'w', 'e', 'b', 2, 0, 11}
	want = append(want, "10.0.0.1:80"...)
	want = append(want, 7, 4)
	want = append(want, "2:80"...)
	want = append(want, 1, 24, 0, 0, 0, 0, 0)
	want = append(want, 0x80, 0x94, 0xeb, 0xdc, 0x03) // 1 s
	want = append(want, 0x80, 0xca, 0xb5, 0xee, 0x01) // 500 ms
	want = append(want, 0, 0, 0, 2, 3, 0, 0, 0, 1)
	positions := answer()
	positions.Gossip.Delta.Append(origin.Result(1), dots(1), siblings(1))
	positions.Gossip.Delta.Append(origin.Registration(0), dots(1), siblings(origin.By(0)))
	require.Equal(t, wire.Append(want, positions), d.AppendMessage(nil, m))
}

func answer() *wire.Message {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = gossip.Answer
	m.Gossip.Delta.From = crdt.NewActor(3, 77)
	return m
}

// "It panics as wire.Append does, and on numbers that stand for nothing."
func TestMessagesOfBadFormHaveNoEncoding(t *testing.T) {
	d := NewDirectory(10)
	o := mustNumber(d.Origin(Origin{"web", "a:1"}))
	other := mustNumber(d.Definition("other", health.DefaultDefinition()))
	for what, add := range map[string]func(*wire.Delta){
		"no such origin":     func(m *wire.Delta) { m.Append(origin.Result(1), dots(1), nil) },
		"no such definition": func(m *wire.Delta) { m.Append(origin.Registration(o), dots(1), siblings(3)) },
		"another service's definition": func(m *wire.Delta) {
			m.Append(origin.Registration(o), dots(1), siblings(origin.By(other)))
		},
	} {
		m := answer()
		add(&m.Gossip.Delta)
		require.Panics(t, func() { d.AppendMessage(nil, m) }, what)
		requireConsistent(t, d)
	}
}
