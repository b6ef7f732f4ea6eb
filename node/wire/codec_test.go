package wire_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/crdt"
	"butterfly/node/wire"
)

func TestParseUndoesAppend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := drawMessage(t)
		var received wire.Message
		require.NoError(t, wire.Parse(wire.Append(nil, sent), &received))
		require.Equal(t, sent, &received)
	})
}

func TestSizeIsTheLengthOfTheEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMessage(t)
		require.Equal(t, len(wire.Append(nil, m)), wire.Size(m))
	})
}

func TestAppendKeepsWhatWasThere(t *testing.T) {
	b := wire.Append([]byte("before"), goldenPull())
	require.Equal(t, append([]byte("before"), wire.Append(nil, goldenPull())...), b)
}

func TestAMessageUsedBeforeParsesLikeANewOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, second := wire.Append(nil, drawMessage(t)), wire.Append(nil, drawMessage(t))
		var m wire.Message
		require.NoError(t, wire.Parse(first, &m))
		m.Reset()
		require.NoError(t, wire.Parse(second, &m))
		require.Equal(t, second, wire.Append(nil, &m))
	})
}

// "The encoding is canonical: a message has one, and what Parse accepts Append gives back byte for
// byte."
func TestWhatParsesIsCanonical(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		b := corrupt(t, wire.Append(nil, drawMessage(t)))
		if requireCanonical(t, b) {
			accepted++
		}
	})
	require.NotZero(t, accepted, "every corrupted message was refused, so nothing was tested")
}

// corrupt changes, doubles or removes a few bytes.
func corrupt(t *rapid.T, b []byte) []byte {
	for range rapid.IntRange(1, 3).Draw(t, "faults") {
		if len(b) == 0 {
			break
		}
		i := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		switch rapid.IntRange(0, 2).Draw(t, "fault") {
		case 0:
			b[i] = rapid.Byte().Draw(t, "byte")
		case 1:
			b = slices.Insert(b, i, b[i])
		case 2:
			b = slices.Delete(b, i, i+1)
		}
	}
	return b
}

// requireCanonical reports whether b parses, and demands that Append then gives it back, though the
// bytes that were parsed have been written over.
func requireCanonical(t require.TestingT, b []byte) bool {
	var m wire.Message
	lent := bytes.Clone(b)
	err := wire.Parse(lent, &m)
	for i := range lent {
		lent[i] = 0xdb
	}
	if err != nil {
		var format *wire.FormatError
		require.ErrorAs(t, err, &format)
		require.GreaterOrEqual(t, format.Offset, 0)
		require.LessOrEqual(t, format.Offset, len(b))
		require.Zero(t, m.Kind)
		return false
	}
	require.Equal(t, b, wire.Append(nil, &m))
	require.Equal(t, len(b), wire.Size(&m))
	return true
}

func TestEveryTruncationIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := wire.Append(nil, drawMessage(t))
		var m wire.Message
		for length := range b {
			require.Error(t, wire.Parse(b[:length], &m), "%d of %d bytes", length, len(b))
		}
	})
}

func TestTrailingBytesAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := wire.Append(nil, drawMessage(t))
		err := wire.Parse(append(b, rapid.Byte().Draw(t, "trailing")), new(wire.Message))
		require.Equal(t, &wire.FormatError{
			Offset: len(b), Expected: "the end of the message", Found: "1 more B",
		}, err)
	})
}

// The layout of version 3 knew results and no registrations.
func TestUnknownVersionsAndKindsAreRefused(t *testing.T) {
	const expected = "version and kind (0x41 to 0x42) at byte 0, found "
	requireRefused(t, "40 00", expected+"0x40")
	requireRefused(t, "43 00", expected+"0x43")
	requireRefused(t, "02 00", expected+"0x02")
	requireRefused(t, "32 00", expected+"0x32")
	requireRefused(t, "", "version and kind (1 B) at byte 0, found 0 B")
}

func TestNoMessageHasNoEncoding(t *testing.T) {
	require.PanicsWithValue(t, "wire: no message is of kind 0", func() {
		wire.Append(nil, new(wire.Message))
	})
	require.Panics(t, func() { wire.Append(nil, &wire.Message{Kind: 3}) })
	require.NotPanics(t, func() { wire.Size(new(wire.Message)) }, "drivers meter empty replies")
}

// "The Since of an answer does not travel".
func TestSinceOfAnAnswerDoesNotTravel(t *testing.T) {
	m := goldenAnswer()
	without := wire.Append(nil, m)
	m.Gossip.Delta.Since.Vector = crdt.VersionVector{{Actor: 1, Seq: 1}}
	require.Equal(t, without, wire.Append(nil, m))
	require.Equal(t, len(without), wire.Size(m))
}
