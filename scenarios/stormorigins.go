package scenarios

import (
	"time"

	"butterfly/sim/rng"
)

// How an origin flaps: for how long in all, and how long it is down or up at a time. Three failures
// in a row, a second apart, take an origin out of service where nothing else is configured, and two
// successes bring it back: about half the times are shorter than that and go unnoticed.
const (
	shortestFlap = 20 * time.Second
	longestFlap  = 90 * time.Second
	shortestDown = 500 * time.Millisecond
	longestDown  = 6 * time.Second
	shortestUp   = 500 * time.Millisecond
	longestUp    = 4 * time.Second
	mostOutages  = 50 // of one flap
)

// flaps draws the outages of origins that go down and up again and again.
func (s *Storm) flaps(seed uint64, origins int) []Fault {
	if origins == 0 {
		return nil
	}
	var all []Fault
	for i := range s.Flaps {
		r := rng.Stream(seed, "storm flap", uint64(i))
		at, length := s.period(&r, shortestFlap, longestFlap)
		all = append(all, flap(&r, at, at+length, uint32(r.Intn(origins)))...)
	}
	return all
}

// flap draws the outages of one origin: the first begins at once, and the last is over in time.
func flap(r *rng.Rand, from, to Span, origin uint32) []Fault {
	var all []Fault
	for at := from; at < to && len(all) < mostOutages; {
		down := min(drawSpan(r, shortestDown, longestDown), to-at)
		all = append(all, Fault{Kind: OriginDown, At: at, For: down, Origins: []uint32{origin}})
		at += down + drawSpan(r, shortestUp, longestUp)
	}
	return all
}

// order draws which origins an operator speaks of: some of one pool, of those that are to be checked
// from the start and of the others alike. What is registered may have been so before, and is then
// checked in another way.
func (f *Fault) order(r *rng.Rand, origins int) {
	shape := Scenario{Origins: origins}
	pool := uint32(r.Intn(shape.Pools()))
	var members []uint32
	for origin := pool; origin < uint32(origins); origin += uint32(shape.Pools()) {
		members = append(members, origin)
	}
	for _, pick := range chooseSorted[uint32](r, len(members), 1+r.Intn(len(members))) {
		f.Origins = append(f.Origins, members[pick])
	}
	if f.Kind == Register {
		f.Definition = shape.Definition(pool, Variant(r.Intn(Variants)))
	}
}
