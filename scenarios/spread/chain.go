package spread

import "math"

// Chain is the exact law of a synchronous spread: the chance of every number of informed servers
// after each round. The number after a round depends only on the one before, for servers are alike,
// so it is a Markov chain.
//
// A round that begins with i informed servers has two parts that know nothing of each other. In
// push the i begin f·i contacts, each with a peer chosen independently; how many of the rest are
// told is found by adding contacts one by one. In pull each of the rest that is still not informed
// chooses peers, independently: a binomial number is told.
//
// Making one takes about n³·f/6 steps and n²/2 floats: up to about a thousand servers.
type Chain struct {
	next [][]float64 // [i][k]: the chance that k more are informed after a round that i begin
	now  []float64   // [i]: the chance that i are informed now
}

// NewChain returns the law of a plan, of which timer and latency do not count, at its start: one
// server is informed.
func NewChain(p Plan) *Chain {
	n := p.Servers
	c := &Chain{next: make([][]float64, n+1), now: make([]float64, n+1)}
	c.now[1] = 1
	factorials := newLogFactorials(n)
	for i := 1; i <= n; i++ {
		c.next[i] = p.roundFrom(i, factorials)
	}
	return c
}

// roundFrom returns the chance of every number of newly informed servers in a round that i begin.
func (p *Plan) roundFrom(i int, factorials logFactorials) []float64 {
	pushed := []float64{1}
	if p.pushes() {
		pushed = p.pushedFrom(i)
	}
	if !p.pulls() {
		return pushed
	}
	asked := 1 - p.notPulled(float64(i))
	told := make([]float64, p.Servers-i+1)
	for k, chance := range pushed {
		if chance > negligible {
			factorials.addBinomial(told[k:], chance, asked)
		}
	}
	return told
}

// negligible chances are not followed up: there are at most as many as servers, so what they could
// add up to is far beyond the digits of any table.
const negligible = 1e-20

// pushedFrom returns the chance of every number of servers told by the contacts of i informed ones.
func (p *Plan) pushedFrom(i int) []float64 {
	rest := p.Servers - i
	told := make([]float64, rest+1)
	told[0] = 1
	for contact := range i * p.FanOut {
		for k := min(contact, rest-1); k >= 0; k-- {
			if told[k] > negligible {
				hit := p.success() * float64(rest-k) / float64(p.Servers-1)
				told[k+1] += told[k] * hit
				told[k] *= 1 - hit
			}
		}
	}
	return told
}

// Step plays a round.
func (c *Chain) Step() {
	after := make([]float64, len(c.now))
	for i, chance := range c.now {
		if chance <= negligible {
			continue
		}
		for k, p := range c.next[i] {
			after[i+k] += chance * p
		}
	}
	c.now = after
}

// Informed is how many servers are informed on average.
func (c *Chain) Informed() float64 {
	sum := 0.0
	for i, chance := range c.now {
		sum += float64(i) * chance
	}
	return sum
}

// Lacking is the chance that some server is not informed.
func (c *Chain) Lacking() float64 {
	sum := 0.0
	for _, chance := range c.now[:len(c.now)-1] {
		sum += chance
	}
	return sum
}

// Law is the distribution of the number of rounds until all servers are informed.
type Law struct {
	beyond []float64 // [r]: the chance of more than r rounds
}

// Completion plays rounds until it is certain, but for a chance of 10^-14, that all are informed.
func (c *Chain) Completion() Law {
	law := Law{beyond: []float64{c.Lacking()}}
	for c.Lacking() > 1e-14 {
		c.Step()
		law.beyond = append(law.beyond, c.Lacking())
	}
	return law
}

// Mean is the number of rounds on average.
func (l Law) Mean() float64 {
	mean := 0.0
	for _, p := range l.beyond {
		mean += p
	}
	return mean
}

// Deviation is the standard deviation of the number of rounds.
func (l Law) Deviation() float64 {
	squares, mean := 0.0, l.Mean()
	for r := range len(l.beyond) - 1 {
		off := float64(r+1) - mean
		squares += off * off * (l.beyond[r] - l.beyond[r+1])
	}
	return math.Sqrt(squares)
}

// Quantile is the least number of rounds that suffices with chance p, 0 < p < 1.
func (l Law) Quantile(p float64) int {
	for r, beyond := range l.beyond {
		if beyond <= 1-p {
			return r
		}
	}
	return len(l.beyond)
}

// logFactorials are the logarithms of 0!, 1!, 2!, ...
type logFactorials []float64

func newLogFactorials(last int) logFactorials {
	f := make(logFactorials, last+1)
	for i := 1; i <= last; i++ {
		f[i] = f[i-1] + math.Log(float64(i))
	}
	return f
}

// addBinomial adds to sum[k] the chance of k hits in len(sum)-1 independent tries with chance p,
// times weight.
func (f logFactorials) addBinomial(sum []float64, weight, p float64) {
	tries := len(sum) - 1
	switch {
	case p <= 0:
		sum[0] += weight
	case p >= 1:
		sum[tries] += weight
	default:
		hit, miss := math.Log(p), math.Log1p(-p)
		for k := range sum {
			choose := f[tries] - f[k] - f[tries-k]
			sum[k] += weight * math.Exp(choose+float64(k)*hit+float64(tries-k)*miss)
		}
	}
}
