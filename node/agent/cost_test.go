package agent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// "Hot paths allocate nothing in the steady state": a second of ten servers in which nothing
// changes is ten pulls, ten ping rounds and a thousand probes. Table exchanges (every 10 s) are
// included.
func TestSteadyStateAllocatesNothing(t *testing.T) {
	h := steady(t, 10, 1000)
	require.Zero(t, testing.AllocsPerRun(30, func() { h.quietSecond() }))
}

// steady returns a cluster in which all is settled and every buffer has found its size.
func steady(t testing.TB, servers, origins int) *hands {
	h := newHands(t, servers, origins)
	h.startAll()
	for range 120 {
		h.quietSecond()
	}
	return h
}

// quietSecond plays one second in which nothing may happen that anybody would notice.
func (h *hands) quietSecond() {
	for _, s := range h.all {
		s.events = s.events[:0]
	}
	h.advance(time.Second)
}

func BenchmarkSecondOfACluster(b *testing.B) {
	b.ReportAllocs()
	h := steady(b, 10, 1000)
	for b.Loop() {
		h.quietSecond()
	}
}

// An idle pull: the request, the answer that nothing is missing, and the end of the call.
func BenchmarkIdlePull(b *testing.B) {
	b.ReportAllocs()
	h := steady(b, 2, 1000)
	s := h.all[0]
	for b.Loop() {
		s.Wake(h.now, timerGossip, &s.out)
		h.settle()
	}
	require.Zero(b, s.saw(node.MapChanged))
}
