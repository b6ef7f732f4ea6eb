package crdt

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawReachable returns three replicas in states that a plan reached.
func drawReachable(t *rapid.T) (x, y, z *testMap) {
	u := newUniverse(t, 3).run(drawPlan(t, 40))
	return u.replicas[0], u.replicas[1], u.replicas[2]
}

// "Lattice laws on reachable states: x join x = x, x join y = y join x, associative."
func TestJoinIsALeastUpperBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, z := drawReachable(t)
		requireSame(t, x, join(x, x))
		requireSame(t, join(x, y), join(y, x))
		requireSame(t, join(join(x, y), z), join(x, join(y, z)))
		requireSame(t, join(x, y), join(join(x, y), y))
	})
}

// "m(x) = x join delta(x)" (Almeida, Shoker and Baquero 2018, of delta-mutators): the delta of a
// write, joined to the state before it, is the state after it.
func TestWriteIsTheJoinWithItsDelta(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, _, _ := drawReachable(t)
		before := join(x, x)
		key := rapid.SampledFrom(testKeys).Draw(t, "key")
		if _, removed := x.Remove(key); !removed || rapid.Bool().Draw(t, "put") {
			x.Put(key, "new")
		}
		var delta testDelta
		x.Answer(contextOf(before), 0, &delta)
		require.Len(t, delta.Entries, 1, "the delta of one key is one entry")
		require.True(t, before.Apply(&delta, nil))
		requireSame(t, x, before)
	})
}

// "Delta equivalence: x join delta(y | V_x) == x join y for every reachable x, y."
func TestDeltaIsAsGoodAsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, _ := drawReachable(t)
		whole := join(x, y)
		if !pull(x, y) {
			require.True(t, pull(y, x) && pull(x, y), "who retired a life is pulled from first")
		}
		requireSame(t, whole, x)
	})
}

// "Order, duplicates, loss: any permutation with duplicates of the same delta multiset gives the
// same state", as long as each delta is applied when its precondition holds, and loss is made up
// for later.
func TestOrderAndDuplicatesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, z := drawReachable(t)
		deltas := make([]testDelta, 4)
		y.Answer(contextOf(x), 0, &deltas[0])
		z.Answer(contextOf(x), 0, &deltas[1])
		pull(y, z)
		y.Answer(contextOf(x), 0, &deltas[2])
		z.Answer(&CausalContext{}, 0, &deltas[3])
		expected := join(join(x, y), z)

		order := rapid.Permutation([]int{0, 1, 2, 3, 0, 1, 2, 3}).Draw(t, "order")
		kept := slices.DeleteFunc(order, func(i int) bool {
			return i < 2 && rapid.Bool().Draw(t, "lost")
		})
		refused := false
		for _, i := range kept {
			if seen := contextOf(x); !x.Apply(&deltas[i], nil) {
				held := seen.CoversAll(&deltas[i].Since)
				require.True(t, !held || retires(*expected.Versions()))
				refused = true
			}
		}
		if refused {
			converge([]*testMap{x, y, z})
		}
		requireSame(t, expected, x)
	})
}
