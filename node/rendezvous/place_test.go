package rendezvous

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// drawMembers draws members with distinct IDs. A few bits of hash make ties the rule, 64 bits the
// exception.
func drawMembers(t *rapid.T, atLeast int) []Member {
	ids := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 99), atLeast, 12, rapid.ID).Draw(t, "ids")
	mask := rapid.SampledFrom([]uint64{0x3, 0xff, 1<<64 - 1}).Draw(t, "mask")
	members := make([]Member, len(ids))
	for i, id := range ids {
		members[i] = Member{node.ID(id), HashNumber(uint64(id)) & Hash(mask)}
	}
	return members
}

func drawKey(t *rapid.T) Hash { return Hash(rapid.Uint64().Draw(t, "key")) }

// Invariant 2: the order of the list does not matter.
func TestPermutationInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, members := drawKey(t), drawMembers(t, 1)
		shuffled := rapid.Permutation(members).Draw(t, "shuffled")
		require.Equal(t, Order(key, members, nil), Order(key, shuffled, nil))
	})
}

// Invariant 1: Owner, Rank, Order and Higher are four views of one strict total order.
func TestOneOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, members := drawKey(t), drawMembers(t, 1)
		sorted := slices.SortedFunc(slices.Values(members), func(a, b Member) int {
			if Higher(key, a, b) {
				return -1
			}
			return 1
		})
		order := Order(key, members, []node.ID{node.Nobody})
		require.Equal(t, node.Nobody, order[0], "Order appends")
		owner, ok := Owner(key, members)
		require.True(t, ok)
		require.Equal(t, order[1], owner)
		for i, m := range sorted {
			require.Equal(t, m.ID, order[1+i])
			require.Equal(t, i, Rank(key, members, m))
			require.False(t, Higher(key, m, m))
		}
	})
}

// Invariant 3, "removing s moves exactly the keys owned by s, each to its second choice": a removal
// leaves the order of the others as it was, so top-1 after the removal of the owner is the old
// top-2.
func TestRemovalMovesOnlyOwnedKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, members := drawKey(t), drawMembers(t, 2)
		gone := rapid.IntRange(0, len(members)-1).Draw(t, "gone")
		before := Order(key, members, nil)
		left := slices.Delete(slices.Clone(members), gone, gone+1)

		expected := slices.DeleteFunc(slices.Clone(before), func(id node.ID) bool {
			return id == members[gone].ID
		})
		require.Equal(t, expected, Order(key, left, nil))
		owner, _ := Owner(key, left)
		if before[0] == members[gone].ID {
			require.Equal(t, before[1], owner)
		} else {
			require.Equal(t, before[0], owner)
		}
	})
}

// Invariant 3, the other way: "adding moves keys only to the new node".
func TestAdditionMovesKeysOnlyToTheNewMember(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, members := drawKey(t), drawMembers(t, 2)
		newcomer, others := members[0], members[1:]
		before, _ := Owner(key, others)
		after, _ := Owner(key, members)
		if after != before {
			require.Equal(t, newcomer.ID, after)
		}
	})
}

// Ties are ranked by the lower ID: with one hash for all, the order is the order of the IDs for any
// key.
func TestTiesGoToTheLowerID(t *testing.T) {
	members := []Member{{7, 1}, {3, 1}, {5, 1}}
	for key := range Hash(100) {
		require.Equal(t, []node.ID{3, 5, 7}, Order(key, members, nil))
	}
}

func TestNoMembers(t *testing.T) {
	owner, ok := Owner(1, nil)
	require.False(t, ok)
	require.Equal(t, node.Nobody, owner)
	require.Empty(t, Order(1, nil, nil))
	require.Equal(t, 0, Rank(1, nil, Member{ID: 1}))
}

func TestPlacementAllocatesNothing(t *testing.T) {
	members := servers(64)
	order := make([]node.ID, 0, len(members))
	require.Zero(t, testing.AllocsPerRun(100, func() {
		order = Order(HashNumber(9), members, order[:0])
		Owner(HashNumber(9), members)
		Rank(HashNumber(9), members, members[5])
	}))
}

func BenchmarkOwner64(b *testing.B) {
	members, key := servers(64), Hash(0)
	b.ReportAllocs()
	for b.Loop() {
		key += 0x9e3779b97f4a7c15
		Owner(key, members)
	}
}

func BenchmarkOrder64(b *testing.B) {
	members, key := servers(64), Hash(0)
	order := make([]node.ID, 0, len(members))
	b.ReportAllocs()
	for b.Loop() {
		key += 0x9e3779b97f4a7c15
		order = Order(key, members, order[:0])
	}
}
