package broadcast

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
)

func drawMessage(t *rapid.T) Message {
	m := Message{AtMillis: rapid.Uint64Range(0, maxMillis).Draw(t, "at")}
	for range rapid.IntRange(0, 3).Draw(t, "registrations") {
		m.Registrations = append(m.Registrations, station.Registration{
			Origin:   rapid.Uint32Range(0, origin.MaxOrigins-1).Draw(t, "origin"),
			Value:    origin.Value(rapid.Uint16().Draw(t, "value")),
			AtMillis: rapid.Uint64Range(0, math.MaxInt64).Draw(t, "at"),
			By:       node.ID(rapid.Uint32Range(0, node.MaxIDs-1).Draw(t, "by")),
		})
	}
	next := uint32(0)
	for range rapid.IntRange(0, 5).Draw(t, "results") {
		r := Result{
			Origin:    next + rapid.Uint32Range(0, 1<<20).Draw(t, "gap"),
			Status:    health.Healthy + health.Status(rapid.IntRange(0, 1).Draw(t, "status")),
			AgeMillis: rapid.Uint64Range(0, m.AtMillis).Draw(t, "age"),
		}
		m.Results = append(m.Results, r)
		next = r.Origin + 1
	}
	return m
}

func TestMessagesSurviveTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := drawMessage(t)
		b := Append(nil, &sent)
		require.Len(t, b, Size(&sent))
		var got Message
		require.NoError(t, Parse(b, &got))
		require.Equal(t, sent, got)
		for cut := range b {
			var part Message
			require.ErrorIs(t, Parse(b[:cut], &part), station.ErrFormat)
		}
	})
}

// The table of the package documentation, byte by byte.
func TestTheLayout(t *testing.T) {
	m := Message{
		AtMillis:      3000,
		Registrations: []station.Registration{{Origin: 300, Value: origin.By(1), AtMillis: 5, By: 3}},
		Results: []Result{
			{Origin: 2, Status: health.Healthy, AgeMillis: 10},
			{Origin: 5, Status: health.Unhealthy, AgeMillis: 64},
		},
	}
	require.Equal(t, []byte{
		0x12, 0xb8, 0x17, // 3000
		1, 0xac, 0x02, 2, 5, 3,
		2, 2, 20, 2, 0x81, 0x01, // origin 5 is 2 above 2 plus 1; 129
	}, Append(nil, &m))
}

func TestResetEmptiesAMessage(t *testing.T) {
	m := Message{
		AtMillis: 1, Registrations: make([]station.Registration, 1), Results: make([]Result, 1),
	}
	m.Reset()
	require.Zero(t, m.AtMillis)
	require.Empty(t, m.Registrations)
	require.Empty(t, m.Results)
}

// Whatever the bytes, Parse does not panic, and accepts the canonical encoding only.
func FuzzParse(f *testing.F) {
	f.Add([]byte{})
	f.Add(Append(nil, &Message{}))
	f.Add(Append(nil, &Message{AtMillis: 9, Registrations: make([]station.Registration, 2)}))
	f.Add(Append(nil, &Message{AtMillis: 9, Results: []Result{{7, health.Unhealthy, 9}}}))
	f.Add([]byte{mark, 0, 0, 1, 0, 2})                            // older than the run
	f.Add([]byte{mark, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f})       // more results than bytes
	f.Add([]byte{mark, 0, 0, 1, 0x80, 0x80, 0x80, 0x80, 0x08, 0}) // an origin there cannot be
	f.Fuzz(func(t *testing.T, b []byte) {
		var m Message
		if Parse(b, &m) == nil {
			require.Equal(t, b, Append([]byte{}, &m))
			require.Len(t, b, Size(&m))
		}
	})
}
