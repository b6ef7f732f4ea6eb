package spread

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
)

// The column formula of the reference's tables, to the last digit printed.
func TestFormulasAreThoseOfTheTables(t *testing.T) {
	for _, s := range simulations(t, func(p *Plan) bool { return p.Timer == gossip.Aligned }) {
		rounds, known := Formula(s.plan)
		if s.formula == "" {
			require.Equal(t, s.plan.Mode == gossip.PullMode, known, "%+v", s.plan)
			continue
		}
		require.True(t, known)
		require.InDelta(t, row{"f": s.formula}.number(t, "f"), rounds, 0.0005001, "%+v", s.plan)
	}
}

// "push: h ≈ 1.13 for n >= 512; pull: ~ 1.0; push-pull: ~ 0.02 to 0.15": the constants of the three
// formulas, by the exact chain.
func TestConstantsOfTheFormulas(t *testing.T) {
	for mode, want := range map[gossip.Mode]struct{ low, high float64 }{
		gossip.PushMode: {1.12, 1.16}, gossip.PullMode: {0.9, 1.1}, gossip.PushPullMode: {0.02, 0.15},
	} {
		p := Plan{Mode: mode, Servers: 512, FanOut: 1, Timer: gossip.Aligned}
		formula, _ := Formula(p)
		constant := NewChain(p).Completion().Mean() - formula
		require.Greater(t, constant, want.low)
		require.Less(t, constant, want.high)
	}
}

// "pull, fan-out f: log n + log ln n to the base 1+f, + ~0.7 at n = 1024", to a quarter round.
func TestFormulaOfFanOut(t *testing.T) {
	for _, f := range []int{2, 3, 4} {
		p := Plan{Mode: gossip.PullMode, Servers: 1024, FanOut: f, Timer: gossip.Aligned}
		formula, known := Formula(p)
		require.True(t, known)
		require.InDelta(t, 0.7, NewChain(p).Completion().Mean()-formula, 0.25, "fan-out %d", f)
	}
}

// "E = (2(n-1)/n)·H(n-1) for Poisson pull or push, S matches to 0.03", and the fits of periodic
// rounds: pull ln n + log2 ln n + 0.22 from 64 servers on and with a latency of l an error below
// 0.25; push 2 ln n + 0.5 to 0.63.
func TestFormulasOfAsynchronousRounds(t *testing.T) {
	for _, s := range simulations(t, func(p *Plan) bool { return p.Timer != gossip.Aligned }) {
		p := s.plan
		periods, known := Formula(p)
		require.True(t, known)
		l := p.latencyPeriods()
		switch {
		case p.Timer == gossip.Poisson:
			require.InDelta(t, s.mean, periods, 3*s.deviation/math.Sqrt(float64(s.trials)), "%+v", p)
		case p.Mode == gossip.PushMode && p.Servers >= 64:
			require.InDelta(t, s.mean, periods+0.57, 0.13, "%+v", p)
		case p.Mode == gossip.PullMode && p.Servers >= 64:
			require.InDelta(t, s.mean, periods+0.22+0.7*l, 0.25, "%+v", p)
		}
	}
}

func TestNoFormulaIsMadeUp(t *testing.T) {
	for _, p := range []Plan{
		{Mode: gossip.PushMode, Servers: 64, FanOut: 2, Timer: gossip.Aligned},
		{Mode: gossip.PullMode, Servers: 64, FanOut: 2, Loss: 1, Timer: gossip.Aligned},
		{Mode: gossip.PullMode, Servers: 64, FanOut: 1, Loss: 1, Timer: gossip.Poisson},
		{Mode: gossip.PullMode, Servers: 64, FanOut: 1, Latency: 1, Timer: gossip.Poisson},
		{Mode: gossip.PushPullMode, Servers: 64, FanOut: 1, Timer: gossip.Phased},
	} {
		_, known := Formula(p)
		require.False(t, known, "%+v", p)
	}
}

// r = e^-rl, and without latency growth is by e in a period.
func TestGrowthRate(t *testing.T) {
	require.InDelta(t, 1, growthRate(0), 1e-12)
	for _, l := range []float64{0.05, 0.25, 0.5} {
		r := growthRate(l)
		require.InDelta(t, r, math.Exp(-r*l), 1e-12)
	}
}
