package spread

import "math"

// Recurrence returns the share of servers informed after each of so many synchronous rounds, the
// start first, if each round did what it does on average (Demers et al., 1987, section 1.3; Karp et
// al., 2000): of the share p that is not informed, with a fan-out of f and contacts that succeed
// with chance c, there is left
//
//	pull       p·(1-c(1-p))^f   who asks nobody informed, or in vain; p·p if f and c are 1
//	push       p·e^-cf(1-p)     whom nobody informed reaches
//	push-pull  both at once
//
// Here it is what is exact for a finite number of servers, see [Plan.notPulled], [Plan.notPushed].
// What rounds do on average is not quite what they do: the first few depend on luck, and the mean
// over many runs lags behind by half a round or so.
func Recurrence(p Plan, rounds int) []float64 {
	n := float64(p.Servers)
	informed := []float64{1 / n}
	left := 1 - 1/n
	for range rounds {
		left *= p.left(n * (1 - left))
		informed = append(informed, 1-left)
	}
	return informed
}

// left is the chance that a server that is not informed is not informed either after a round that
// begins with so many who are.
func (p *Plan) left(informed float64) float64 {
	chance := 1.0
	if p.pulls() {
		chance *= p.notPulled(informed)
	}
	if p.pushes() {
		chance *= p.notPushed(informed)
	}
	return chance
}

// notPulled is the chance that a server is told nothing by the peers it asks, FanOut of n-1, so
// many of which are informed: (1 - c·informed/(n-1))^f, as it chooses them independently.
func (p *Plan) notPulled(informed float64) float64 {
	told := p.success() * min(informed/float64(p.Servers-1), 1)
	return math.Pow(1-told, float64(p.FanOut))
}

// notPushed is the chance that a server is told nothing by so many informed ones, each of which
// chooses FanOut of n-1 peers: (1 - c/(n-1))^(f·informed). Of many servers it is about
// e^(-c·f·informed/n).
func (p *Plan) notPushed(informed float64) float64 {
	return math.Pow(1-p.success()/float64(p.Servers-1), float64(p.FanOut)*informed)
}
