package scenarios

import (
	"slices"
	"time"

	"butterfly/sim/rng"
)

// Parts returns the names of what the storm asks for, those of its settings: "crashes", if there are
// any, and so on.
func (s *Storm) Parts() (names []string) {
	for _, part := range stormCounts {
		if *part.of(s) > 0 {
			names = append(names, part.name)
		}
	}
	return names
}

// Without returns the storm without some of its parts.
func (s *Storm) Without(names ...string) *Storm {
	rest := *s
	for _, part := range stormCounts {
		if slices.Contains(names, part.name) {
			rest.SetCount(part.of, Range[int]{})
		}
	}
	return &rest
}

// Counts is how many faults of a kind the storm asks for, those that flaps consist of aside.
func (s *Storm) Counts(kind FaultKind) int { return s.counts()[kind] }

// Kinds returns the kinds of faults that the storm asks for, flaps aside, in the order in which they
// get their share of the budget.
func (s *Storm) Kinds() (kinds []FaultKind) {
	for _, lengths := range faultLengths {
		if s.Counts(lengths.kind) > 0 {
			kinds = append(kinds, lengths.kind)
		}
	}
	return kinds
}

// Draw draws one fault of a kind as the storm would; found is false if there is nobody to strike. Whether
// there is room for it in the budget is not asked; see [WithinBudget].
func (s *Storm) Draw(kind FaultKind, luck *rng.Rand, servers, origins int) (f Fault, found bool) {
	shortest, longest := s.Lengths(kind)
	f.Kind = kind
	f.At, f.For = s.period(luck, shortest, longest)
	return f, s.aim(luck, &f, servers, origins)
}

// Lengths is for how long faults of a kind last in the storm, at least and at most: 0 for those that take
// no time.
func (s *Storm) Lengths(kind FaultKind) (shortest, longest time.Duration) {
	half := (s.To - s.From).Duration() / 2
	l, _ := lengthsOf(kind)
	return min(l.Shortest.Duration(), half), min(l.Longest.Duration(), half)
}

// WithinBudget reports whether what the faults of servers do together is what the protocols promise to
// survive: at all times two servers are up at least, and none is struck by two faults at once. A fault
// without an end lasts for ever.
func WithinBudget(faults []Fault, servers int) bool {
	l := ledger{servers: servers, duration: Span(MaxDuration)}
	for i := range faults {
		if !l.admit(&faults[i]) {
			return false
		}
	}
	return true
}
