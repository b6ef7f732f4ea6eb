package crdt

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

func TestActorPacksNodeAndBoot(t *testing.T) {
	a := NewActor(node.MaxIDs-1, 1<<bootBits-1)
	require.Equal(t, node.ID(node.MaxIDs-1), a.Node())
	require.Equal(t, uint64(1<<bootBits-1), a.Boot())
	require.Less(t, NewActor(3, 8), NewActor(3, 9), "a later boot compares greater")
	require.Equal(t, "3.9:4", Dot{NewActor(3, 9), 4}.String())
}

// "covered(V,(i,c)) <=> V[i] >= c": off by one is the first bug to look for.
func TestCoversIsInclusive(t *testing.T) {
	v := VersionVector{{1, 5}, {4, 2}}
	require.True(t, v.Covers(Dot{1, 5}))
	require.False(t, v.Covers(Dot{1, 6}))
	require.False(t, v.Covers(Dot{2, 1}), "an actor between two known ones")
	require.Equal(t, uint64(2), v.Seq(4))
	require.Equal(t, uint64(0), v.Seq(9))
}

// model is a set of dots. The actors of the tests are 0 to 3, lives of one node, and their numbers
// go up to 7: that stands for all there are.
type model map[Dot]bool

const modelSeqs = 7

func (m model) advance(d Dot) {
	if d.Seq == Retired {
		for earlier := range d.Actor + 1 {
			m.advance(Dot{earlier, modelSeqs})
		}
		return
	}
	for seq := uint64(1); seq <= d.Seq; seq++ {
		m[Dot{d.Actor, seq}] = true
	}
}

// drawVector returns a vector, built in a drawn order, and the set it stands for.
func drawVector(t *rapid.T, name string) (VersionVector, model) {
	v, m := VersionVector{}, model{}
	for range rapid.IntRange(0, 5).Draw(t, name) {
		actor := Actor(rapid.Uint64Range(0, 3).Draw(t, "actor"))
		d := Dot{actor, rapid.SampledFrom([]uint64{0, 1, 2, 3, Retired}).Draw(t, "seq")}
		before := len(m)
		m.advance(d)
		require.Equal(t, len(m) > before, v.Advance(d))
	}
	return v, m
}

// Every operation does to the vector what it does to the set.
func TestVectorIsASetOfDots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, a := drawVector(t, "v")
		w, b := drawVector(t, "w")
		require.True(t, v.valid())
		union, common := model{}, 0
		for d := range a {
			union[d] = true
			require.True(t, v.Covers(d))
			if b[d] {
				common++
			}
		}
		for d := range b {
			union[d] = true
		}

		expected := ordering(common == len(b), common == len(a))
		require.Equal(t, expected, v.Compare(&w))
		require.Equal(t, expected == Equal, v.Hash() == w.Hash())

		joined := v.Clone()
		require.Equal(t, len(union) > len(a), joined.Join(&w))
		require.True(t, joined.valid())
		var met VersionVector
		met.meet(&v, &w)
		require.True(t, met.valid())
		for actor := range Actor(4) {
			for seq := uint64(1); seq <= modelSeqs; seq++ {
				d := Dot{actor, seq}
				require.Equal(t, union[d], joined.Covers(d))
				require.Equal(t, a[d] && b[d], met.Covers(d))
			}
		}
	})
}

// A retired life stands for itself and the earlier lives of its node, not for later ones, nor for
// other nodes; and the vector has one entry for them all.
func TestRetiredLivesShareAnEntry(t *testing.T) {
	life := func(boot uint64) Actor { return NewActor(3, boot) }
	other := Dot{NewActor(2, 9), 4}
	v := VersionVector{other, {life(1), 5}, {life(2), 6}, {life(4), 7}}
	require.True(t, v.Advance(Dot{life(3), Retired}))
	require.Equal(t, VersionVector{other, {life(3), Retired}, {life(4), 7}}, v)
	require.Equal(t, uint64(Retired), v.Seq(life(1)))
	require.Equal(t, uint64(7), v.Seq(life(4)))
	require.Equal(t, uint64(0), v.Seq(NewActor(2, 1)))
	require.False(t, v.Advance(Dot{life(2), 1000}) || v.Advance(Dot{life(1), Retired}))
	require.True(t, v.supersedes(life(2)) && v.supersedes(life(3)) && !v.supersedes(life(4)))

	v.lower(life(4), 2)
	v.lower(other.Actor, 0)
	require.Equal(t, VersionVector{{life(3), Retired}, {life(4), 2}}, v)
}

func TestOrderingStrings(t *testing.T) {
	orderings := []Ordering{Equal, Before, After, Concurrent, 9}
	require.Equal(t, "[equal before after concurrent ordering?]", fmt.Sprint(orderings))
}
