package sim

import (
	"fmt"
	"math"
	"testing"
	"time"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// The benchmarks use the hold model: with a fixed number of events pending, one operation pops the
// first event and pushes one at the popped instant plus a random increment.
//
// The floor is a ring buffer with the same methods and as many places as events pending: 32 bytes
// out and 32 bytes in, with the same increments drawn, but in no order. Any queue has to do as
// much.

var pendings = []int{1e2, 1e3, 1e4, 1e5, 1e6}

// workload is a distribution of increments, drawn beforehand so that no float is left in the loop.
type workload struct {
	name   string
	phased bool // events start spread over time, else at multiples of the increments
	table  [1024]clock.Time
}

func workloads() []*workload {
	return []*workload{
		newWorkload("exponential", true, func(r *rng.Rand) time.Duration {
			uniform := float64(r.Below(1<<53)+1) / (1 << 53)
			return time.Duration(-math.Log(uniform) * float64(time.Second))
		}),
		newWorkload("bimodal", true, func(r *rng.Rand) time.Duration {
			return []time.Duration{time.Millisecond, time.Second}[r.Intn(2)]
		}),
		newWorkload("constant", true, func(*rng.Rand) time.Duration { return time.Second }),
		newWorkload("tied", false, func(r *rng.Rand) time.Duration {
			return 250 * time.Millisecond * time.Duration(1+r.Intn(8))
		}),
	}
}

func newWorkload(name string, phased bool, draw func(r *rng.Rand) time.Duration) *workload {
	w, r := &workload{name: name, phased: phased}, rng.New(1)
	for i := range w.table {
		w.table[i] = clock.At(draw(&r))
	}
	return w
}

// fill pushes the first events.
func (w *workload) fill(pending int, r *rng.Rand, push func(event)) {
	for i := range pending {
		at := w.increment(r)
		if w.phased {
			at = clock.Time(r.Below(uint64(at) + 1))
		}
		push(event{at: at, seq: uint64(i + 1)})
	}
}

func (w *workload) increment(r *rng.Rand) clock.Time {
	return w.table[r.Uint64()%uint64(len(w.table))]
}

// holder makes the events that are pushed for those popped.
type holder struct {
	*workload
	rand rng.Rand
	seq  uint64
}

func newHolder(w *workload, pending int) *holder {
	return &holder{workload: w, rand: rng.New(2), seq: uint64(pending)}
}

func (h *holder) next(e event) event {
	h.seq++
	e.at, e.seq, e.cause = e.at+h.increment(&h.rand), h.seq, e.seq
	return e
}

// ring is first in, first out: what the floor is measured with.
type ring struct {
	events     []event
	head, tail int
}

func (r *ring) push(e event) {
	r.events[r.tail] = e
	if r.tail++; r.tail == len(r.events) {
		r.tail = 0
	}
}

func (r *ring) take(limit clock.Time) *event {
	e := &r.events[r.head]
	if r.head == r.tail || e.at > limit {
		return nil
	}
	if r.head++; r.head == len(r.events) {
		r.head = 0
	}
	return e
}

func BenchmarkHold(b *testing.B) {
	for _, w := range workloads() {
		for _, pending := range pendings {
			name := fmt.Sprintf("%s/pending=%.0e/", w.name, float64(pending))
			b.Run(name+"floor", func(b *testing.B) { holdRing(b, w, pending) })
			b.Run(name+"wheel", func(b *testing.B) { holdWheel(b, w, pending) })
			b.Run(name+"heap", func(b *testing.B) { holdHeap(b, w, pending) })
		}
	}
}

// The three loops are the same but for the concrete type, which the compiler has to see.

func holdRing(b *testing.B, w *workload, pending int) {
	h, q := newHolder(w, pending), &ring{events: make([]event, pending+1)}
	w.fill(pending, &h.rand, q.push)
	b.ReportAllocs()
	for b.Loop() {
		e := *q.take(clock.Never)
		q.push(h.next(e))
	}
}

func holdWheel(b *testing.B, w *workload, pending int) {
	h, q := newHolder(w, pending), new(wheel)
	w.fill(pending, &h.rand, q.push)
	for range 2 * pending {
		e := *q.take(clock.Never)
		q.push(h.next(e))
	}
	b.ReportAllocs()
	for b.Loop() {
		e := *q.take(clock.Never)
		q.push(h.next(e))
	}
}

func holdHeap(b *testing.B, w *workload, pending int) {
	h, q := newHolder(w, pending), new(binaryHeap)
	w.fill(pending, &h.rand, q.push)
	for range 2 * pending {
		e := *q.take(clock.Never)
		q.push(h.next(e))
	}
	b.ReportAllocs()
	for b.Loop() {
		e := *q.take(clock.Never)
		q.push(h.next(e))
	}
}

// BenchmarkRearm is a hold at 10,000 live events plus the arming of a time-out that is cancelled at
// once, with that many dead time-outs piled up before they are swept.
func BenchmarkRearm(b *testing.B) {
	for _, dead := range []int{0, 1e5, 5e5} {
		name := fmt.Sprintf("dead=%.0e/", float64(dead))
		b.Run(name+"wheel", func(b *testing.B) { rearm(b, new(wheel), dead) })
		b.Run(name+"heap", func(b *testing.B) { rearm(b, new(binaryHeap), dead) })
	}
}

func rearm(b *testing.B, q queue, dead int) {
	const live, cancelled = 10_000, 1
	h := newHolder(workloads()[0], live)
	h.fill(live, &h.rand, q.push)
	cancel := func(now clock.Time) {
		after := time.Minute + time.Duration(h.rand.Below(uint64(time.Minute)))
		h.seq++
		q.push(event{at: now.Add(after), seq: h.seq, host: cancelled})
	}
	isDead := func(e *event) bool { return e.host == cancelled }
	for range dead {
		cancel(0)
	}
	limit := live + max(dead, live)
	b.ReportAllocs()
	for b.Loop() {
		e := *q.take(clock.Never)
		q.push(h.next(e))
		cancel(e.at)
		if q.len() > limit {
			q.sweep(isDead)
		}
	}
}
