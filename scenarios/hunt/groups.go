package hunt

import "slices"

const (
	// knownInARow is after how many failures of a property in a row whose shapes were known no more of
	// them are shrunk: what comes next is known as well, in all likelihood.
	knownInARow = 3
	// mostShapes is how many shapes of a property are told apart: where there are more, shapes say
	// little about it.
	mostShapes = 8
)

// Group is the failures that look alike: those that broke the same property first and, shrunk, are of
// one shape, or of one that has all kinds of faults of it and needless others. Shrinking ends at plans
// from which nothing can be taken away, and a bug that takes luck as well as faults may need what is
// needless for that luck.
type Group struct {
	Property string `json:"property"`
	// Shape is that with the fewest kinds of faults; empty for failures that were not shrunk.
	Shape Shape `json:"shape"`
	// Seeds is how many seeds of the hunt failed like this: none, if only a corpus knows it. First is
	// the first of them, or the seed in the corpus.
	Seeds uint64 `json:"seeds"`
	First Seed   `json:"first"`
	// Faults is how many faults the plan that is shown has, the first of the shape: shrunk, if it was.
	Faults int `json:"faults"`
	// Promised: that plan breaks what is promised there, though what the seeds broke was not.
	Promised bool `json:"promised,omitempty"`
	// Bundle and ShrunkBundle are the files of that plan, as it was and shrunk; empty where there is
	// none.
	Bundle       string `json:"bundle"`
	ShrunkBundle string `json:"shrunk_bundle"`
}

// Groups sorts failures. The zero value is empty and ready for use.
type Groups struct {
	all   []*Group
	known map[string]int // how many in a row had a known shape, by property
}

// WorthShrinking reports whether one more failure of a property may well have a new shape.
func (g *Groups) WorthShrinking(property string) bool {
	shapes := 0
	for _, group := range g.all {
		if group.Property == property && group.Shape != "" {
			shapes++
		}
	}
	return shapes < mostShapes && g.known[property] < knownInARow
}

// Add takes in the failure of a seed, with the shape of its shrunk plan, which is empty if it was not
// shrunk. fresh reports whether it is the first of its shape; then it is for the caller to fill in
// what the group says of the plan that is shown.
func (g *Groups) Add(property string, shape Shape, seed Seed) (group *Group, fresh bool) {
	group, fresh = g.Know(property, shape, seed)
	if group.Seeds++; group.Seeds == 1 {
		group.First = seed
	}
	if g.known == nil {
		g.known = make(map[string]int)
	}
	if shape != "" && !fresh {
		g.known[property]++
	} else if shape != "" {
		g.known[property] = 0
	}
	return group, fresh
}

// Know returns the group of a failure without counting a seed, and whether it is the first of its
// shape.
func (g *Groups) Know(property string, shape Shape, seed Seed) (group *Group, fresh bool) {
	for _, group := range g.all {
		if group.Property == property && shape.extends(group.Shape) {
			return group, false
		}
	}
	group = &Group{Property: property, Shape: shape, First: seed}
	g.absorb(group)
	return group, true
}

// absorb adds a group, in the place of the first of those whose shapes extend its own.
func (g *Groups) absorb(group *Group) {
	place := len(g.all)
	for i := len(g.all) - 1; i >= 0; i-- {
		if other := g.all[i]; other.Property == group.Property && other.Shape.extends(group.Shape) {
			group.Seeds += other.Seeds
			group.First, place = other.First, i
			g.all = slices.Delete(g.all, i, i+1)
		}
	}
	g.all = slices.Insert(g.all, min(place, len(g.all)), group)
}

// Of returns the groups of a property in the order in which they were found.
func (g *Groups) Of(property string) (all []Group) {
	for _, group := range g.all {
		if group.Property == property {
			all = append(all, *group)
		}
	}
	return all
}

// All returns the groups in the order in which they were found. It is never nil.
func (g *Groups) All() []Group {
	all := make([]Group, len(g.all))
	for i, group := range g.all {
		all[i] = *group
	}
	return all
}

// Kinds is how many kinds of failures are known to be different: those of a property that were not
// shrunk may all be of a kind that was, and count if none was.
func (g *Groups) Kinds() (kinds int) {
	for _, group := range g.all {
		if group.Shape != "" || len(g.Of(group.Property)) == 1 {
			kinds++
		}
	}
	return kinds
}
