package replicas

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// The 99.99 % quantiles, in rounds, of the exact chains of synchronous pull and push: of the number
// of servers informed, from one to all, with contacts that succeed with a chance of c. Computed for
// this project's reference.
var chains = []struct {
	mode scenarios.Mode
	n    int
	c    rng.PPM
	want int
}{
	{scenarios.Pull, 2, rng.Always, 1}, {scenarios.Pull, 4, rng.Always, 10},
	{scenarios.Pull, 8, rng.Always, 13}, {scenarios.Pull, 10, rng.Always, 13},
	{scenarios.Pull, 16, rng.Always, 15}, {scenarios.Pull, 32, rng.Always, 16},
	{scenarios.Pull, 64, rng.Always, 18}, {scenarios.Pull, 100, rng.Always, 18},
	{scenarios.Pull, 128, rng.Always, 19}, {scenarios.Pull, 256, rng.Always, 20},
	{scenarios.Pull, 64, rng.Percent(99), 18}, {scenarios.Pull, 64, rng.Percent(95), 19},
	{scenarios.Pull, 64, rng.Percent(90), 20}, {scenarios.Pull, 64, rng.Percent(80), 23},
	{scenarios.Pull, 64, rng.Percent(50), 37},
	{scenarios.Push, 4, rng.Always, 10}, {scenarios.Push, 8, rng.Always, 13},
	{scenarios.Push, 16, rng.Always, 16}, {scenarios.Push, 32, rng.Always, 18},
	{scenarios.Push, 64, rng.Always, 20}, {scenarios.Push, 128, rng.Always, 22},
}

// "With 9.2 in place of 21 (a chance of 1 in 10,000) this lies above the 99.99 % quantiles of the
// exact chains of synchronous push and pull", and not far above.
func TestTheBoundLiesAboveTheExactChains(t *testing.T) {
	for _, chain := range chains {
		r := &scenarios.Replicas{Mode: chain.mode, Fanout: 1, Timer: scenarios.Aligned}
		got := quantile(chain.n, r, chain.c, 9210)
		require.GreaterOrEqual(t, got, chain.want, "%+v", chain)
		if chain.n >= 10 {
			require.LessOrEqual(t, got, chain.want+4, "%+v", chain)
		}
	}
}

// Every term by hand, for a pull a second on a network without loss.
func TestBoundsTermByTerm(t *testing.T) {
	for set, want := range map[string]int{
		"servers=64":     6 + 5 + 21, // 6 doublings, 6 ln 2 = 4.2, and 21
		"servers=32":     5 + 4 + 21,
		"servers=2":      1 + 1 + 21,
		"servers=1":      21,
		"fanout=3":       5 + 9, // (5 ln 2 + 21) / 3
		"timer=poisson":  5 + 4 + 21 + 4,
		"limit=100":      5 + 4 + 21 + 2*2000/(100-50),
		"loss=10%":       45, // 29.5 / 0.9^4
		"mode=push":      5 + 4 + 21,
		"mode=push-pull": 5 + 4 + 21,
		"jitter=250ms":   5 + 4 + 21,
		"period=2s":      5 + 4 + 21,
	} {
		s := catalogued(t, "map-steady", set)
		b := NewBounds(&s)
		require.Equal(t, want, b.Rounds, set)
		round := (s.Replicas.Period + s.Replicas.Jitter).Duration()
		require.Equal(t, time.Duration(want+1)*round+s.Replicas.Period.Duration()/2, b.Settle(), set)
	}
	push := catalogued(t, "map-push", "loss=10%", "removals=0")
	b := NewBounds(&push)
	require.Equal(t, 69, b.Rounds, "29.5 / 0.9^8: a push takes two calls")
}

// Servers that are gone for good are contacted until they are noticed to be.
func TestTheGoneForGoodAreWaitedFor(t *testing.T) {
	s := catalogued(t, "map-steady")
	calm := NewBounds(&s)
	for _, c := range []struct {
		fault scenarios.Fault
		want  time.Duration
	}{
		{scenarios.Fault{Kind: scenarios.Crash}, noticed},
		{scenarios.Fault{Kind: scenarios.Leave}, noticed},
		{scenarios.Fault{Kind: scenarios.Crash, For: scenarios.Span(time.Minute)}, 0},
		{scenarios.Fault{Kind: scenarios.Partition, For: scenarios.Span(time.Minute)}, 0},
	} {
		c.fault.Hosts = []node.ID{1}
		s.Faults = []scenarios.Fault{c.fault}
		b := NewBounds(&s)
		require.Equal(t, calm.Settle()+c.want, b.Settle(), "%v", c.fault)
	}
}

// 100 keys at a write a second are written to each 100 s, and the last of them after 100 (ln 100 +
// 1) = 561 s, with 6 for 5.6; 8 servers hear of each other in 8 (ln 8 + 1) = 25 rounds, with 4 for
// 3.1, and 30 s for those who are down.
func TestRetirementTermByTerm(t *testing.T) {
	s := catalogued(t, "map-restarts").Expand(1)
	b := NewBounds(&s)
	require.Equal(t, 4*(600*time.Second+3*(32+30)*time.Second), b.Retirement)
	for _, set := range []string{"collect=off", "writes=0", "writes=2", "keys=61"} {
		s := catalogued(t, "map-restarts", set).Expand(1)
		b := NewBounds(&s)
		require.Zero(t, b.Retirement, set)
	}
}

// A run whose last fault ends too late to be judged is vacuous: no seed may plan one.
func TestCatalogueLeavesTimeToSettle(t *testing.T) {
	for _, s := range scenarios.Maps() {
		for seed := range uint64(50) {
			e := s.Expand(seed)
			end := e.Healed().Duration() + Settle(&e)
			require.LessOrEqual(t, end, e.Duration.Duration(), "%s, seed %d", s.Name, seed)
		}
	}
}

// "log2(1+c) >= c" for a chance c, in whole percent: (1+c)^100 >= 2^(100c).
func TestGrowthIsAtLeastItsChance(t *testing.T) {
	for percent := 0; percent <= 100; percent++ {
		power := 1.0
		for range 100 {
			power *= 1 + float64(percent)/100
		}
		least := 1.0
		for range percent {
			least *= 2
		}
		require.GreaterOrEqual(t, power*(1+1e-9), least, fmt.Sprint(percent, "%"))
	}
}
