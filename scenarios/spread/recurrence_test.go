package spread

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/gossip"
	"butterfly/sim/rng"
)

func drawPlan(t *rapid.T) Plan {
	n := rapid.IntRange(2, 40).Draw(t, "n")
	return Plan{
		Mode:    gossip.Mode(rapid.IntRange(0, 2).Draw(t, "mode")),
		Servers: n,
		Loss:    rng.PPM(rapid.IntRange(0, 900_000).Draw(t, "loss")),
		FanOut:  rapid.IntRange(1, min(n-1, 6)).Draw(t, "fanout"),
		Timer:   gossip.Aligned,
	}
}

// Two derivations of one round: the recurrence multiplies chances of one server, the chain counts
// servers. From any whole number of informed servers they agree on how many there are next.
func TestRecurrenceIsTheMeanOfTheChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		c := NewChain(p)
		i := rapid.IntRange(1, p.Servers).Draw(t, "informed")
		mean, total := 0.0, 0.0
		for k, chance := range c.next[i] {
			mean += float64(k) * chance
			total += chance
		}
		require.InDelta(t, 1, total, 1e-9)
		require.InDelta(t, float64(p.Servers-i)*(1-p.left(float64(i))), mean, 1e-9)
	})
}

// "push p' = p·e^-(1-p), pull p' = p², push-pull p' = p²·e^-(1-p)", with fan-out f and success c
// "p·e^-cf(1-p)", "p·(1-c(1-p))^f" and their product (Demers et al. 1987; Karp et al. 2000): what
// the finite forms come to among a million servers, to what a million allows.
func TestRecurrencesOfManyServers(t *testing.T) {
	const n = 1_000_000
	for _, f := range []int{1, 2, 4} {
		for _, c := range []float64{1, 0.9, 0.5} {
			for _, p := range []float64{0.9, 0.5, 0.1, 0.01} {
				pull := math.Pow(1-c*(1-p), float64(f))
				push := math.Exp(-c * float64(f) * (1 - p))
				plan := Plan{Servers: n, FanOut: f, Loss: rng.PPM(math.Round((1 - c) * 1e6))}
				require.InEpsilon(t, pull, plan.notPulled(n*(1-p)), 1e-3)
				require.InEpsilon(t, push, plan.notPushed(n*(1-p)), 1e-4)
			}
		}
	}
}

func TestRecurrenceOnlyGrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		shares := Recurrence(p, 200)
		require.InDelta(t, 1/float64(p.Servers), shares[0], 1e-12)
		for r, share := range shares[1:] {
			require.GreaterOrEqual(t, share, shares[r])
			require.LessOrEqual(t, share, 1.0)
		}
	})
}

// The end of pull squares what is left, that of push divides it by e: from a thousandth on, two
// rounds of pull and 14 of push reach a billionth.
func TestPullEndsFasterThanPush(t *testing.T) {
	p := Plan{Servers: 1_000_000_000, FanOut: 1}
	roundsFrom := func(mode gossip.Mode) (rounds int) {
		p.Mode = mode
		for left := 1e-3; left > 1e-9; rounds++ {
			left *= p.left(float64(p.Servers) * (1 - left))
		}
		return rounds
	}
	require.Equal(t, 2, roundsFrom(gossip.PullMode))
	require.Equal(t, 14, roundsFrom(gossip.PushMode))
	require.Equal(t, 2, roundsFrom(gossip.PushPullMode))
}
