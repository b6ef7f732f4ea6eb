package scenarios

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Rate is faults of one kind that come at random, so often on average, as those of real machines do.
// They are a Poisson process: how many there are, and how long after one the next comes, is up to the
// seed. Each rate draws from streams of its own, and each of its faults again, so that changing one
// rate leaves the others as they were; but the budget may then have room for fewer or more, and one
// that would strike servers which are gone already strikes the others only.
type Rate struct {
	Kind FaultKind `json:"kind"`
	// Every is the mean time between two of them at each of what Each says.
	Every Span `json:"every"`
	// Each is whom Every is counted for; empty is the whole cluster.
	Each Scope `json:"each,omitempty"`
	// From and To are between when they begin; all are over by To.
	From Span `json:"from"`
	To   Span `json:"to"`
	// Lasts is how long each lasts; the zero value is what storms have for the kind. What would last
	// beyond To ends there.
	Lasts Lengths `json:"lasts,omitzero"`
	// Strikes is between how many servers one strikes together, or origins; nil leaves it to the kind,
	// as in storms. Only of the whole cluster, and of racks for each row, which cannot do without.
	Strikes *Range[int] `json:"strikes,omitempty"`
	// LossPPM is the most that a loss loses, and exactly what that of one rack does; 0 means 10 %.
	LossPPM rng.PPM `json:"loss_ppm,omitempty"`
}

const (
	// MaxRates is how many rates a scenario may have.
	MaxRates = 100
	// MaxEvery is the longest mean time between two faults: a machine that fails once in five years.
	// 44.4 times as much, the most that is drawn, still fits a time.
	MaxEvery = 5 * 365 * 24 * time.Hour
	// MaxRated is how many faults all rates of a scenario may bring on average. Ten standard
	// deviations more are still fewer than [MaxFaults].
	MaxRated = 5000
)

// validate reports the first thing wrong with the rate.
func (r *Rate) validate(s *Scenario) error {
	if _, known := lengthsOf(r.Kind); !known {
		return fmt.Errorf("kind: %q, expected one of %v", r.Kind, StormKinds())
	}
	if probe := (Fault{Kind: r.Kind}); s.Origins == 0 && (probe.has(hasOrigins) || r.Kind == NoSockets) {
		return fmt.Errorf("kind: %s, but there are no origins", r.Kind)
	}
	if err := r.validateTimes(s.Duration); err != nil {
		return err
	}
	if err := r.validateLasts(s.Budget); err != nil {
		return fmt.Errorf("lasts: %w", err)
	}
	scope, err := r.scope()
	if err != nil {
		return err
	}
	if scope.count(s) == 0 {
		return fmt.Errorf("each: the scenario has no %s", r.Each)
	}
	if r.LossPPM != 0 && r.Kind != Loss {
		return fmt.Errorf("loss_ppm: expected none for %s", r.Kind)
	}
	if !r.wonky(s) {
		if err := s.validateLoss(r.LossPPM); err != nil {
			return err
		}
	}
	if err := r.validateRacks(s); err != nil {
		return err
	}
	if err := r.validateStrikes(s); err != nil {
		return err
	}
	return r.validateRoom(s)
}

func (r *Rate) validateTimes(duration Span) error {
	if r.Every < Span(time.Millisecond) || r.Every > Span(MaxEvery) {
		return fmt.Errorf("every: %v, expected %v to %v", r.Every, time.Millisecond, MaxEvery)
	}
	if r.From < 0 || r.To > duration || r.To-r.From < minStorm {
		return fmt.Errorf("to: from %v to %v, expected at least %v within the run of %v",
			r.From, r.To, minStorm, duration)
	}
	return nil
}

// validateLasts refuses what would have to be made longer to stay inside the budget. Only the short end
// of a distribution without one is.
func (r *Rate) validateLasts(budget Budget) error {
	if r.Lasts == (Lengths{}) {
		return nil
	}
	own, _ := lengthsOf(r.Kind)
	switch {
	case own.Longest == 0:
		return fmt.Errorf("expected none for %s", r.Kind)
	case r.Lasts.Median == 0 && r.Lasts.Shortest < own.Shortest && budget != BudgetOff:
		return fmt.Errorf("%v, expected at least %v for %s inside the fault budget; "+
			"budget: off goes beyond", &r.Lasts, own.Shortest, r.Kind)
	}
	return r.Lasts.validate()
}

func (r *Rate) validateStrikes(s *Scenario) error {
	targets := s.fewestServers()
	switch probe := (Fault{Kind: r.Kind}); {
	case r.Strikes == nil && r.Each == EachRow:
		return fmt.Errorf("strikes: expected how many racks")
	case r.Strikes == nil:
		return nil
	case r.Each == EachRow:
		targets = s.racks()
		if r.Kind == Partition { // from whom
			targets--
		}
	case r.Each != "" && r.Each != EachCluster:
		return fmt.Errorf("strikes: expected none for each %s", r.Each)
	case r.Kind == OriginDown:
		targets = s.fewestOrigins()
	case !probe.has(hasHosts) || probe.Operates():
		return fmt.Errorf("strikes: expected none for %s", r.Kind)
	}
	if r.Strikes.Least < 1 || r.Strikes.Most < r.Strikes.Least || r.Strikes.Most > targets {
		return fmt.Errorf("strikes: %d to %d, expected 1 to %d",
			r.Strikes.Least, r.Strikes.Most, targets)
	}
	return nil
}

// validateRates checks all rates, and that they bring no more faults than a run may have.
func (s *Scenario) validateRates() error {
	if len(s.Rates) > MaxRates {
		return fmt.Errorf("rates: %d, expected at most %d", len(s.Rates), MaxRates)
	}
	var all uint64
	for i := range s.Rates {
		if err := s.Rates[i].validate(s); err != nil {
			return fmt.Errorf("rates[%d].%w", i, err)
		}
		if all += s.Rates[i].expected(s); all > MaxRated {
			return fmt.Errorf("rates[%d].every: %v makes %d faults of all rates, on average, "+
				"expected at most %d", i, s.Rates[i].Every, all, MaxRated)
		}
	}
	return nil
}

// expected is how many faults there are on average. A product of times in nanoseconds would not fit.
func (r *Rate) expected(s *Scenario) uint64 {
	scope, _ := r.scope()
	const unit = Span(time.Millisecond)
	all := uint64(scope.count(s)) * uint64((r.To-r.From)/unit) / uint64(r.Every/unit)
	if r.Each == EachRound {
		all *= uint64(s.racks())
	}
	return all
}

// rated draws the faults of all rates. Their order is that in which they get their share of the budget.
func (s *Scenario) rated(seed uint64, budget *ledger) (all []Fault) {
	earlier := map[FaultKind]uint64{}
	for i := range s.Rates {
		r := &s.Rates[i]
		room := MaxFaults - len(s.Faults) - len(all)
		streams := rng.Named(seed, "rate "+string(r.Kind))
		all = append(all, r.faults(streams, earlier[r.Kind], room, s, budget)...)
		earlier[r.Kind]++
	}
	return all
}

// faults draws those of a rate, which is the nth of its kind, as many as there is room for in a run.
// The sum of independent Poisson processes is one, each event of which is of any of them with the same
// chance: so one sequence does for all that Each counts.
func (r *Rate) faults(
	streams rng.Key, nth uint64, room int, s *Scenario, budget *ledger,
) (all []Fault) {
	scope, _ := r.scope()
	arrivals, mean := streams.At2(nth, 0), r.Every.Duration()/time.Duration(scope.count(s))
	at := r.From.Duration()
	for k := uint64(1); len(all) < room; k++ {
		at += rng.Exponential(&arrivals, mean)
		if at >= r.To.Duration() {
			break
		}
		luck := streams.At2(nth, k)
		f := Fault{Kind: r.Kind, At: Span(at.Truncate(time.Millisecond))}
		if !r.shape(&luck, &f, budget) || !r.aim(&luck, &f, s, &scope) {
			continue
		}
		for _, f := range r.rounds(f, s) {
			if len(all) < room && budget.admitRest(&f) {
				all = append(all, f)
			}
		}
	}
	return all
}

// shape draws how long a fault lasts, as long as it takes to prove anything at least. It reports false
// where the rate ends too early for that.
func (r *Rate) shape(luck *rng.Rand, f *Fault, budget *ledger) bool {
	own, _ := lengthsOf(f.Kind)
	lasts, shortest := r.Lasts, own.Shortest
	if lasts == (Lengths{}) {
		lasts = own
	}
	if budget.off {
		shortest = min(shortest, Span(time.Millisecond))
	}
	f.For = min(max(lasts.draw(luck), shortest), r.To-f.At)
	return f.For >= shortest
}

// aim draws whom a fault strikes, as a storm does or as the rate says. It reports false if there is
// nobody to strike.
func (r *Rate) aim(luck *rng.Rand, f *Fault, s *Scenario, scope *scope) bool {
	storm, together := Storm{LossPPM: r.LossPPM}, r.Strikes != nil && r.Each != EachRow
	if together {
		storm.OutageOrigins = r.Strikes.draw(luck)
	}
	if !storm.aim(luck, f, s.Servers, s.Origins) {
		return false
	}
	if together && f.Hosts != nil {
		f.Hosts = chooseSorted[node.ID](luck, s.Servers, storm.OutageOrigins)
	}
	if r.LossPPM != 0 && r.Each == EachRack {
		f.LossPPM = r.LossPPM
	}
	scope.target(r, luck, s, f)
	return true
}
