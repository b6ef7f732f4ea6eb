package spread

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
)

// plans are one of each mode and timer, with loss and two peers.
func plans() (all []Plan) {
	for _, mode := range []gossip.Mode{gossip.PullMode, gossip.PushMode, gossip.PushPullMode} {
		for _, timer := range []gossip.Timer{gossip.Phased, gossip.Aligned, gossip.Poisson} {
			p := Plan{Mode: mode, Servers: 32, FanOut: 2, Loss: 100_000, Timer: timer}
			if timer != gossip.Aligned {
				p.Latency = 100_000
			}
			all = append(all, p)
		}
	}
	return all
}

// "A pure function of the plan and the seed; any number may be played at once."
func TestATrialIsAFunctionOfItsPlanAndSeed(t *testing.T) {
	for _, p := range plans() {
		again := run(p, 8)
		require.Equal(t, again, run(p, 8), "%+v", p)
		require.NotEqual(t, again[0], again[1], "%+v", p)
	}
}

// "Informed is when each server had the write, ascending": the one that wrote it at once, and with
// aligned timers at whole rounds.
func TestWhatATrialSays(t *testing.T) {
	for _, p := range plans() {
		trial := Run(p, 1)
		require.Len(t, trial.Informed, p.Servers)
		require.Zero(t, trial.Informed[0])
		require.IsNonDecreasing(t, trial.Informed)
		require.Equal(t, trial.Informed[p.Servers-1], trial.Completed())
		if p.Timer == gossip.Aligned {
			for _, at := range trial.Informed {
				require.Zero(t, at%Period)
			}
		}
	}
}

// All requests of a round read the state at its start: what is pushed may double the informed
// servers and no more, however quick the network is.
func TestASynchronousRoundHandsOnWhatWasThereAtItsStart(t *testing.T) {
	for seed := range uint64(20) {
		p := Plan{Mode: gossip.PushMode, Servers: 64, FanOut: 1, Timer: gossip.Aligned}
		for _, step := range Run(p, seed).steps() {
			require.LessOrEqual(t, step.more, step.from)
		}
	}
}

// A server chooses its peers independently: of as many pushes as there are peers, the first round
// of a spread among 16 servers informs 1 + 15·(1 - (14/15)^15) = 10.67 on average, within four
// standard errors of 100 trials. Of the number of boxes hit by 15 balls in 15 boxes the variance is
//
//	15·(14/15)^15 + 15·14·(13/15)^15 - (15·(14/15)^15)² = 1.48
func TestPeersOfARoundAreChosenIndependently(t *testing.T) {
	const trials = 100
	p := Plan{Mode: gossip.PushMode, Servers: 16, FanOut: 15, Timer: gossip.Aligned}
	sum := 0
	for _, trial := range run(p, trials) {
		sum += trial.informedAt(Period)
	}
	missed := 15 * math.Pow(14.0/15, 15)
	variance := missed + 15*14*math.Pow(13.0/15, 15) - missed*missed
	require.InDelta(t, 16-missed, float64(sum)/trials, 4*math.Sqrt(variance/trials))
}

// BenchmarkRun plays one trial.
func BenchmarkRun(b *testing.B) {
	for name, mode := range modes {
		for _, n := range []int{64, 1000} {
			b.Run(fmt.Sprintf("%s/n=%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				p := Plan{Mode: mode, Servers: n, FanOut: 1, Timer: gossip.Aligned}
				for seed := uint64(0); b.Loop(); seed++ {
					Run(p, seed)
				}
			})
		}
	}
}
