package sim

import (
	"cmp"
	"math/bits"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

// action is one step of a schedule. Which fields mean something depends on kind.
type action struct {
	kind  string
	count int           // pushes or pops
	span  time.Duration // from now to the first push or to the limit of the pops
	gap   time.Duration // between pushes; pushes before now are made now
	every uint64        // a sweep removes the events whose seq it divides
}

var kinds = []string{"push", "push", "push", "hold", "pop", "sweep"}

// spans lie on both sides of the boundaries between digits, and up to the end of time.
var spans = []time.Duration{
	0, 1, 2, 15, 16, 17, 255, 256, 4095, 1 << 18, 1<<30 - 1, 1 << 30, 1 << 45, 1 << 60, 1<<63 - 1,
}

var gaps = []time.Duration{0, 0, 1, 7, 1000, 1 << 24, 1 << 55, -1, -1000}

func drawAction(t *rapid.T) action {
	span := rapid.SampledFrom(spans).Draw(t, "span")
	extra := rapid.Int64Range(0, int64(span)/2).Draw(t, "extra")
	return action{
		kind:  rapid.SampledFrom(kinds).Draw(t, "kind"),
		count: rapid.SampledFrom([]int{1, 2, 5, 30, 70, 300}).Draw(t, "count"),
		span:  span/2 + time.Duration(extra),
		gap:   rapid.SampledFrom(gaps).Draw(t, "gap"),
		every: rapid.Uint64Range(1, 5).Draw(t, "every"),
	}
}

// twins are a wheel and a heap that get the same calls and must give the same answers.
type twins struct {
	t     require.TestingT
	wheel wheel
	heap  binaryHeap
	last  event // popped
	seq   uint64
}

func (q *twins) do(a action) {
	switch a.kind {
	case "push":
		for i := range a.count {
			q.push(q.last.at.Add(a.span), time.Duration(i)*a.gap)
		}
	case "hold":
		for i := range a.count {
			q.pop(clock.Never)
			q.push(q.last.at.Add(a.span), time.Duration(i)*a.gap)
		}
	case "pop":
		limit := q.last.at.Add(a.span)
		for range a.count {
			q.pop(limit)
		}
	case "sweep":
		dead := func(e *event) bool { return e.seq%a.every == 0 }
		require.Equal(q.t, q.heap.sweep(dead), q.wheel.sweep(dead))
	}
}

func (q *twins) push(from clock.Time, after time.Duration) {
	q.seq++
	at := max(q.last.at, from.Add(after))
	e := event{at: at, seq: q.seq, cause: ^q.seq, host: 7, ref: uint32(q.seq)}
	q.wheel.push(e)
	q.heap.push(e)
}

// popUntil is take by value.
func popUntil(q queue, limit clock.Time) (event, bool) {
	if e := q.take(limit); e != nil {
		return *e, true
	}
	return event{}, false
}

func (q *twins) pop(limit clock.Time) bool {
	want, ok := popUntil(&q.heap, limit)
	got, gotOK := popUntil(&q.wheel, limit)
	if ok != gotOK || want != got {
		require.Fail(q.t, "queues differ", "heap %v %v, wheel %v %v", want, ok, got, gotOK)
	}
	if ok {
		require.True(q.t, got.at <= limit && q.last.before(&got), "%v, then %v", q.last, got)
		q.last = got
	}
	return ok
}

// Pop order is exactly (at, seq), whatever the schedule, and the two queues never differ.
func TestWheelEqualsHeap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(rapid.Custom(drawAction), 1, 60).Draw(t, "plan")
		q := &twins{t: t}
		for _, a := range plan {
			q.do(a)
			require.Equal(t, q.heap.len(), q.wheel.len())
			requireInvariants(t, &q.wheel)
		}
		for q.pop(clock.Never) {
		}
		require.Zero(t, q.wheel.len())
		require.Equal(t, q.wheel.blocks.fresh, q.wheel.blocks.unused, "blocks leak")
	})
}

// requireInvariants checks the numbered invariants of wheel, and those of chain and nearList.
func requireInvariants(t require.TestingT, w *wheel) {
	near := w.near.events[w.near.head:w.near.tail]
	require.True(t, slices.IsSortedFunc(near, inOrder), "near list: %v", near)
	if len(near) > 0 && near[0].at != w.anchor {
		require.Less(t, uint64(near[len(near)-1].at), w.near.limit, "invariant 1")
	}
	size, blocks := len(near), int(w.blocks.unused)
	for i := range w.slots {
		c, level, slot := &w.slots[i], i/digitValues, i%digitValues
		require.Equal(t, c.count > 0, w.occupied[level]>>slot&1 == 1, "invariant 3: slot %d", i)
		if c.count == 0 {
			require.Zero(t, *c)
			continue
		}
		blocks += requireChain(t, w, c, level, slot)
		size += int(c.count)
	}
	for level, slots := range w.occupied {
		require.Equal(t, slots > 0, w.levels>>level&1 == 1, "invariant 3: level %d", level)
	}
	require.Equal(t, w.size, size)
	require.Equal(t, int(w.blocks.fresh), blocks)
}

func inOrder(e, f event) int {
	return cmp.Or(cmp.Compare(e.at, f.at), cmp.Compare(e.seq, f.seq))
}

// requireChain checks the chain of a slot and returns the number of its blocks.
func requireChain(t require.TestingT, w *wheel, c *chain, level, slot int) int {
	low, high, blocks, placed := clock.Never, clock.Time(0), 0, true
	for rest := *c; rest.count > 0; w.blocks.skipFront(&rest) {
		blocks++
		for _, e := range w.blocks.front(&rest) {
			low, high = min(low, e.at), max(high, e.at)
			differs := max(0, bits.Len64(uint64(e.at^w.anchor))-1) / digitBits
			placed = placed && level == differs && slot == int(e.at>>(level*digitBits)%digitValues)
		}
	}
	require.True(t, placed, "an event is in the wrong slot")
	require.GreaterOrEqual(t, uint64(low), w.near.limit, "invariant 1")
	require.LessOrEqual(t, w.anchor, low, "invariant 2")
	require.Equal(t, low, c.low)
	require.Equal(t, high, c.high)
	return blocks
}

// A schedule that once came out in the wrong order: ties in a full near list are handed back to the
// slots, then earlier events fill it once more.
func TestSplitKeepsTiesTogether(t *testing.T) {
	q := &twins{t: t}
	q.do(action{kind: "push", count: 2, span: 33, gap: 1})
	q.do(action{kind: "pop", count: 1, span: 33})
	q.do(action{kind: "push", count: 300, span: 10})
	q.do(action{kind: "push", count: 300, span: 9})
	for q.pop(clock.Never) {
	}
	require.Zero(t, q.wheel.len())
}

// An unsuccessful take must leave room for pushes that are earlier than all that is pending.
func TestFailedPopChangesNothing(t *testing.T) {
	q := &twins{t: t}
	for i := range 1000 {
		q.push(clock.At(time.Hour), time.Duration(i)*time.Millisecond)
	}
	before := q.wheel
	require.False(t, q.pop(clock.At(time.Hour-1)))
	require.Equal(t, before, q.wheel)
	q.push(clock.At(time.Second), 0)
	require.True(t, q.pop(clock.At(time.Minute)))
	require.Equal(t, clock.At(time.Second), q.last.at)
}
