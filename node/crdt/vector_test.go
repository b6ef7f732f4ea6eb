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

// model is a version vector as the set it stands for.
type model map[Dot]bool

func (m model) advance(d Dot) {
	for seq := uint64(1); seq <= d.Seq; seq++ {
		m[Dot{d.Actor, seq}] = true
	}
}

func drawVector(t *rapid.T, name string) (VersionVector, model) {
	v, m := VersionVector{}, model{}
	for range rapid.IntRange(0, 5).Draw(t, name) {
		actor := Actor(rapid.Uint64Range(0, 3).Draw(t, "actor"))
		d := Dot{actor, rapid.Uint64Range(0, 3).Draw(t, "seq")}
		_, grows := m[d]
		require.Equal(t, !grows && d.Seq > 0, v.Advance(d))
		m.advance(d)
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

		expected := map[[2]bool]Ordering{
			{true, true}: Equal, {true, false}: Before,
			{false, true}: After, {false, false}: Concurrent,
		}[[2]bool{common == len(a), common == len(b)}]
		require.Equal(t, expected, v.Compare(&w))
		require.Equal(t, expected == Equal, v.Hash() == w.Hash())

		joined := v.Clone()
		require.Equal(t, len(union) > len(a), joined.Join(&w))
		size := uint64(0)
		for _, d := range joined {
			size += d.Seq
		}
		require.Equal(t, uint64(len(union)), size)
		require.True(t, joined.CoversAll(&v) && joined.CoversAll(&w))
	})
}

func TestOrderingStrings(t *testing.T) {
	orderings := []Ordering{Equal, Before, After, Concurrent, 9}
	require.Equal(t, "[equal before after concurrent ordering?]", fmt.Sprint(orderings))
}
