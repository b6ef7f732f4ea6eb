package station

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/origin"
)

func drawRegistrations(t *rapid.T) []Registration {
	list := make([]Registration, rapid.IntRange(0, 5).Draw(t, "count"))
	for i := range list {
		list[i] = Registration{
			Origin:   rapid.Uint32Range(0, origin.MaxOrigins-1).Draw(t, "origin"),
			Value:    origin.Value(rapid.Uint16().Draw(t, "value")),
			AtMillis: rapid.Uint64Range(0, math.MaxInt64).Draw(t, "at"),
			By:       node.ID(rapid.Uint32Range(0, node.MaxIDs-1).Draw(t, "by")),
		}
	}
	return list
}

func TestRegistrationsSurviveTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := drawRegistrations(t)
		b := AppendRegistrations(nil, sent)
		require.Len(t, b, SizeRegistrations(sent))
		r := NewReader(b)
		got := r.Registrations([]Registration{})
		require.NoError(t, r.End())
		require.Equal(t, sent, got)
		for cut := range b {
			r := NewReader(b[:cut])
			r.Registrations(nil)
			require.ErrorIs(t, r.End(), ErrFormat)
		}
	})
}

func TestFieldsThatAreNotAsExpectedEndTheReading(t *testing.T) {
	for name, read := range map[string]func() Reader{
		"a byte too high":        func() Reader { r := NewReader([]byte{4}); r.Byte(3); return r },
		"no byte":                func() Reader { r := NewReader(nil); r.Byte(3); return r },
		"seven of eight bytes":   func() Reader { r := NewReader(make([]byte, 7)); r.Uint64(); return r },
		"a number too high":      func() Reader { r := NewReader([]byte{4}); r.Uvarint(3); return r },
		"half a number":          func() Reader { r := NewReader([]byte{0x80}); r.Uvarint(3); return r },
		"longer than needed":     func() Reader { r := NewReader([]byte{0x80, 0}); r.Uvarint(3); return r },
		"a list beyond the end":  func() Reader { r := NewReader([]byte{3, 1, 1}); r.Count(1); return r },
		"what makes no sense":    func() Reader { r := NewReader(nil); r.Refuse(); return r },
		"a field after the last": func() Reader { r := NewReader([]byte{1}); r.Byte(3); r.Byte(3); return r },
	} {
		r := read()
		require.ErrorIs(t, r.End(), ErrFormat, name)
		require.Zero(t, r.Uvarint(3), name)
	}
	r := NewReader([]byte{3, 0x80, 1, 7, 0, 0, 0, 0, 0, 0, 1})
	require.ErrorIs(t, r.End(), ErrFormat, "something left")
	require.True(t, r.More())
	require.EqualValues(t, 3, r.Byte(3))
	require.EqualValues(t, 128, r.Uvarint(128))
	require.Equal(t, uint64(1<<56+7), r.Uint64())
	require.False(t, r.More())
	require.NoError(t, r.End())
}
