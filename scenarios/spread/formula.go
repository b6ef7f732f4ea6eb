package spread

import (
	"math"

	"butterfly/node/gossip"
)

// Formula returns how many rounds it takes on average until all servers are informed, in periods
// for asynchronous timers, to within an additive constant, and whether there is a formula for the
// plan.
//
//	push       log2 n + ln n                   Frieze and Grimmett 1985, Pittel 1987
//	pull       log2 n + log2 ln n              growth as in push, then the rest squares
//	push-pull  log3 n + log2 ln n              Karp, Schindelhauer, Shenker and Vöcking 2000
//
// The constants, from simulations of up to 65,536 servers, are 1.13, 1.0 and 0.02 to 0.15. With
// contacts that succeed with chance c, each round multiplies the informed by 1+c, or 1+2c, and in
// the end the rest by e^-c, 1-c, or both; the constants are 1 to 4 (derived, and fitted to
// simulations):
//
//	push       ln n / ln(1+c)  + ln n / c
//	pull       ln n / ln(1+c)  - ln n / ln(1-c)
//	push-pull  ln n / ln(1+2c) + ln n / (c - ln(1-c))
//
// Pull from f peers multiplies by 1+f, and in the end raises to the power 1+f; the constant is 0.7.
// Asynchronous rounds are those of [asynchronous].
func Formula(p Plan) (periods float64, known bool) {
	switch {
	case p.Timer != gossip.Aligned:
		return asynchronous(&p)
	case p.FanOut > 1:
		return withFanOut(&p)
	case p.Loss > 0:
		return withLoss(&p), true
	}
	n := float64(p.Servers)
	switch p.Mode {
	case gossip.PushMode:
		return math.Log2(n) + math.Log(n), true
	case gossip.PullMode:
		return math.Log2(n) + math.Log2(math.Log(n)), true
	}
	return math.Log(n)/math.Log(3) + math.Log2(math.Log(n)), true
}

func withLoss(p *Plan) float64 {
	n, c := math.Log(float64(p.Servers)), p.success()
	switch p.Mode {
	case gossip.PushMode:
		return n/math.Log1p(c) + n/c
	case gossip.PullMode:
		return n/math.Log1p(c) - n/math.Log1p(-c)
	}
	return n/math.Log1p(2*c) + n/(c-math.Log1p(-c))
}

func withFanOut(p *Plan) (rounds float64, known bool) {
	if p.Mode != gossip.PullMode || p.Loss > 0 {
		return 0, false
	}
	n := math.Log(float64(p.Servers))
	return (n + math.Log(n)) / math.Log(1+float64(p.FanOut)), true
}

// asynchronous is [Formula] for timers that are not aligned, one peer and no loss.
//
//	Poisson    2(n-1)/n · H(n-1)               exact: the i-th server comes after (n-1)/(i(n-i))
//	           half of it for push-pull        as each contact works both ways
//	periodic   pull: ln n + log2 ln n          + 0.22, a fit to simulations from 64 servers on
//	           push: 2 ln n                    + 0.5 to 0.63, likewise
//
// With a latency of l periods, pull grows as e^rt with r = e^-rl, for what is answered now was
// asked l ago: ln n / r + log2 ln n + 2l, and a constant of 0.22 + 0.7l (derived, and fitted).
func asynchronous(p *Plan) (periods float64, known bool) {
	if p.FanOut > 1 || p.Loss > 0 {
		return 0, false
	}
	n := float64(p.Servers)
	switch {
	case p.Timer == gossip.Poisson && p.Latency == 0:
		return poissonMean(p), true
	case p.Timer == gossip.Phased && p.Mode == gossip.PullMode:
		l := p.latencyPeriods()
		return math.Log(n)/growthRate(l) + math.Log2(math.Log(n)) + 2*l, true
	case p.Timer == gossip.Phased && p.Mode == gossip.PushMode && p.Latency == 0:
		return 2 * math.Log(n), true
	}
	return 0, false
}

func poissonMean(p *Plan) float64 {
	n := float64(p.Servers)
	mean := 0.0
	for i := 1; i < p.Servers; i++ {
		mean += (n - 1) / (float64(i) * (n - float64(i)))
	}
	if p.Mode == gossip.PushPullMode {
		return mean / 2
	}
	return mean
}

// growthRate is the r for which r = e^-rl, by Newton's method: r = W(l)/l, with W of Lambert.
func growthRate(l float64) float64 {
	r := 1.0
	for range 20 {
		e := math.Exp(-r * l)
		r -= (r - e) / (1 + l*e)
	}
	return r
}
