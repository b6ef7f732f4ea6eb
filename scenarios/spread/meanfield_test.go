package spread

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/sim/rng"
)

// "continuous/Poisson rate λ: push or pull dx/dt = λcx(1-x) (same!), x(t) = 1/(1+(n-1)e^-λct);
// push-pull: 2λ".
func TestPoissonGrowsLogistically(t *testing.T) {
	for mode, rate := range map[gossip.Mode]float64{
		gossip.PullMode: 1, gossip.PushMode: 1, gossip.PushPullMode: 2,
	} {
		const n, step = 10_000, 0.1
		p := Plan{Mode: mode, Servers: n, FanOut: 1, Timer: gossip.Poisson, Loss: 200_000}
		for i, share := range MeanField(p, step, 200) {
			logistic := 1 / (1 + (n-1)*math.Exp(-rate*p.success()*step*float64(i)))
			require.InDelta(t, logistic, share, 0.003, "after %d steps", i)
		}
	}
}

// In push the phases of those who push do not matter: periodic push grows as Poisson push does.
func TestPeriodicPushGrowsAsPoissonPush(t *testing.T) {
	p := Plan{Mode: gossip.PushMode, Servers: 1000, FanOut: 1, Timer: gossip.Poisson}
	want := MeanField(p, 0.5, 60)
	p.Timer = gossip.Phased
	require.InDeltaSlice(t, want, MeanField(p, 0.5, 60), 1e-9)
}

// Periodic pull with a latency of l periods grows as e^rt with r = e^-rl, while few are informed.
func TestPeriodicPullGrowsAsItsFormula(t *testing.T) {
	for _, latency := range []rng.PPM{0, 50_000, 250_000, 500_000} {
		p := Plan{
			Mode: gossip.PullMode, Servers: node.MaxIDs, FanOut: 1, Timer: gossip.Phased,
			Latency: latency,
		}
		shares := MeanField(p, 1, 10)
		growth := math.Exp(growthRate(p.latencyPeriods()))
		require.InEpsilon(t, growth, shares[9]/shares[8], 0.005, "latency %v", latency)
	}
}

// A server that is not informed asks once in a period, and of those it might ask no more than were
// left at the period's beginning are left: p² at most.
func TestPeriodicPullEndsBySquaring(t *testing.T) {
	p := Plan{Mode: gossip.PullMode, Servers: node.MaxIDs, FanOut: 1, Timer: gossip.Phased}
	shares := MeanField(p, 1, 40)
	for i := range 39 {
		left := 1 - shares[i]
		require.LessOrEqual(t, 1-shares[i+1], left*left*1.001, "period %d", i+1)
	}
	require.Less(t, 1-shares[39], 1e-9)
}

func TestLatencyDelaysWhatItTakes(t *testing.T) {
	for _, mode := range modes {
		p := Plan{Mode: mode, Servers: 1000, FanOut: 1, Timer: gossip.Phased}
		quick := MeanField(p, 0.1, 200)
		p.Latency = 250_000
		for i, share := range MeanField(p, 0.1, 200) {
			require.LessOrEqual(t, share, quick[i]+1e-12)
		}
	}
}

// What is left of the servers is a difference of sums, and does not fall below none of them.
func TestAShareIsAShareToTheEnd(t *testing.T) {
	for _, mode := range modes {
		for _, timer := range []gossip.Timer{gossip.Phased, gossip.Poisson} {
			for servers := 2; servers <= 64; servers++ {
				p := Plan{Mode: mode, Servers: servers, FanOut: 1 + servers%3, Timer: timer,
					Loss: rng.Percent(20 * (servers % 4)), Latency: rng.Percent(5 * (servers % 5))}
				require.NoError(t, p.Validate())
				for i, share := range MeanField(p, 0.1, 120) {
					require.True(t, 0 <= share && share <= 1, "%+v: %v at step %d", p, share, i)
				}
			}
		}
	}
}
