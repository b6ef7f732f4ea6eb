package search

import (
	"cmp"
	"math"
	"slices"
	"time"

	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// drawn is the strategy of plans that rapid draws.
type drawn struct {
	unlearned
	plans *rapid.Generator[scenarios.Scenario]
}

func newRapid(base scenarios.Scenario) (Strategy, error) {
	if base.Storm == nil && base.Trial == nil {
		return nil, nothingToPlan(&base)
	}
	return drawn{plans: Plans(base)}, nil
}

// Plan draws the plan of a seed, of which rapid takes as many bits as an int has on every machine.
func (d drawn) Plan(seed uint64) scenarios.Scenario {
	return d.plans.Example(int(rng.Mix(seed) & math.MaxInt32))
}

// Plans draws whole plans for a valid scenario, expanded: what its storm or trial may do, and what it
// varies, but with numbers that rapid can lower, and faults that it can leave out. For a property:
//
//	rapid.Check(t, func(t *rapid.T) {
//		plan := search.Plans(base).Draw(t, "plan")
//		result := stage.Build(plan, 1, stage.Options{}).Run()
//		...
//
// What comes at a rate is left to luck, and has what room the others leave. Storms' plans are within the
// fault budget. The list gives each fault its share in its order.
func Plans(base scenarios.Scenario) *rapid.Generator[scenarios.Scenario] {
	return rapid.Custom(func(t *rapid.T) scenarios.Scenario {
		s := base
		s.SetPaced(false)
		drawSizes(t, &s)
		s.Faults = slices.Clone(s.Faults)
		if s.Storm != nil {
			s.Faults = append(s.Faults, drawStorm(t, &s)...)
		}
		if s.Trial != nil {
			s.Faults = append(s.Faults, drawTrial(t, &s)...)
		}
		s.Storm, s.Trial, s.Vary = nil, nil, nil
		if s.Rates != nil {
			return s.Expand(rapid.Uint64().Draw(t, "luck of the rates"))
		}
		slices.SortStableFunc(s.Faults, func(a, b scenarios.Fault) int { return cmp.Compare(a.At, b.At) })
		return s
	})
}

// drawSizes draws what [scenarios.Vary] leaves open.
func drawSizes(t *rapid.T, s *scenarios.Scenario) {
	if s.Vary == nil {
		return
	}
	if r := s.Vary.Servers; r != nil {
		s.Servers = rapid.IntRange(r.Least, r.Most).Draw(t, "servers")
	}
	if r := s.Vary.LossPPM; r != nil {
		s.LossPPM = rng.PPM(rapid.Uint32Range(uint32(r.Least), uint32(r.Most)).Draw(t, "loss"))
	}
}

// drawStorm draws faults of a storm one by one, up to as many of each kind as it asks for, and leaves out
// those for which there is no room.
func drawStorm(t *rapid.T, s *scenarios.Scenario) (faults []scenarios.Fault) {
	kinds, total := s.Storm.Kinds(), 0
	for _, kind := range kinds {
		total += s.Storm.Counts(kind)
	}
	if total > 0 {
		fault := rapid.Custom(func(t *rapid.T) scenarios.Fault { return drawFault(t, s, kinds) })
		faults = withinBudget(s, rapid.SliceOfN(fault, 0, total).Draw(t, "faults"))
	}
	return append(faults, drawFlaps(t, s)...)
}

// drawFault draws one fault: what, when and for how long as numbers to be lowered, whom and how bad by a
// luck of its own.
func drawFault(t *rapid.T, s *scenarios.Scenario, kinds []scenarios.FaultKind) scenarios.Fault {
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	luck := rng.New(rapid.Uint64().Draw(t, "luck"))
	f, found := s.Storm.Draw(kind, &luck, s.Servers, s.Origins)
	if !found {
		return scenarios.Fault{}
	}
	shortest, longest := s.Storm.Lengths(kind)
	f.For = drawSpan(t, "for", scenarios.Span(shortest), scenarios.Span(longest))
	f.At = drawSpan(t, "at", s.Storm.From, s.Storm.To-f.For)
	return f
}

// drawSpan draws one to the millisecond.
func drawSpan(t *rapid.T, name string, least, most scenarios.Span) scenarios.Span {
	const unit = scenarios.Span(time.Millisecond)
	return least + unit*scenarios.Span(rapid.Int64Range(0, int64((most-least)/unit)).Draw(t, name))
}

// withinBudget keeps the faults for which there is room.
func withinBudget(s *scenarios.Scenario, all []scenarios.Fault) (kept []scenarios.Fault) {
	counts := map[scenarios.FaultKind]int{}
	for _, f := range all {
		if f.Kind == "" || counts[f.Kind] == s.Storm.Counts(f.Kind) {
			continue
		}
		if more := append(slices.Clip(kept), f); scenarios.WithinBudget(more, s.Servers) {
			kept = more
			counts[f.Kind]++
		}
	}
	return kept
}

// drawFlaps draws how many origins flap, and leaves to luck how.
func drawFlaps(t *rapid.T, s *scenarios.Scenario) []scenarios.Fault {
	if s.Storm.Flaps == 0 {
		return nil
	}
	only := *s
	only.Faults, only.Trial, only.Vary, only.Rates = nil, nil, nil, nil
	only.Storm = &scenarios.Storm{From: s.Storm.From, To: s.Storm.To}
	only.Storm.Flaps = rapid.IntRange(0, s.Storm.Flaps).Draw(t, "flaps")
	return only.Expand(rapid.Uint64().Draw(t, "luck of flaps")).Faults
}

// drawTrial draws what a group goes through: by a luck of its own, and then how many of the servers that
// it strikes are struck.
func drawTrial(t *rapid.T, s *scenarios.Scenario) (kept []scenarios.Fault) {
	only := *s
	only.Faults, only.Vary, only.Rates = nil, nil, nil
	faults := only.Expand(rapid.Uint64().Draw(t, "luck of the trial")).Faults
	struck := hostsOf(faults)
	struck = struck[:rapid.IntRange(1, len(struck)).Draw(t, "struck")]
	for _, f := range faults {
		f.Hosts = slices.DeleteFunc(slices.Clone(f.Hosts),
			func(id node.ID) bool { return !slices.Contains(struck, id) })
		if len(f.Hosts) > 0 {
			kept = append(kept, f)
		}
	}
	return kept
}

// hostsOf returns whom the faults strike.
func hostsOf(faults []scenarios.Fault) (all []node.ID) {
	for _, f := range faults {
		all = append(all, f.Hosts...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
