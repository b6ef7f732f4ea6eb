package replicas

import (
	"math/bits"
	"time"

	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// Bounds are the times within which things must have happened, computed from the scenario.
type Bounds struct {
	// Rounds is how many rounds news needs to reach every replica, but for a chance of one in a
	// billion.
	Rounds int
	// Round is how long a round takes at most.
	Round time.Duration
	// Timeout is how long a contact that was under way to a server out of reach may last.
	Timeout time.Duration
	// Noticed is how long servers that are gone for good go on being contacted; 0 without any.
	Noticed time.Duration
	// Sweep is how long it takes on average until a replica knows that all have seen a write.
	Sweep time.Duration
	// Retirement is four times as long as it takes on average until a life that is over is retired;
	// 0 if that may take for ever.
	Retirement time.Duration
}

// NewBounds computes the bounds for a scenario that has been expanded.
func NewBounds(s *scenarios.Scenario) Bounds {
	r := s.Replicas
	c := success(r.Mode, s.LossPPM)
	late := newBacklog(s, c)
	b := Bounds{
		Rounds: rounds(s.Servers, r, c) + late.rounds(),
		Round:  round(r), Timeout: timeout(r),
	}
	for i := range s.Faults {
		if f := &s.Faults[i]; parts(f) && f.For == 0 {
			b.Noticed = noticed
		}
	}
	b.Sweep = time.Duration(s.Servers*last(s.Servers)/r.Fanout)*b.Round + noticed
	b.Retirement = b.retirement(r)
	return b
}

// Settle is how long a write or a fault may take to have no more effect: from then on all replicas
// that reach each other are equal.
func (b *Bounds) Settle() time.Duration {
	return b.Noticed + time.Duration(b.Rounds+1)*b.Round + b.Timeout
}

// round is how long a round takes at most.
func round(r *scenarios.Replicas) time.Duration { return (r.Period + r.Jitter).Duration() }

// success is the chance, at least, that a contact brings its news across. Of the segments that it
// takes, handshake, request and reply, none must be lost; a push takes two calls. In fact most of
// them are sent again in time.
func success(mode scenarios.Mode, loss rng.PPM) rng.PPM {
	segments := 4
	if mode == scenarios.Push {
		segments *= 2
	}
	chance := uint64(rng.Always)
	for range segments {
		chance = chance * uint64(rng.Always-loss) / uint64(rng.Always)
	}
	return rng.PPM(max(1, chance))
}

// rounds is how many rounds news needs to reach all of n replicas, but for a chance of 1 in e^21,
// which is 1.3 billion, when contacts succeed with a chance of c.
//
// The number of the informed grows to n within log2 n / c rounds, since log2(1+c) >= c. Before
// that somebody has to hear of it first, and after it everybody still has to: with pulling the
// first takes long, for nobody need ask the one who knows, with pushing the last, and either is
// missed in a round with a chance of e^(-c f) if f peers are contacted. Hence
//
//	(log2 n + (ln n + 21) / f) / c
//
// in which ln n is for the n to be reached. With 9.2 in place of 21 (a chance of 1 in 10,000) this
// lies above the 99.99 % quantiles of the exact chains of synchronous push and pull, by at most 4
// rounds at a loss of up to 20 %; the tests say so. Poisson rounds miss at both ends, which makes a
// tail of r e^(-r): 4 rounds more. How long answers that are cut short leave news behind is up to
// the [backlog].
func rounds(n int, r *scenarios.Replicas, c rng.PPM) int {
	return quantile(n, r, c, 21_000)
}

// quantile is [rounds] with another chance of failure: 1 in e^(nines/1000).
func quantile(n int, r *scenarios.Replicas, c rng.PPM, nines int) int {
	doublings := bits.Len(uint(max(0, n-1))) // log2 n, rounded up
	thousandths := 1000*doublings + (693*doublings+nines)/r.Fanout
	if r.Timer == scenarios.Poisson {
		thousandths += 4000
	}
	// An int of 32 bits would overflow, and bounds decide when writing ends.
	return int((int64(thousandths)*int64(rng.Always)/int64(c) + 999) / 1000)
}

// retirement: what the life wrote has to be overwritten, and of each of its keys everybody has to
// have seen all before it is written to again. The last of k keys that are overwritten each t has
// its turn after t (ln k + 1). A sweep hears of n peers, each of which contacts a given one once
// in n rounds, after n (ln n + 1) rounds, and waits for who is down until that is noticed; there
// may be one under way that began too early, and one that has to begin anew. Where keys are
// written to more often than sweeps end, what a life has left of them is not collected, and
// nothing is promised.
func (b *Bounds) retirement(r *scenarios.Replicas) time.Duration {
	again := interval(r.Writes) * time.Duration(r.Keys) // until a key is written to again
	if !r.Collect || again < b.Sweep {
		return 0
	}
	return 4 * (again*time.Duration(last(r.Keys)) + 3*b.Sweep)
}

// last is ln n + 1, rounded up.
func last(n int) int { return 1 + (693*bits.Len(uint(n-1))+999)/1000 }
