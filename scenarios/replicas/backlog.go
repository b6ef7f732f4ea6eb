package replicas

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// backlog is what a replica lacks because answers are cut short. The zero value is none, for ever.
//
// Of a peer it takes limit entries a round at most, if the contact succeeds, and each entry has a
// write that it lacks: a replica whose answers are full gets on, and one whose answers are not has
// caught up with its peer. It does not help to ask several peers at a time, since they may all
// begin with the same entries. Meanwhile each write makes one entry more. So what has piled up is
// gone when
//
//	entries / (taken - written)
//
// rounds have passed, at each of two servers: the one that tells and the one that is told. A
// replica that starts anew lacks all keys, each of which it is told once; and while faults last it
// may miss every write, even if those are of few keys: each is another server's, and may come by
// itself.
type backlog struct {
	entries int64 // that a replica lacks at most, when the last fault is over
	taken   int64 // entries in a million rounds
	written int64 // entries in a million rounds
}

// newBacklog returns that of an expanded scenario whose contacts succeed with a chance of c.
func newBacklog(s *scenarios.Scenario, c rng.PPM) backlog {
	r := s.Replicas
	if r.Limit == 0 {
		return backlog{}
	}
	missed := int64(r.Writes) * int64(trouble(s)/time.Millisecond) / 1000
	return backlog{
		entries: int64(r.Keys) + missed,
		taken:   int64(r.Limit) * int64(c),
		written: int64(r.Writes) * round(r).Microseconds(),
	}
}

// trouble is the time from the beginning of the first fault to the end of the last.
func trouble(s *scenarios.Scenario) time.Duration {
	if len(s.Faults) == 0 {
		return 0
	}
	first := slices.MinFunc(s.Faults, func(a, b scenarios.Fault) int { return cmp.Compare(a.At, b.At) })
	return (s.Healed() - first.At).Duration()
}

// rounds is how many rounds pass until nothing is left of the backlog; of one that grows for ever,
// once writing has ended.
func (b *backlog) rounds() int {
	if b.entries == 0 {
		return 0
	}
	gain := b.taken
	if !b.grows() {
		gain -= b.written
	}
	return int(min((2*b.entries*int64(rng.Always)+gain-1)/gain, math.MaxInt32))
}

// grows reports whether more is written than a replica can take.
func (b *backlog) grows() bool { return b.entries > 0 && b.written >= b.taken }

// beyond says why nothing is promised; empty if something is.
func (b *backlog) beyond() string {
	if !b.grows() {
		return ""
	}
	return fmt.Sprintf("the promises are made for fewer writes than answers that are cut short can "+
		"bring: that is %s entries a round, and %s are written",
		perRound(b.taken), perRound(b.written))
}

// perRound prints entries in a million rounds as those in one.
func perRound(entries int64) string { return fmt.Sprintf("%.4g", float64(entries)/1e6) }
