package scenarios

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// PausePreset names how a process is made to stand still, and for how long: by its garbage collector
// or by the machine that it runs on. The lengths are illustrative, and so is how often.
type PausePreset string

const (
	// GoPauses are exponential with a mean of 0.1 ms, ten a second.
	GoPauses PausePreset = "go"
	// ZGCPauses take up to 2 ms, twice a second.
	ZGCPauses PausePreset = "zgc"
	// G1Pauses are log-normal with a median of 40 ms, and one of a hundred takes more than 400 ms:
	// one a second.
	G1Pauses PausePreset = "g1"
	// FullGC stops everything for 2 to 18 s, once.
	FullGC PausePreset = "full-gc"
	// VMFreeze does so for 10 to 60 s, once.
	VMFreeze PausePreset = "vm-freeze"
)

// PausePresets returns all there are.
func PausePresets() []PausePreset {
	return []PausePreset{GoPauses, ZGCPauses, G1Pauses, FullGC, VMFreeze}
}

const (
	mostPauses                    = 200 // of one series
	shortestSeries, longestSeries = 5 * time.Second, 20 * time.Second
)

// pausing is what a preset says.
type pausing struct {
	every  time.Duration // from one pause's end to the next one's begin on average; 0 for a single one
	length func(r *rng.Rand) time.Duration
}

func (p PausePreset) pausing() pausing {
	switch p {
	case GoPauses:
		return pausing{100 * time.Millisecond, func(r *rng.Rand) time.Duration {
			return rng.Exponential(r, 100*time.Microsecond)
		}}
	case ZGCPauses:
		return pausing{500 * time.Millisecond, uniformly(0, 2*time.Millisecond)}
	case VMFreeze:
		return pausing{0, uniformly(10*time.Second, time.Minute)}
	case FullGC:
		return pausing{0, uniformly(2*time.Second, 18*time.Second)}
	}
	// ln(400/40) is 2.33 standard deviations, beyond which lies a hundredth.
	collections := netmodel.LogNormal(40*time.Millisecond, 990)
	return pausing{time.Second, func(r *rng.Rand) time.Duration { return collections.Sample(r) }}
}

func uniformly(shortest, longest time.Duration) func(r *rng.Rand) time.Duration {
	return func(r *rng.Rand) time.Duration { return rng.Between(r, shortest, longest) }
}

// collection draws a series of pauses of one server, to the microsecond; without a preset those of
// [G1Pauses].
func (s *Storm) collection(r *rng.Rand, on target) (all []Fault) {
	p := s.PausePreset.pausing()
	at, length := s.period(r, shortestSeries, longestSeries)
	if p.every == 0 {
		length = min(Span(p.length(r).Truncate(time.Millisecond)), (s.To-s.From)/2)
		at = s.From + drawSpan(r, 0, (s.To-s.From-length).Duration())
		return []Fault{{Kind: Pause, At: at, For: length, Hosts: []node.ID{on.host}}}
	}
	for end := at + length; at < end && len(all) < mostPauses; {
		pause := max(Span(time.Microsecond), Span(p.length(r).Truncate(time.Microsecond)))
		all = append(all, Fault{Kind: Pause, At: at, For: min(pause, end-at), Hosts: []node.ID{on.host}})
		at += pause + Span(rng.Between(r, p.every/2, 3*p.every/2).Truncate(time.Microsecond))
	}
	return all
}
