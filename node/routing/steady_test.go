package routing

import (
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// worker flaps the origins of a table one after the other, each for long enough to leave and
// return.
type worker struct {
	table *Table
	now   clock.Time
	turn  uint32
	luck  rng.Rand
}

func newWorker(origins, pools int) *worker {
	w := &worker{table: New(DefaultConfig(), origins), luck: rng.New(1)}
	for origin := range uint32(origins) {
		w.table.Add(0, origin, origin%uint32(pools), 1)
	}
	return w
}

// step is two inputs: one origin fails, and one that failed a hundred steps before is healthy
// again.
func (w *worker) step() {
	origins := uint32(len(w.table.origins))
	w.now = w.now.Add(time.Millisecond)
	w.table.Wake(w.now)
	w.table.Set(w.now, w.turn%origins, false)
	w.table.Set(w.now, (w.turn+origins-100)%origins, true)
	w.table.TakeEvents()
	w.turn++
}

// "An origin takes 32 bytes, 12 more while it waits to leave or to return, and 16 while something is
// due for it."
func TestMemoryOfAnOrigin(t *testing.T) {
	require.EqualValues(t, 24, unsafe.Sizeof(origin{}))
	require.EqualValues(t, 12, unsafe.Sizeof(wait{}))
	require.EqualValues(t, 16, unsafe.Sizeof(deadline{}))
	var p pool
	require.EqualValues(t, 8, unsafe.Sizeof(p.members[0])+unsafe.Sizeof(p.lots[0]))
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	w := newWorker(1000, 50)
	for range 20_000 {
		w.step()
	}
	require.Zero(t, testing.AllocsPerRun(10_000, w.step))
	require.Zero(t, testing.AllocsPerRun(1000, func() { w.table.Choose(w.turn%50, &w.luck) }))
}

func BenchmarkSet(b *testing.B) {
	for name, pools := range map[string]int{"500 pools": 500, "one pool": 1} {
		b.Run(name, func(b *testing.B) {
			w := newWorker(10_000, pools)
			b.ReportAllocs()
			for b.Loop() {
				w.step()
			}
		})
	}
}

func BenchmarkChoose(b *testing.B) {
	for name, pools := range map[string]int{"500 pools": 500, "one pool": 1} {
		b.Run(name, func(b *testing.B) {
			w := newWorker(10_000, pools)
			b.ReportAllocs()
			for b.Loop() {
				w.table.Choose(0, &w.luck)
			}
		})
	}
}

// BenchmarkPanic begins and ends the panic of a pool of 10,000 of which half is out of rotation.
func BenchmarkPanic(b *testing.B) {
	table := New(only(panicOnly), 10_000)
	for origin := range uint32(10_000) {
		table.Add(0, origin, 0, 1)
		table.Set(0, origin, origin%2 == 0)
	}
	b.ReportAllocs()
	for b.Loop() {
		table.Set(0, 0, false)
		table.Set(0, 0, true)
		table.TakeEvents()
	}
}
