package swim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// hashicorp/memberlist issue 350: "3 nodes, 1 eligible helper missed ~2.6% of the time". Never here:
// whoever suits is found, in a group of any size.
func TestChooseFindsEveryoneWhoSuits(t *testing.T) {
	for n := 3; n <= 40; n++ {
		s, out := grouped(Lan(), n)
		for id := 3; id < n; id++ {
			s.hear(0, claim(node.ID(id), Suspect, 1), nil, out)
		}
		for range 200 {
			require.Equal(t, []node.ID{2}, s.choose(3, 1), "of %d", n)
			require.ElementsMatch(t, []node.ID{1, 2}, s.choose(3, node.Nobody), "of %d", n)
		}
	}
	s, _ := alone(Lan())
	require.Empty(t, s.choose(3, node.Nobody))
}

// Every choice of members is equally likely. 6,000 choices of 3 of 9, each 2,000 times: a standard
// deviation is 37; the interval is four of these.
func TestChooseIsUniform(t *testing.T) {
	s, _ := grouped(Lan(), 11)
	hits := make(map[node.ID]int)
	for range 6000 {
		chosen := s.choose(3, 10)
		require.Len(t, chosen, 3)
		for _, id := range chosen {
			hits[id]++
		}
		require.False(t, chosen[0] == chosen[1] || chosen[1] == chosen[2] || chosen[0] == chosen[2])
	}
	require.Len(t, hits, 9)
	for id, n := range hits {
		require.InDelta(t, 2000, n, 4*37, "member %d", id)
	}
}

// The work of a choice does not grow with the group: nobody looks through all of 10,000 members, nor
// for helpers where none are asked.
func TestChooseLooksAtFew(t *testing.T) {
	s, _ := grouped(Lan(), 10_000)
	for range 1000 {
		require.Len(t, s.choose(3, 5), 3)
		require.Empty(t, s.choose(0, 5))
	}
	require.Zero(t, cap(s.scratch), "the list of all was never made")
	require.Zero(t, testing.AllocsPerRun(1000, func() { s.choose(3, 5) }))
}
