package spread

import (
	"math"

	"butterfly/node/gossip"
)

// MeanField returns the share of servers informed by time, count values a step apart, a step being
// a part of a period, the start first: what asynchronous rounds do if there are so many servers
// that luck averages out. It follows the share that is not informed; t is the time and l the
// latency, in periods.
//
//	pull   a contact begun at t-2l asked at t-l and is answered at t: it fails for as many as were
//	       not informed at t-l
//	push   a contact begun at t-3l by somebody informed brings the write at t, whomever it chose
//
// Periodic rounds need those not informed by phase: a server that has asked in this period does not
// ask again in it. That is why periodic pull is faster than Poisson pull, whose share grows as the
// logistic curve 1/(1+(n-1)e^-ct), with that of push. In push the phases of those who push do not
// matter for whom they choose.
//
// A Poisson round that begins while a contact is under way finds its place taken. So a round that
// counts comes every 1+2l periods.
func MeanField(p Plan, step float64, count int) []float64 {
	const resolution = 1000 // moments in a period
	f := newField(&p, resolution)
	shares := make([]float64, count)
	for i := range shares {
		for moment := step * float64(i) * resolution; float64(f.now) < math.Round(moment); {
			f.advance()
		}
		shares[i] = f.informed[f.now]
	}
	return shares
}

// field is the mean field at a moment.
type field struct {
	plan    *Plan
	poisson bool
	phases  int // moments in a period, and classes of servers by when in a period their rounds begin
	latency int // in moments
	now     int // in moments

	left     []float64 // by phase: the share not informed, before spared is taken off
	sum      float64   // of left
	spared   float64   // the share that nothing has reached but what left knows of
	informed []float64 // by moment: the share of all
	starting []float64 // by moment: the share informed of those whose round begins
}

func newField(p *Plan, phases int) *field {
	f := &field{
		plan: p, poisson: p.Timer == gossip.Poisson, phases: phases, spared: 1,
		latency: int(math.Round(p.latencyPeriods() * float64(phases))),
		left:    make([]float64, phases),
	}
	alone := 1 / float64(p.Servers)
	for i := range f.left {
		f.left[i] = 1 - alone
		f.sum += f.left[i]
	}
	f.informed, f.starting = []float64{alone}, []float64{alone}
	return f
}

// advance goes on by one moment.
func (f *field) advance() {
	f.now++
	if asked := f.now - 2*f.latency; f.plan.pulls() && asked > 0 {
		f.pull(asked)
	}
	if began := f.now - 3*f.latency; f.plan.pushes() && began > 0 {
		f.push(began)
	}
	left := max(0, f.sum) // which may have come to be below 0 by what differences lose
	f.informed = append(f.informed, 1-f.spared*left/float64(f.phases))
	f.starting = append(f.starting, f.startingNow())
}

// startingNow is the share informed of those whose rounds begin now. Poisson rounds begin at any
// time.
func (f *field) startingNow() float64 {
	if f.poisson {
		return f.informed[f.now]
	}
	return 1 - f.spared*f.left[f.now%f.phases]
}

// pull answers those who began to ask at that moment.
func (f *field) pull(began int) {
	p := f.plan
	informed := float64(p.Servers) * f.informed[min(began+f.latency, f.now-1)]
	untold := p.notPulled(informed)
	if f.poisson {
		f.spared *= math.Exp(-(1 - untold) * f.rate())
		return
	}
	phase := began % f.phases
	f.sum -= f.left[phase] * (1 - untold)
	f.left[phase] *= untold
}

// push tells those whom somebody chose at that moment.
func (f *field) push(began int) {
	p := f.plan
	pushing := float64(p.Servers) * f.starting[began-1] * f.rate()
	f.spared *= p.notPushed(pushing)
}

// rate is how many rounds of a server begin in a moment.
func (f *field) rate() float64 {
	period := float64(f.phases)
	if f.poisson {
		period += 2 * float64(f.latency)
	}
	return 1 / period
}
