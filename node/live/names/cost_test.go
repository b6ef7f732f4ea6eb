package names

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// newsOf returns the encoding of results of so many origins, the first of which is registered too.
func newsOf(origins int) []byte {
	d := NewDirectory(origins)
	return d.AppendMessage(nil, resultsOf(d, origins))
}

func resultsOf(d *Directory, origins int) *wire.Message {
	m := answer()
	m.Gossip.Delta.Versions = dots(64)
	for i := range origins {
		o := mustNumber(d.Origin(Origin{"web", fmt.Sprintf("10.0.%d.%d:80", i/250, i%250)}))
		m.Gossip.Delta.Append(origin.Result(o), dots(1), siblings(1))
	}
	by := mustNumber(d.Definition("web", health.DefaultDefinition()))
	m.Gossip.Delta.Append(origin.Registration(0), dots(1), siblings(origin.By(by)))
	return m
}

// "Of 1,000 origins 10.0.0.1:80, ... one takes 4 to 6 B".
func TestSizeOfADictionary(t *testing.T) {
	d := NewDirectory(1000)
	m := resultsOf(d, 1000)
	more := len(d.AppendMessage(nil, m)) - len(wire.Append(nil, m))
	require.GreaterOrEqual(t, more, 4*1000)
	require.LessOrEqual(t, more, 6*1000+100)
}

// "allocates only if b or the memory it keeps has to grow".
func TestNothingIsAllocatedInTheSteadyState(t *testing.T) {
	d := NewDirectory(100)
	for what, sent := range map[string]*wire.Message{
		"idle pull": idlePull(), "10 results": resultsOf(d, 10),
	} {
		b, received := d.AppendMessage(nil, sent), new(wire.Message)
		require.Zero(t, testing.AllocsPerRun(100, func() { b = d.AppendMessage(b[:0], sent) }), what)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			received.Reset()
			if err := d.ParseMessage(b, received); err != nil {
				panic(err)
			}
		}), what)
	}
}

// What a large message took is not kept: see mostKept.
func TestLargeMessagesLeaveNoMemory(t *testing.T) {
	d := NewDirectory(5000)
	b := d.AppendMessage(nil, resultsOf(d, 5000))
	require.LessOrEqual(t, cap(d.writing.entries)+cap(d.writing.origins), 2*mostKept)
	require.NoError(t, d.ParseMessage(b, new(wire.Message)))
	require.LessOrEqual(t, cap(d.reading.origins), mostKept)
}

func BenchmarkAppendMessage(b *testing.B) {
	for _, origins := range []int{0, 10, 1000} {
		b.Run(fmt.Sprintf("%d results", origins), func(b *testing.B) {
			b.ReportAllocs()
			d := NewDirectory(origins)
			m := messageOf(d, origins)
			encoded := d.AppendMessage(nil, m)
			for b.Loop() {
				encoded = d.AppendMessage(encoded[:0], m)
			}
		})
	}
}

func BenchmarkParseMessage(b *testing.B) {
	for _, origins := range []int{0, 10, 1000} {
		b.Run(fmt.Sprintf("%d results", origins), func(b *testing.B) {
			b.ReportAllocs()
			d, parsed := NewDirectory(origins), new(wire.Message)
			encoded := d.AppendMessage(nil, messageOf(d, origins))
			for b.Loop() {
				parsed.Reset()
				if err := d.ParseMessage(encoded, parsed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// messageOf returns news of so many origins, or an idle pull.
func messageOf(d *Directory, origins int) *wire.Message {
	if origins == 0 {
		return idlePull()
	}
	return resultsOf(d, origins)
}
