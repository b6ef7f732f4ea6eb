package gossip

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
)

func clockAt(d time.Duration) clock.Time { return clock.At(d) }

// "A round of a node begins FanOut contacts on streams", however few the peers are.
func TestARoundBeginsAsManyContactsAsItsFanOut(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		count := rapid.IntRange(2, 12).Draw(rt, "servers")
		config := aligned(PullMode)
		config.FanOut = rapid.IntRange(1, 14).Draw(rt, "fan-out")
		s := begin(t, config, 0, rapid.Uint64().Draw(rt, "boot")&0xffff, count)
		calls := s.round(0)
		require.Len(rt, calls, config.FanOut)
		seen := map[node.CallID]bool{}
		for _, c := range calls {
			require.NotZero(rt, c.To, "itself")
			require.False(rt, seen[c.ID], "call %d, twice", c.ID)
			seen[c.ID] = true
			require.Equal(rt, config.Timeout, c.Timeout)
			require.Less(rt, c.ID, node.CallID(1<<31))
		}
	})
}

// "chosen uniformly at random and independently of the others": all 64 sequences of 3 of 4 peers
// are equally likely. Of 64,000 rounds the sum of squares has a chi-squared distribution of 63
// degrees of freedom, which exceeds 117 once in 23,000 times.
func TestPeersAreChosenIndependently(t *testing.T) {
	const rounds, fanOut, peers = 64_000, 3, 4
	config := aligned(PullMode)
	config.FanOut = fanOut
	s := begin(t, config, 0, 1, peers+1)
	counts := [peers * peers * peers]float64{}
	for range rounds {
		sequence := 0
		for _, c := range s.round(0) {
			sequence = sequence*peers + int(c.To) - 1
			s.Returned(0, c.To, c.ID, nil, sink{&s.out})
		}
		counts[sequence]++
	}
	const expected = float64(rounds) / float64(len(counts))
	chiSquared := 0.0
	for _, count := range counts {
		chiSquared += (count - expected) * (count - expected) / expected
	}
	require.Less(t, chiSquared, 117.0)
}

// "A peer that is chosen twice is contacted twice": neither contact knows of the other, and what
// both bring is merged once.
func TestAPeerChosenTwiceIsContactedTwice(t *testing.T) {
	for mode, told := range map[Mode][]string{
		PullMode: {"0->1 pull", "1->0 answer +1"},
		PushMode: {"0->1 offer", "1->0 answer lacks", "0->1 push +1", "1->0 answer"},
		PushPullMode: {
			"0->1 exchange", "1->0 answer +1 lacks", "0->1 push +1", "1->0 answer",
		},
	} {
		config := aligned(mode)
		config.FanOut = 2
		g := newGroup(t, config, 2)
		for _, s := range g.all {
			s.store.Put(uint32(s.id), 1)
		}
		g.round(0)
		require.ElementsMatch(t, append(told, told...), g.told())
		require.Equal(t, mode != PushMode, g.all[0].store.Len() == 2)
		require.Equal(t, mode != PullMode, g.all[1].store.Len() == 2)
		for _, s := range g.all {
			require.Len(t, s.changed, s.store.Len()-1)
		}
	}
}

// Invariant 1, "At most FanOut contacts are outstanding": "A contact that is late keeps its place".
func TestLateContactsKeepTheirPlace(t *testing.T) {
	config := aligned(PullMode)
	config.FanOut = 3
	s := begin(t, config, 0, 1, 10)
	calls := s.round(0)
	require.Len(t, calls, 3)
	require.Empty(t, s.round(clockAt(second)))
	s.Returned(0, calls[1].To, calls[1].ID, nil, sink{&s.out})
	again := s.round(clockAt(2 * second))
	require.Len(t, again, 1, "one place is free")
	require.NotContains(t, []node.CallID{calls[0].ID, calls[1].ID, calls[2].ID}, again[0].ID)
	for _, c := range []node.Call[message]{calls[0], calls[2], again[0]} {
		s.Returned(0, c.To, c.ID, &message{Kind: Answer}, sink{&s.out})
	}
	require.Len(t, s.round(clockAt(3*second)), 3)
}

// "It comes round after 2^31 calls": the numbers stay below the owner's mark.
func TestCallNumbersComeRound(t *testing.T) {
	c := contacts{latest: 1<<31 - 2}
	require.Equal(t, node.CallID(1<<31-1), c.number())
	require.Zero(t, c.number())
	require.Equal(t, node.CallID(1), c.number())
}

func TestWhoIsAloneContactsNobody(t *testing.T) {
	s := begin(t, aligned(PullMode), 0, 1, 1)
	require.Empty(t, s.round(0))
	require.Equal(t, clockAt(second), s.alarm, "and waits for peers to come")
}

// "Aligned rounds are a period apart and begin together at all nodes that start together, the first
// of them at the start."
func TestAlignedRoundsBeginTogether(t *testing.T) {
	for id := range node.ID(5) {
		s := begin(t, aligned(PullMode), id, 1, 5)
		require.Zero(t, s.alarm)
		for round := range 5 {
			require.Equal(t, clockAt(time.Duration(round)*second), s.alarm)
			s.round(s.alarm)
		}
	}
}

// "Phased rounds are a period apart, from a random moment of the first period on": over 1,000
// servers that moment has the mean and the spread of a uniform one, within four standard errors.
func TestPhasedRoundsBeginAtARandomMoment(t *testing.T) {
	const servers = 1000
	config := aligned(PullMode)
	config.Timer = Phased
	sum, squares := 0.0, 0.0
	for boot := range uint64(servers) {
		s := begin(t, config, 0, boot, 2)
		first := s.alarm
		require.Less(t, first.Since(), second)
		sum, squares = sum+first.Seconds(), squares+first.Seconds()*first.Seconds()
		s.round(s.alarm)
		require.Equal(t, first.Add(second), s.alarm)
		s.round(s.alarm)
		require.Equal(t, first.Add(2*second), s.alarm)
	}
	mean := sum / servers
	require.InDelta(t, 0.5, mean, 4*math.Sqrt(1.0/12/servers))
	require.InDelta(t, 1.0/12, squares/servers-mean*mean, 4*math.Sqrt(1.0/180/servers))
}

// "Poisson rounds begin at random, independently, a period apart on average": the gaps have the
// mean and the spread of the exponential distribution, within four standard errors of 20,000.
func TestPoissonRoundsBeginAtRandom(t *testing.T) {
	const rounds = 20_000
	config := aligned(PullMode)
	config.Timer, config.Jitter = Poisson, second/2
	s := begin(t, config, 0, 1, 1)
	sum, squares, last := 0.0, 0.0, clock.Time(0)
	for range rounds {
		gap := s.alarm.Sub(last).Seconds()
		sum, squares, last = sum+gap, squares+gap*gap, s.alarm
		s.round(s.alarm)
	}
	require.InDelta(t, 1, sum/rounds, 4/math.Sqrt(rounds))
	require.InDelta(t, 2, squares/rounds, 4*math.Sqrt(20.0/rounds))
}

// "Jitter is by how much at most a Phased or Aligned round begins late": each round on its own, so
// that the lateness of one does not move the next.
func TestJitterMakesRoundsLate(t *testing.T) {
	config := aligned(PullMode)
	config.Jitter = second / 4
	s := begin(t, config, 0, 1, 1)
	latest := time.Duration(0)
	for round := range 1000 {
		late := s.alarm.Sub(clockAt(time.Duration(round) * second))
		require.GreaterOrEqual(t, late, time.Duration(0))
		require.LessOrEqual(t, late, second/4)
		latest = max(latest, late)
		s.round(s.alarm)
	}
	require.Greater(t, latest, second/5)
}

// "Rounds missed in a pause are not made up for", and the beat is kept.
func TestMissedRoundsAreNotMadeUpFor(t *testing.T) {
	s := begin(t, aligned(PullMode), 0, 1, 1)
	s.round(clockAt(0))
	s.round(clockAt(10*second + second/2))
	require.Equal(t, clockAt(11*second), s.alarm)
	s.round(s.alarm)
	require.Equal(t, clockAt(12*second), s.alarm)
}
