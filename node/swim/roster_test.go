package swim

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// listed returns a table of n live members.
func listed(n int, rand *rng.Rand) *table {
	members := new(table)
	for id := range node.ID(n) {
		enlist(members, id, rand)
	}
	return members
}

func enlist(members *table, id node.ID, rand *rng.Rand) {
	members.ensure(id).state = Alive
	members.admit(id, rand)
}

// SWIM, section 4.3: "successive selections of the same target are at most (2*n_i - 1) protocol
// periods apart"; and the bound is reached.
func TestRosterGapIsAtMostTwiceTheMembersLessOne(t *testing.T) {
	const n, periods = 5, 20_000
	rand := rng.New(7)
	members := listed(n, &rand)
	var last [n]int
	longest := 0
	for period := 1; period <= periods; period++ {
		id, found := members.advance(&rand)
		require.True(t, found)
		if last[id] != 0 {
			longest = max(longest, period-last[id])
		}
		last[id] = period
	}
	require.Equal(t, 2*n-1, longest)
}

// SWIM, section 4.3: the member list is re-arranged "to a random order" after each traversal: with 3
// members all 6 orders are equally likely. 6,000 traversals: chi-squared with 5 degrees of freedom
// is below 20.5 with 99.9 % confidence (fixed seed).
func TestRosterOrdersAreUniform(t *testing.T) {
	const traversals = 6000
	rand := rng.New(4)
	members := listed(3, &rand)
	hits := make(map[[3]node.ID]int)
	for range traversals {
		var order [3]node.ID
		for i := range order {
			order[i], _ = members.advance(&rand)
		}
		hits[order]++
	}
	require.Len(t, hits, 6)
	chi := 0.0
	for _, n := range hits {
		d := float64(n) - traversals/6
		chi += d * d / (traversals / 6)
	}
	require.Less(t, chi, 20.5)
}

// SWIM, section 4.3: "a new member is inserted in the membership list at a position that is chosen
// uniformly at random": of ten places seven are passed already, so the newcomer is still to come in
// this traversal with probability 3/10. 10,000 insertions have a standard deviation of 46; the
// interval is four of these.
func TestRosterInsertsUniformly(t *testing.T) {
	const insertions = 10_000
	rand := rng.New(3)
	still := 0
	for range insertions {
		members := listed(9, &rand)
		members.probed = 7
		enlist(members, 99, &rand)
		if slices.Index(members.order, 99) >= members.probed {
			still++
		}
	}
	require.InDelta(t, insertions*3/10, still, 4*46)
}

// An insertion makes nobody be probed twice in one traversal or passed over, nor does an expulsion.
func TestRosterChangesKeepTheTraversal(t *testing.T) {
	for seed := range uint64(200) {
		rand := rng.New(seed)
		members := listed(6, &rand)
		members.probed = 0
		probed := make(map[node.ID]int)
		for step := range 6 {
			if step == 3 {
				members.expel(5)
				enlist(members, 6, &rand)
			}
			id, _ := members.advance(&rand)
			probed[id]++
			if members.probed == len(members.order) {
				break
			}
		}
		for members.probed < len(members.order) {
			id, _ := members.advance(&rand)
			probed[id]++
		}
		for id := range node.ID(5) {
			require.Equal(t, 1, probed[id], "seed %d", seed)
		}
		require.LessOrEqual(t, probed[5], 1)
		require.LessOrEqual(t, probed[6], 1)
	}
}

func TestRosterHasOnlyTheLive(t *testing.T) {
	rand := rng.New(1)
	members := listed(3, &rand)
	members.expel(1)
	for range 10 {
		id, found := members.advance(&rand)
		require.True(t, found)
		require.NotEqual(t, node.ID(1), id)
	}
	require.Len(t, members.order, 2)

	members.expel(0)
	members.expel(2)
	_, found := members.advance(&rand)
	require.False(t, found)
	require.Empty(t, members.order)
}

// The two figures of the paper, on a running group: the gap of section 4.3 for every pair, and the
// expected number of periods until somebody probes a given member, e/(e-1) = 1.582 (section 3.1),
// which a round robin in a group of 16 lowers a little: 1 + sum over k of (1-k/15)^15 = 1.53.
// 3,000 samples with a deviation of about 0.9 have a standard error of 0.016; samples that share a
// window are dependent, so the interval is ten of those.
func TestFirstProbeOfAMember(t *testing.T) {
	const n, periods, samples = 16, 400, 3000
	c := formed(t, n, testConfig(), 11)
	begin := c.now
	c.run(periods * c.config.ProbeInterval)
	require.Len(t, c.probes, n*periods)

	var last [n][n]clock.Time
	for _, p := range c.probes {
		if before := last[p.prober][p.target]; before != 0 {
			gap := p.at.Sub(before)
			require.LessOrEqual(t, gap, (2*n-1)*c.config.ProbeInterval)
		}
		last[p.prober][p.target] = p.at
	}

	rand, total := rng.New(5), 0
	for range samples {
		crashed := node.ID(rand.Intn(n))
		at := begin.Add(time.Duration(rand.Below(uint64((periods - 2*n) * c.config.ProbeInterval))))
		total += c.periodsUntilProbed(crashed, at)
	}
	require.InDelta(t, 1.53, float64(total)/samples, 0.16)
}

// periodsUntilProbed counts the periods from at, the one in which target is probed included.
func (c *cluster) periodsUntilProbed(target node.ID, at clock.Time) int {
	for _, p := range c.probes {
		if p.target == target && p.at > at {
			return int((p.at.Sub(at)-1)/c.config.ProbeInterval) + 1
		}
	}
	c.t.Fatal("never probed")
	return 0
}
