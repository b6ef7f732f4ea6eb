package search

import (
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// news knows what runs have shown so far, and what one more is worth beside them.
type news struct {
	// broken is how often each promise was; panics are one of their own, by no name.
	broken     map[string]uint64
	situations map[string]bool
	bites      map[scenarios.FaultKind]bool
	coverage   Coverage
}

func newNews() news {
	return news{
		broken: map[string]uint64{}, situations: map[string]bool{},
		bites: map[scenarios.FaultKind]bool{},
	}
}

// What a run is worth: the whole for a promise that was never broken before, the less for one the more
// often it was, until it is worth half after so many times; and something for what nobody had seen yet.
const (
	fullWorth      = 1000
	halfAfter      = 64
	situationWorth = 500
	biteWorth      = 250
	cellWorth      = 50
)

// worth takes in a run, from 0 for one that shows nothing new to [fullWorth].
func (n *news) worth(r *world.Result) uint64 {
	if r == nil {
		return n.breaks("")
	}
	worth := cellWorth * uint64(n.coverage.Add(r.Coverage))
	for i := range r.Violations {
		worth = max(worth, n.breaks(r.Violations[i].Property))
	}
	for _, s := range r.Sometimes {
		if s.Count > 0 && !n.situations[s.Name] {
			n.situations[s.Name] = true
			worth += situationWorth
		}
	}
	for _, f := range r.Faults {
		if f.Effect != "" && !n.bites[f.Kind] {
			n.bites[f.Kind] = true
			worth += biteWorth
		}
	}
	return min(worth, fullWorth)
}

// breaks is what it is worth that a promise is broken.
func (n *news) breaks(property string) uint64 {
	before := n.broken[property]
	n.broken[property]++
	return fullWorth * halfAfter / (halfAfter + before)
}
