package multicast

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

// drawResults draws results in the order of their times.
func drawResults(t *rapid.T) []Result {
	results := make([]Result, rapid.IntRange(1, 20).Draw(t, "count"))
	at := clock.Time(rapid.Int64Range(0, 1<<60).Draw(t, "at"))
	for i := range results {
		at += clock.Time(rapid.Int64Range(0, 1<<40).Draw(t, "later"))
		results[i] = Result{rapid.Uint32().Draw(t, "key"), rapid.Uint64().Draw(t, "value"), at}
	}
	return results
}

func TestMessagesSurviveTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := Message{drawResults(t)}
		b := Append(nil, &sent)
		require.Len(t, b, Size(&sent))
		var got Message
		require.NoError(t, Parse(b, &got))
		require.Equal(t, sent, got)
		for cut := range b {
			// What is left may be fewer results, and never more.
			var part Message
			if Parse(b[:cut], &part) == nil {
				require.Equal(t, sent.Results[:len(part.Results)], part.Results)
			}
		}
	})
}

func TestBytesThatAreNoMessageAreRefused(t *testing.T) {
	whole := Append(nil, &Message{[]Result{{Key: 1, Value: 2, At: 3}}})
	header := whole[:headerBytes:headerBytes]
	beyond := binary.AppendUvarint([]byte{0, 1}, math.MaxUint64)
	beyond[len(beyond)-1]++ // the top bit of 64, twice as much
	for name, b := range map[string][]byte{
		"nothing":                  nil,
		"no result":                header,
		"half a result":            whole[:headerBytes+2],
		"of another version":       append([]byte{0x21}, whole[1:]...),
		"a key beyond 32 bits":     append(binary.AppendUvarint(append(header, 0), 1<<32), 1),
		"a number beyond 64 bits":  append(header, beyond...),
		"a longer form of a 0":     append(header, 0x80, 0, 1, 2),
		"later than the header":    append(header, 1, 1, 2),
		"later than the last time": {mark, 127, 255, 255, 255, 255, 255, 255, 255, 0, 1, 1, 1, 1, 1},
	} {
		require.ErrorIs(t, Parse(b, new(Message)), ErrFormat, name)
	}
}

// The documented layout: 9 bytes, and for an early result of a small key 3 more.
func TestTypicalSizes(t *testing.T) {
	one := Message{[]Result{{Key: 100, Value: 100, At: clock.Time(1e18)}}}
	require.Equal(t, 9+3, Size(&one))
	next := Result{Key: 10_000, Value: 1 << 20, At: clock.Time(1e18 + 1e7)}
	two := Message{append(one.Results, next)}
	require.Equal(t, 9+3+4+2+3, Size(&two), "10 ms later")
}

func TestParseNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := append([]byte{mark}, rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")...)
		var m Message
		if Parse(b, &m) == nil {
			require.NotEmpty(t, m.Results)
		}
	})
}
