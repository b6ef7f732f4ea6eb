package leader

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
	number := rapid.Uint64Range(0, math.MaxInt64)
	m := Message{
		Kind: rapid.SampledFrom([]Kind{Beat, Report, Orders}).Draw(t, "kind"),
		Term: number.Draw(t, "term"),
	}
	if m.Kind == Beat {
		m.Rank = rapid.Uint32Range(0, node.MaxIDs-1).Draw(t, "rank")
		return m
	}
	m.Version, m.News = number.Draw(t, "version"), number.Draw(t, "news")
	for range rapid.IntRange(0, 3).Draw(t, "results") {
		m.Results = append(m.Results, Result{
			Origin: rapid.Uint32Range(0, origin.MaxOrigins-1).Draw(t, "origin"),
			Status: health.Healthy + health.Status(rapid.IntRange(0, 1).Draw(t, "status")),
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "registrations") {
		m.Registrations = append(m.Registrations, station.Registration{
			Origin: rapid.Uint32Range(0, origin.MaxOrigins-1).Draw(t, "origin"),
			Value:  origin.Value(rapid.Uint16().Draw(t, "value")), AtMillis: number.Draw(t, "at"),
		})
	}
	if m.Kind == Orders && rapid.Bool().Draw(t, "given") {
		m.Given = true
		for next := range rapid.Uint32Range(0, 5).Draw(t, "assigned") {
			m.Assigned = append(m.Assigned, 1000*next+rapid.Uint32Range(0, 999).Draw(t, "origin"))
		}
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
	require.Equal(t, []byte{0x11, 0x88, 0x27, 3}, Append(nil, &Message{
		Kind: Beat, Term: 5000, Rank: 3,
	}))
	require.Equal(t, []byte{0x12, 9, 2, 4, 1, 7, 0, 6, 1, 2, 10, 13}, Append(nil, &Message{
		Kind: Report, Term: 9, Version: 2, News: 4,
		Registrations: []station.Registration{{Origin: 7, Value: origin.Removed, AtMillis: 6, By: 1}},
		Results:       []Result{{5, health.Healthy}, {6, health.Unhealthy}},
	}))
	require.Equal(t, []byte{0x13, 9, 2, 4, 0, 0, 0}, Append(nil, &Message{
		Kind: Orders, Term: 9, Version: 2, News: 4,
	}))
	require.Equal(t, []byte{0x13, 9, 2, 4, 0, 0, 1, 3, 5, 0, 1}, Append(nil, &Message{
		Kind: Orders, Term: 9, Version: 2, News: 4, Given: true, Assigned: []uint32{5, 6, 8},
	}))
}

func TestResetEmptiesAMessageAndKeepsItsMemory(t *testing.T) {
	m := Message{
		Kind: Orders, Term: 1, Rank: 2, Version: 3, News: 4, Given: true,
		Results: make([]Result, 1), Registrations: make([]station.Registration, 1),
		Assigned: make([]uint32, 1),
	}
	m.Reset()
	require.Equal(t, Message{
		Results: []Result{}, Registrations: []station.Registration{}, Assigned: []uint32{},
	}, m)
	require.Equal(t, 1, cap(m.Assigned))
}

// Whatever the bytes, Parse does not panic, and accepts the canonical encoding only.
func FuzzParse(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0x01, 0, 0})                                           // no version
	f.Add([]byte{0x10, 0, 0})                                           // no kind
	f.Add([]byte{0x14, 0, 0})                                           // another kind
	f.Add([]byte{0x13, 0, 0, 0, 0, 0, 2})                               // neither given nor not
	f.Add([]byte{0x13, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 0x7f})             // more origins than bytes
	f.Add([]byte{0x13, 0, 0, 0, 0, 0, 1, 1, 0x80, 0x80, 0x80, 0x80, 8}) // one there cannot be
	f.Add(Append(nil, &Message{Kind: Beat, Term: 5, Rank: 1}))
	f.Add(Append(nil, &Message{Kind: Report, Results: []Result{{3, health.Unhealthy}}}))
	f.Add(Append(nil, &Message{Kind: Orders, Given: true, Assigned: []uint32{1, 2, 9}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		var m Message
		if Parse(b, &m) == nil {
			require.Equal(t, b, Append([]byte{}, &m))
			require.Len(t, b, Size(&m))
		}
	})
}
