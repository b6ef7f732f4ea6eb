package rendezvous

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// servers are n servers with sequential names, the hard case for a hash.
func servers(n int) []Member {
	members := make([]Member, n)
	for i := range members {
		members[i] = Member{node.ID(i), HashString(serverName(i))}
	}
	return members
}

func serverName(i int) string { return fmt.Sprintf("cache-sjc%05d", 1000+i) }

func originName(i int) string { return fmt.Sprintf("origin-%d.example.com:443", i) }

// chiSquare is Pearson's statistic of counts against a uniform spread, and its degrees of freedom.
func chiSquare(counts []int) (statistic, freedom float64) {
	total := 0
	for _, c := range counts {
		total += c
	}
	expected := float64(total) / float64(len(counts))
	for _, c := range counts {
		statistic += (float64(c) - expected) * (float64(c) - expected) / expected
	}
	return statistic, float64(len(counts) - 1)
}

// chiSquareLimit is what a chi-square statistic exceeds with a probability of 1e-4 (Wilson and
// Hilferty 1931; 3.719 is the quantile of the normal distribution).
func chiSquareLimit(freedom float64) float64 {
	v := 2 / (9 * freedom)
	return freedom * math.Pow(1-v+3.719*math.Sqrt(v), 3)
}

// The first choice is spread evenly over 64 servers, and so is the second choice of the keys of
// each: a failed server's load goes to all others. 200,000 keys: 3,125 for each owner, 50 for each
// of the 4,032 ordered pairs. A correct hash fails either test with a probability of 1e-4.
func TestOwnersAndSuccessorsAreUniform(t *testing.T) {
	const n, keys = 64, 200_000
	members := servers(n)
	owners, pairs := make([]int, n), make([]int, n*(n-1))
	for i := range keys {
		first, second := topTwo(HashString(originName(i)), members)
		owners[first]++
		if second > first {
			second--
		}
		pairs[first*(n-1)+second]++
	}
	requireUniform(t, owners)
	requireUniform(t, pairs)
}

func requireUniform(t *testing.T, counts []int) {
	t.Helper()
	statistic, freedom := chiSquare(counts)
	require.Less(t, statistic, chiSquareLimit(freedom))
}

func topTwo(key Hash, members []Member) (first, second int) {
	first, second = 0, 1
	if Higher(key, members[1], members[0]) {
		first, second = 1, 0
	}
	for i := 2; i < len(members); i++ {
		switch {
		case Higher(key, members[i], members[first]):
			first, second = i, first
		case Higher(key, members[i], members[second]):
			second = i
		}
	}
	return first, second
}

// The negative control: raw FNV-1a of key||member, without the finaliser, gives one of 64
// sequentially named servers 8 times its share and some of them nothing. The same test as above
// rejects it.
func TestRawFNVIsNotAScore(t *testing.T) {
	const n, keys = 64, 64_000
	owners := make([]int, n)
	for i := range keys {
		owner, best := 0, uint64(0)
		for s := range n {
			if score := rawFNV(originName(i) + serverName(s)); score > best {
				owner, best = s, score
			}
		}
		owners[owner]++
	}
	statistic, freedom := chiSquare(owners)
	require.Greater(t, statistic, 1_000*chiSquareLimit(freedom))
	require.Greater(t, slices.Max(owners), 7*keys/n)
	require.Zero(t, slices.Min(owners))
}

func rawFNV(s string) uint64 {
	h := uint64(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// Invariant 4: "P(owner_A(k) != owner_B(k)) = 1 - |A and B| / |A or B|". Three pairs of views over
// 60,000 keys each; four standard deviations of the binomial: a correct hash fails with a
// probability of 2e-4.
func TestDisagreementIsTheJaccardDistance(t *testing.T) {
	const keys = 60_000
	all := servers(64)
	for _, views := range []struct{ sizeA, sizeB, common int }{
		{64, 63, 63}, {62, 62, 60}, {50, 50, 40},
	} {
		a := all[:views.sizeA]
		b := all[views.sizeA-views.common:][:views.sizeB]
		differ := 0
		for i := range keys {
			ownerA, _ := Owner(HashNumber(uint64(i)), a)
			ownerB, _ := Owner(HashNumber(uint64(i)), b)
			if ownerA != ownerB {
				differ++
			}
		}
		union := views.sizeA + views.sizeB - views.common
		p := 1 - float64(views.common)/float64(union)
		deviation := math.Sqrt(p * (1 - p) / keys)
		require.InDelta(t, p, float64(differ)/keys, 4*deviation, "%+v", views)
	}
}
