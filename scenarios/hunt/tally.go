package hunt

import (
	"cmp"
	"maps"
	"slices"

	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Tally sums up the results of a hunt. The zero value is empty and ready for use.
type Tally struct {
	// Seeds is how many were run: the sum of Passed, Failed, Vacuous and Unknown.
	Seeds, Passed, Failed, Vacuous, Unknown uint64
	// Faults is how many of the Unknown panicked, Diverged how many were run twice and differed.
	Faults, Diverged uint64
	// Rechecked is how many were run twice.
	Rechecked uint64
	// Unpromised is how many of the Passed went beyond what any promise is made for, Excused how many of
	// the Unknown did, and broke something. Beyond is why, of the first seed of all that did.
	Unpromised, Excused uint64
	Beyond              string
	// Events is how many events all runs handled.
	Events uint64
	// VirtualMillis is how much virtual time all runs covered, in milliseconds.
	VirtualMillis uint64

	broken     []Broken // of the Failed
	excused    []Broken
	bites      map[scenarios.FaultKind]*Bite
	situations map[string]*Sight
}

// Broken is a property that was violated.
type Broken struct {
	Property string
	// First is the lowest seed that violated it, Seeds how many did.
	First Seed
	Seeds uint64
}

// Bite is how the faults of one kind did.
type Bite struct {
	Kind scenarios.FaultKind
	// Count is how many there were in all runs.
	Count uint64
	// Seeds is in how many runs there were some, Bitten in how many of these they had an effect.
	Seeds, Bitten uint64
}

// Sight is how often a situation that was to occur did so.
type Sight struct {
	Name string
	// Seeds is how many runs waited for it, Seen in how many of these it occurred.
	Seeds, Seen uint64
}

// Add takes in the result of the next seed. It keeps nothing of it but counts, and returns the
// properties that no seed had violated before: of those that failed if it failed, of those that are
// excused if it is.
func (t *Tally) Add(r *world.Result) (fresh []string) {
	t.Seeds++
	t.Beyond = cmp.Or(t.Beyond, r.Beyond)
	t.Events += r.Events
	t.VirtualMillis += uint64(r.Virtual.Since().Milliseconds())
	switch r.Verdict {
	case world.Pass:
		t.Passed++
		if r.Beyond != "" {
			t.Unpromised++
		}
	case world.Fail:
		t.Failed++
		fresh = addBroken(&t.broken, r)
	case world.Vacuous:
		t.Vacuous++
	default:
		t.Unknown++
		if len(r.Violations) > 0 {
			t.Excused++
		}
		fresh = addBroken(&t.excused, r)
	}
	t.addBites(r)
	t.addSituations(r)
	return fresh
}

// AddPanic takes in a seed whose run panicked.
func (t *Tally) AddPanic() {
	t.Seeds++
	t.Unknown++
	t.Faults++
}

// AddDivergence takes in a seed that was run twice and gave two runs: neither proves anything.
func (t *Tally) AddDivergence() {
	t.Seeds++
	t.Unknown++
	t.Diverged++
}

// addBroken counts what a run violated, and returns what is new in the list.
func addBroken(all *[]Broken, r *world.Result) (fresh []string) {
	for i := range r.Violations {
		property := r.Violations[i].Property
		known := slices.IndexFunc(*all, func(b Broken) bool { return b.Property == property })
		if known >= 0 {
			(*all)[known].Seeds++
			continue
		}
		*all = append(*all, Broken{property, Seed(r.Seed), 1})
		fresh = append(fresh, property)
	}
	return fresh
}

func (t *Tally) addBites(r *world.Result) {
	if t.bites == nil {
		t.bites = make(map[scenarios.FaultKind]*Bite)
	}
	for _, f := range r.Faults {
		b := t.bites[f.Kind]
		if b == nil {
			b = &Bite{Kind: f.Kind}
			t.bites[f.Kind] = b
		}
		b.Count += uint64(f.Count)
		b.Seeds++
		if f.Effect != "" {
			b.Bitten++
		}
	}
}

func (t *Tally) addSituations(r *world.Result) {
	if t.situations == nil {
		t.situations = make(map[string]*Sight)
	}
	for _, s := range r.Sometimes {
		sight := t.situations[s.Name]
		if sight == nil {
			sight = &Sight{Name: s.Name}
			t.situations[s.Name] = sight
		}
		sight.Seeds++
		if s.Count > 0 {
			sight.Seen++
		}
	}
}

// Broken returns the properties that seeds that failed violated, in the order of their first seeds.
func (t *Tally) Broken() []Broken { return t.broken }

// ExcusedBroken returns likewise what was violated where nothing was promised.
func (t *Tally) ExcusedBroken() []Broken { return t.excused }

// Bites returns how the faults did, in the order of [scenarios.FaultKinds].
func (t *Tally) Bites() []Bite {
	var all []Bite
	for _, kind := range scenarios.FaultKinds() {
		if b := t.bites[kind]; b != nil {
			all = append(all, *b)
		}
	}
	return all
}

// Sights returns the situations that were to occur, those first that occurred in the smallest share of
// the runs that waited for them.
func (t *Tally) Sights() []Sight {
	var all []Sight
	for _, name := range slices.Sorted(maps.Keys(t.situations)) {
		all = append(all, *t.situations[name])
	}
	slices.SortStableFunc(all, func(a, b Sight) int { return cmp.Compare(a.Seen*b.Seeds, b.Seen*a.Seeds) })
	return all
}

// Never names the situations that were to occur and never did.
func (t *Tally) Never() (names []string) {
	for _, sight := range t.Sights() {
		if sight.Seen == 0 {
			names = append(names, sight.Name)
		}
	}
	return names
}
