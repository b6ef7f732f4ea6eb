package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// "Delta-mutator, delta-group and full-state exchange give the same state, with any order,
// duplication, loss and truncation": four writers write with what news they have; every write's
// delta alone, groups of them collected by somebody else, pulls cut to any length and whole states
// bring four readers to the same state.
func TestAnyDeliveryGivesTheSameState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newUniverse(t, 4)
		mutations := u.writeAndRecord(drawPlan(t, 40))
		u.meet()
		order := func(name string) []int {
			some := rapid.IntRange(0, len(mutations)) // one more than there are is a loss
			return rapid.SliceOfN(some, 0, 2*len(mutations)).Draw(t, name)
		}

		readers := make([]*testMap, 4)
		for i := range readers {
			readers[i] = newReplica(9, uint64(i))
		}
		single, group, cut, whole := readers[0], readers[1], readers[2], readers[3]
		applyAll(t, single, mutations, order("single"))
		for range 3 {
			collector := newReplica(8, 1)
			applyAll(t, collector, mutations, order("group"))
			require.True(t, pull(group, collector))
		}
		for _, from := range order("cut") {
			limit := rapid.IntRange(1, 2).Draw(t, "limit")
			require.True(t, pullAtMost(limit, cut, u.replicas[from%4]))
		}
		require.True(t, pull(whole, u.replicas[0]))
		for _, m := range readers {
			requireSound(t, m)
			for seen := -1; seen != len(contextOf(m).Cloud)+len(*m.Versions()); {
				seen = len(contextOf(m).Cloud) + len(*m.Versions())
				require.True(t, pull(m, u.replicas[0]))
			}
			requireSame(t, u.replicas[0], m)
		}
	})
}

// writeAndRecord runs the writes and pulls of a plan, and returns the delta of every write.
func (u *universe) writeAndRecord(plan []event) (mutations []testDelta) {
	for _, e := range plan {
		switch e.kind {
		case evWrite, evRemove:
			u.step(e)
			var delta testDelta
			u.replicas[e.a%4].Mutation(u.keys[e.b%len(u.keys)], &delta)
			mutations = append(mutations, delta)
		case evPull, evTake:
			u.step(e)
		}
	}
	return mutations
}

// applyAll applies the deltas in this order.
func applyAll(t require.TestingT, m *testMap, deltas []testDelta, order []int) {
	for _, i := range order {
		if i < len(deltas) {
			require.True(t, m.Apply(&deltas[i], nil))
		}
	}
}

// All of a map arrives in answers of any length, and every one of them brings something.
func TestTruncatedAnswersMakeProgress(t *testing.T) {
	for limit := 1; limit < 7; limit++ {
		u := newStory().play("w(A,j) w(B,k) p(A<-B) w(A,k) w(A,l) p(B<-A) w(B,l) w(A,m) w(C,k) " +
			"p(B<-C) p(B<-A) w(A,j) w(A,n) w(B,o) p(A<-B) p(A<-C)")
		a, to := u.replicas[0], newReplica(3, 0)
		lacking := a.Len()
		for to.VersionHash() != a.VersionHash() {
			require.Positive(t, lacking)
			lacking -= limit
			require.True(t, pullAtMost(limit, to, a))
			requireSound(t, to)
		}
		require.LessOrEqual(t, lacking, 0)
		require.Equal(t, a.StateHash(), to.StateHash())
	}
}

// An answer that is cut short looks at what it holds, not at what is left: of 100,000 keys that the
// other side lacks, all but the first 200 of each writer are unreadable.
func TestTruncatedAnswerTouchesOnlyWhatItSends(t *testing.T) {
	a, _ := largePair(t, 100_000)
	for i := range a.entries {
		if e := &a.entries[i]; e.key >= 400 {
			e.few[0].actor = 1 << 31
		}
	}
	var delta Delta[uint32, uint64]
	a.Answer(&CausalContext{}, 100, &delta)
	require.Len(t, delta.Entries, 100)
	require.Equal(t, VersionVector{{NewActor(0, 1), 100}}, delta.Versions)
}
