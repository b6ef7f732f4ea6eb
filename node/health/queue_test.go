package health

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

// TestQueueAgainstASlice compares the queue with a plain slice of times, scanned.
func TestQueueAgainstASlice(t *testing.T) {
	const origins = 20
	type change struct {
		origin uint32
		after  time.Duration
		kind   string
		round  int8
	}
	changes := rapid.Custom(func(t *rapid.T) change {
		return change{
			origin: rapid.Uint32Range(0, origins-1).Draw(t, "origin"),
			after:  rapid.SampledFrom([]time.Duration{1, 2, 3, 5, 5, 5}).Draw(t, "after"),
			kind:   rapid.SampledFrom([]string{"add", "repeat", "repeat", "drop"}).Draw(t, "kind"),
			round:  rapid.Int8Range(outOfRound, 1).Draw(t, "round"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(1, 200).Draw(t, "length")
		q, model := newQueue(origins, 2), newTimes(origins)
		for _, change := range rapid.SliceOfN(changes, length, length).Draw(t, "changes") {
			switch first := q.first.number; {
			case change.kind == "repeat" && q.live > 0:
				model[first] = model[first].Add(change.after)
				q.repeat(change.round, model[first])
			case change.kind == "add" && !q.holds(change.origin):
				model[change.origin] = clock.At(change.after)
				q.add(change.origin, model[change.origin])
			case change.kind == "drop":
				model[change.origin] = clock.Never
				q.drop(change.origin)
			}
			requireSame(t, model, &q)
		}
		requireDrains(t, model, &q)
	})
}

// newTimes returns the times of so many origins, none of them queued.
func newTimes(origins int) []clock.Time {
	model := make([]clock.Time, origins)
	for i := range model {
		model[i] = clock.Never
	}
	return model
}

func requireSame(t require.TestingT, model []clock.Time, q *queue) {
	require.Equal(t, slices.Min(model), q.next())
	live := 0
	for origin, at := range model {
		require.Equal(t, at != clock.Never, q.holds(uint32(origin)))
		if at != clock.Never {
			live++
		}
	}
	if live > 0 {
		require.Equal(t, q.next(), model[q.first.number], "one of the earliest")
	}
	requireItems(t, live, q)
}

// requireItems holds the counts of items against the items.
func requireItems(t require.TestingT, live int, q *queue) {
	items := len(q.heap)
	for i := range q.rounds {
		items += q.rounds[i].size()
	}
	require.EqualValues(t, live, q.live)
	require.Len(t, q.appendTo(nil), live)
	require.Equal(t, items, int(q.live+q.stale))
	require.LessOrEqual(t, q.stale, q.live+smallestRound+1, "stale items do not pile up")
}

// requireDrains takes everything out of the queue, in the order of time.
func requireDrains(t require.TestingT, model []clock.Time, q *queue) {
	for q.next() != clock.Never {
		model[q.first.number] = clock.Never
		q.drop(q.first.number)
		requireSame(t, model, q)
	}
}

// "the item of the old turn is stale"
func TestAnOriginQueuedAgainIsNotWhereItWas(t *testing.T) {
	q := newQueue(2, 1)
	q.add(0, 10)
	q.add(1, 20)
	q.drop(0)
	q.add(0, 30)
	require.EqualValues(t, 20, q.next())
	q.repeat(0, 40)
	require.EqualValues(t, 30, q.next())
}

// "maxStale keeps turns, of 16 bits, from coming round while an item of theirs is left."
func TestTurnsDoNotComeRound(t *testing.T) {
	const origins = 1 << 16
	q := newQueue(origins, 1)
	for origin := range uint32(origins) {
		q.add(origin, 100)
	}
	for range 1 << 15 { // two turns each
		q.drop(7)
		q.add(7, 200)
	}
	require.LessOrEqual(t, q.stale, int32(maxStale))
	at := 0
	for _, item := range q.appendTo(nil) {
		if item.number == 7 {
			at++
		}
	}
	require.Equal(t, 1, at)
}

// A round that is full doubles, and keeps its order.
func TestTheRoundGrows(t *testing.T) {
	q, model := newQueue(3*smallestRound, 1), newTimes(3*smallestRound)
	for origin := range model {
		q.add(uint32(origin), clock.Time(origin))
		model[origin] = clock.Time(1000 + origin)
	}
	for origin := range model {
		q.repeat(0, model[origin])
	}
	require.Empty(t, q.heap)
	require.Len(t, q.rounds[0].slots, 4*smallestRound)
	requireSame(t, model, &q)
	requireDrains(t, model, &q)
}

// "until it comes to the front or there are too many of its kind" (queue)
func TestARoundIsRidOfTooManyStaleItems(t *testing.T) {
	const origins = 10 * smallestRound
	q, model := newQueue(origins, 1), newTimes(origins)
	for origin := range model {
		q.add(uint32(origin), clock.Time(origin))
	}
	for origin := range model {
		model[origin] = clock.Time(1000 + origin)
		q.repeat(0, model[origin])
	}
	for origin := 1; origin < origins; origin++ { // the first one keeps the others from the front
		if origin%8 != 0 {
			model[origin] = clock.Never
			q.drop(uint32(origin))
			requireItems(t, int(q.live), &q)
		}
	}
	require.Less(t, q.rounds[0].size(), origins/2)
	requireSame(t, model, &q)
	requireDrains(t, model, &q)
}

// At the start everybody waits for everything, and soon nobody for anything: "gives back the memory
// of a crowd that has gone" (queue.drop).
func TestACrowdLeavesNoMemoryBehind(t *testing.T) {
	const origins = 1 << 12
	q, model := newQueue(origins, 0), newTimes(origins)
	for origin := range model {
		model[origin] = clock.Time(1 + origin*7%origins)
		q.add(uint32(origin), model[origin])
	}
	for origin := range origins - 100 {
		model[origin] = clock.Never
		q.drop(uint32(origin))
	}
	require.LessOrEqual(t, cap(q.heap), 4*(100+smallestCrowd), "of %d", origins)
	requireSame(t, model, &q)
	requireDrains(t, model, &q)
}
