package sim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
)

// pushes is some pushes and then some pops.
type pushes struct {
	kind  Kind
	slots []uint32      // one push for each
	span  time.Duration // from now to when they are due
	pops  int
	sweep uint64 // the seqs it divides are swept; 0 for no sweep
}

func drawPushes(t *rapid.T) pushes {
	return pushes{
		kind:  rapid.SampledFrom([]Kind{Wake, Wake, Deliver}).Draw(t, "kind"),
		slots: rapid.SliceOfN(rapid.Uint32Range(0, node.MaxTimers-1), 0, 20).Draw(t, "slots"),
		span:  rapid.SampledFrom([]time.Duration{0, 1, 7, 100, 100, 100, 1 << 20}).Draw(t, "span"),
		pops:  rapid.IntRange(0, 25).Draw(t, "pops"),
		sweep: rapid.SampledFrom([]uint64{0, 0, 0, 0, 2, 5}).Draw(t, "sweep"),
	}
}

// doubles are an agenda and a heap that get the same calls.
type doubles struct {
	t      require.TestingT
	agenda agenda
	heap   binaryHeap
	now    clock.Time
	seq    uint64
	off    func(*event) bool // cancelled alarms, nil for none
}

func (q *doubles) do(p pushes) {
	for _, slot := range p.slots {
		q.seq++
		e := event{at: q.now.Add(p.span), seq: q.seq, host: uint32(p.kind) << 24, ref: slot}
		q.agenda.push(e)
		q.heap.push(e)
	}
	for range p.pops {
		q.pop(q.now.Add(100))
	}
	if p.sweep > 0 {
		dead := func(e *event) bool { return e.seq%p.sweep == 0 }
		require.Equal(q.t, q.heap.sweep(dead), q.agenda.sweep(dead))
	}
	q.requireInvariants()
}

// pop takes the next event that is not cancelled out of both.
func (q *doubles) pop(limit clock.Time) bool {
	want, ok := q.popLive(&q.heap, limit)
	got, gotOK := q.popLive(&q.agenda, limit)
	require.Equal(q.t, ok, gotOK)
	require.Equal(q.t, want, got)
	q.now = max(q.now, got.at)
	return ok
}

func (q *doubles) popLive(from queue, limit clock.Time) (event, bool) {
	for {
		e, ok := popUntil(from, limit)
		if !ok || q.off == nil || !q.off(&e) {
			return e, ok
		}
	}
}

// requireInvariants checks the numbered invariants of agenda.
func (q *doubles) requireInvariants() {
	var soonest *event
	for slot := range q.agenda.lanes {
		l := &q.agenda.lanes[slot]
		require.Equal(q.t, !l.empty(), q.agenda.occupied>>slot&1 == 1, "invariant 2: lane %d", slot)
		if !l.empty() && (soonest == nil || l.first().before(soonest)) {
			soonest = l.first()
		}
	}
	require.Same(q.t, soonest, q.agenda.soonest, "invariant 1")
	requireInvariants(q.t, &q.agenda.wheel)
}

func TestAgendaEqualsHeap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(rapid.Custom(drawPushes), 1, 40).Draw(t, "plan")
		q := &doubles{t: t}
		for _, p := range plan {
			q.do(p)
			require.Equal(t, q.heap.len(), q.agenda.len())
		}
		for q.pop(clock.Never) {
		}
		require.Zero(t, q.agenda.len())
	})
}

// "Dropped when met": whether a cancelled alarm is met at the head of its lane or in its turn, what
// is left comes in the same order.
func TestAgendaWithoutTheCancelledEqualsHeapWithoutThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(rapid.Custom(drawPushes), 1, 40).Draw(t, "plan")
		of := rapid.Uint64Range(1, 4).Draw(t, "of")
		q := &doubles{t: t}
		q.off = func(e *event) bool { return e.kind() == Wake && e.seq%4 < of }
		q.agenda.drop = q.off
		for _, p := range plan {
			p.sweep = 0
			q.do(p)
		}
		for q.pop(clock.Never) {
		}
		require.Zero(t, q.agenda.len())
	})
}

// Alarms set for one span ahead never see the wheel, and one out of order does no harm.
func TestAlarmsInOrderStayOutOfTheWheel(t *testing.T) {
	q := &doubles{t: t}
	for range 1000 {
		q.do(pushes{kind: Wake, slots: []uint32{0, 1, 1}, span: 100, pops: 2})
	}
	require.Zero(t, q.agenda.wheel.len())
	q.do(pushes{kind: Wake, slots: []uint32{0}, span: 99})
	require.Equal(t, 1, q.agenda.wheel.len())
	for q.pop(clock.Never) {
	}
}

// One time-out a period that is cancelled in time: the lane is rid of it without its being popped.
func TestCancelledAlarmsAreDroppedAtTheHeadOfTheirLane(t *testing.T) {
	var a agenda
	cancelled := 0
	a.drop = func(e *event) bool {
		if e.ref == 1 && e.seq < 200 {
			cancelled++
			return true
		}
		return false
	}
	for seq := uint64(1); seq <= 200; seq++ {
		a.push(event{at: clock.Time(seq), seq: seq, host: uint32(Wake) << 24, ref: 1})
	}
	require.Equal(t, uint64(1), a.take(clock.Never).seq, "it was at the head already")
	require.Equal(t, 198, cancelled)
	require.Equal(t, 1, a.len())
}
