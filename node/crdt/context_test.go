package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawContext returns a context, built in a drawn order, and the set it stands for.
func drawContext(t *rapid.T, name string) (CausalContext, model) {
	vector, m := drawVector(t, name)
	c := CausalContext{Vector: vector}
	for range rapid.IntRange(0, 6).Draw(t, name+" cloud") {
		d := Dot{
			Actor(rapid.Uint64Range(0, 3).Draw(t, "actor")), rapid.Uint64Range(1, 6).Draw(t, "seq"),
		}
		require.Equal(t, !m[d], c.Add(d))
		m[d] = true
	}
	return c, m
}

// Every operation does to the context what it does to the set, and the form is canonical.
func TestContextIsASetOfDots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, a := drawContext(t, "c")
		d, b := drawContext(t, "d")
		require.True(t, c.valid())
		union, common := model{}, 0
		for dot := range a {
			union[dot] = true
			require.True(t, c.Covers(dot))
			if b[dot] {
				common++
			}
		}
		for dot := range b {
			union[dot] = true
		}
		expected := ordering(common == len(b), common == len(a))
		require.Equal(t, expected, c.Compare(&d))
		require.Equal(t, expected == Equal, c.Hash() == d.Hash())

		joined := c.Clone()
		require.Equal(t, len(union) > len(a), joined.Join(&d))
		require.True(t, joined.valid())
		for actor := range Actor(4) {
			for seq := uint64(1); seq <= 7; seq++ {
				dot := Dot{actor, seq}
				require.Equal(t, union[dot], joined.Covers(dot))
			}
		}
	})
}

// "A partial order and a join that is its least upper bound": on any contexts, and on those that
// replicas reach.
func TestJoinOfContextsIsALeastUpperBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x, y, z CausalContext
		if rapid.Bool().Draw(t, "reached") {
			a, b, c := drawReachable(t)
			x, y, z = *contextOf(a), *contextOf(b), *contextOf(c)
		} else {
			x, _ = drawContext(t, "x")
			y, _ = drawContext(t, "y")
			z, _ = drawContext(t, "z")
		}
		xy := joinContexts(x, y)
		require.Equal(t, Equal, new(joinContexts(x, x)).Compare(&x))
		require.Equal(t, xy.Hash(), new(joinContexts(y, x)).Hash())
		left, right := joinContexts(xy, z), joinContexts(x, joinContexts(y, z))
		require.Equal(t, Equal, left.Compare(&right))
		require.Equal(t, left.Hash(), right.Hash())
		require.True(t, xy.CoversAll(&x) && xy.CoversAll(&y), "an upper bound")
		require.True(t, !z.CoversAll(&x) || !z.CoversAll(&y) || z.CoversAll(&xy), "the least")
		require.Equal(t, x.CoversAll(&y), xy.Compare(&x) == Equal)
	})
}

func joinContexts(x, y CausalContext) CausalContext {
	joined := x.Clone()
	joined.Join(&y)
	return joined
}

// The cloud moves into the vector as soon as nothing is missing between them.
func TestContextIsCompact(t *testing.T) {
	var c CausalContext
	for _, seq := range []uint64{3, 2, 5} {
		require.True(t, c.Add(Dot{1, seq}))
	}
	require.Equal(t, CausalContext{Cloud: []Dot{{1, 2}, {1, 3}, {1, 5}}}, c)
	require.True(t, c.Add(Dot{1, 1}))
	require.Equal(t, CausalContext{VersionVector{{1, 3}}, []Dot{{1, 5}}}, c)
	require.False(t, c.Add(Dot{1, 2}) || c.Add(Dot{1, 5}) || c.Add(Dot{}))

	retired := CausalContext{Vector: VersionVector{{1, Retired}}}
	require.True(t, c.Join(&retired))
	require.Equal(t, retired.Vector, c.Vector)
	require.Empty(t, c.Cloud)
}

// A dot alone is not the dot with all before it.
func TestCloudAndVectorHashDifferently(t *testing.T) {
	vector := CausalContext{Vector: VersionVector{{1, 2}}}
	cloud := CausalContext{Cloud: []Dot{{1, 2}}}
	require.NotEqual(t, vector.Hash(), cloud.Hash())
	require.Equal(t, After, vector.Compare(&cloud))
}

// An answer of the same size costs no new memory.
func TestContextsKeepTheirMemory(t *testing.T) {
	var c CausalContext
	other := CausalContext{VersionVector{{1, 3}, {2, 1}}, []Dot{{1, 5}}}
	c.CopyFrom(&other)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		c.Reset()
		c.CopyFrom(&other)
	}))
	require.Equal(t, other, c)
}
