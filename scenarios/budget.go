package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"butterfly/node"
	"butterfly/sim/rng"
)

// What the protocols promise to survive, written down once. Generators stay inside it, and what a
// scenario lists counts against it too; see [BudgetLines] for all of it in words.
const (
	// BudgetUp is how many servers run at all times: they are neither down nor standing still nor
	// without their uplink or sockets.
	BudgetUp = 2
	// BudgetLossPPM is the share of the packets that links lose at most in the long run, throughout
	// or by one fault.
	BudgetLossPPM rng.PPM = 100_000
	// BudgetRackLossPPM is the same for the links of one rack, and one at a time, in a group: nothing is
	// promised about the checks of who hears every other packet.
	BudgetRackLossPPM rng.PPM = 500_000
)

// Budget says whether generators stay inside the fault budget; empty means [BudgetOn].
type Budget string

const (
	// BudgetOn keeps them inside.
	BudgetOn Budget = "on"
	// BudgetOff lets them go beyond, for study: what is broken then, nobody has promised.
	BudgetOff Budget = "off"
)

// Budgets returns both choices.
func Budgets() []Budget { return []Budget{BudgetOn, BudgetOff} }

func (b Budget) validate() error {
	if b == "" {
		return nil
	}
	return oneOf(b, Budgets())
}

// BudgetLines says in words what the fault budget is, one rule a line.
func BudgetLines() []string {
	var lengths []string
	for _, l := range faultLengths {
		if l.longest > 0 {
			lengths = append(lengths, fmt.Sprintf("%s %v", l.kind, l.shortest))
		}
	}
	return []string{
		fmt.Sprintf("at least %d servers run at all times: "+
			"neither down nor standing still nor without their uplink or sockets", BudgetUp),
		"no server is struck by two such faults at once",
		"no server whose clock is wrong at times ever forgets what it saved, or has it wrong twice",
		fmt.Sprintf("links lose at most %v of the packets, throughout or by one fault", BudgetLossPPM),
		fmt.Sprintf("of a group one rack at a time loses at most %v on its links", BudgetRackLossPPM),
		"faults last at least: " + strings.Join(lengths, ", "),
		"all is over early enough for everything to settle before the run ends",
	}
}

// ledger is what has been planned of a run so far, against the fault budget.
type ledger struct {
	servers  int
	duration Span
	off      bool // anything goes
	// striking are the faults that take servers away, in the order of planning; dating are those that
	// make lives begin by a wrong clock, or without what was saved.
	striking, dating []Fault
	wonky            []Fault // those that make one rack lose more than links may
}

// ledger opens the books with what has been planned already.
func (s *Scenario) ledger(planned []Fault) *ledger {
	l := &ledger{servers: s.Servers, duration: s.Duration, off: s.Budget == BudgetOff}
	for i := range planned {
		l.enter(&planned[i])
	}
	return l
}

// enter records a fault that will happen, inside the budget or not.
func (l *ledger) enter(f *Fault) {
	if f.StrikesServers() {
		l.striking = append(l.striking, *f)
	}
	if f.Kind == Clock || f.forgets() {
		l.dating = append(l.dating, *f)
	}
	if f.longRunLoss() > BudgetLossPPM {
		l.wonky = append(l.wonky, *f)
	}
}

// admit enters f if the budget has room for it: at least [BudgetUp] servers run throughout f, and no
// server is struck by two faults at once. How a process fares that is paused, stopped and cut off at
// one time is no promise. A storm asks for all crashes first, then all pauses, then the leaves, the
// blocks and the uplinks: so more crashes can push out a pause, a leave, a block or an uplink, and
// never the other way round.
func (l *ledger) admit(f *Fault) bool {
	if l.refuses(f) != "" && !l.off {
		return false
	}
	l.enter(f)
	return true
}

// admitAll enters faults that belong together if the budget has room for all of them, one after the
// other. There is no room for nothing.
func (l *ledger) admitAll(faults []Fault) bool {
	striking, dating, wonky := len(l.striking), len(l.dating), len(l.wonky)
	for i := range faults {
		if !l.admit(&faults[i]) {
			l.striking, l.dating = l.striking[:striking], l.dating[:dating]
			l.wonky = l.wonky[:wonky]
			return false
		}
	}
	return len(faults) > 0
}

// refuses says why the budget has no room for f, empty if it has.
func (l *ledger) refuses(f *Fault) string {
	if host := l.misdated(f); host != node.Nobody {
		return fmt.Sprintf("server %d has a wrong clock at times, and another or a disk that forgets", host)
	}
	if f.longRunLoss() > BudgetLossPPM && slices.ContainsFunc(l.wonky, func(p Fault) bool {
		return l.overlap(&p, f)
	}) {
		return fmt.Sprintf("two racks lose more than %v of their packets at once", BudgetLossPPM)
	}
	if !f.StrikesServers() {
		return ""
	}
	down := len(f.Hosts)
	for i := range l.striking {
		p := &l.striking[i]
		if !l.overlap(p, f) {
			continue
		}
		if both := firstCommon(f.Hosts, p.Hosts); both != node.Nobody {
			return fmt.Sprintf("server %d is struck by a %s and a %s at once", both, p.Kind, f.Kind)
		}
		down += len(p.Hosts)
	}
	if left := l.servers - down; left < BudgetUp {
		return fmt.Sprintf("%d of %d servers are left running", max(0, left), l.servers)
	}
	return ""
}

// admitRest enters f with those of its hosts that nothing else strikes meanwhile, if any: a rack that
// fails has machines that were down already.
func (l *ledger) admitRest(f *Fault) bool {
	if !f.StrikesServers() || l.off {
		return l.admit(f)
	}
	for i := range l.striking {
		if p := &l.striking[i]; l.overlap(p, f) {
			f.Hosts = slices.DeleteFunc(f.Hosts, func(id node.ID) bool {
				return slices.Contains(p.Hosts, id)
			})
		}
	}
	return len(f.Hosts) > 0 && l.admit(f)
}

// misdated is a server one of whose lives might begin at an earlier time by its wall clock than one
// before it, of which it has lost what it saved; Nobody if there is none. A server with two such
// clocks is none of those that anything is promised for.
func (l *ledger) misdated(f *Fault) node.ID {
	for i := range l.dating {
		if p := &l.dating[i]; f.Kind == Clock || p.Kind == Clock && f.forgets() {
			if host := firstCommon(f.Hosts, p.Hosts); host != node.Nobody {
				return host
			}
		}
	}
	return node.Nobody
}

// overlap reports whether two faults are on at one time.
func (l *ledger) overlap(p, f *Fault) bool { return l.end(p) >= f.At && l.end(f) >= p.At }

// end is when the servers that a fault has taken away are back: never, if it has no length.
func (l *ledger) end(f *Fault) Span {
	if f.For == 0 {
		return l.duration
	}
	return f.End()
}

func firstCommon(a, b []node.ID) node.ID {
	for _, id := range a {
		if slices.Contains(b, id) {
			return id
		}
	}
	return node.Nobody
}

// OverBudget says in what a scenario that has been expanded first goes beyond the fault budget, and
// when; empty if it stays inside. It is asked where the budget is off: what is broken in a run that
// goes beyond breaks no promise.
func (s *Scenario) OverBudget() string {
	if s.LossPPM > BudgetLossPPM {
		return fmt.Sprintf("links lose %v of the packets throughout", s.LossPPM)
	}
	planned := s.ledger(nil)
	for i := range s.Faults {
		f := &s.Faults[i]
		if loss := f.longRunLoss(); loss > BudgetLossPPM && !s.wonkyRack(f) {
			return fmt.Sprintf("at %v a %s takes %v of the packets", f.At, f.Kind, loss)
		}
		if why := planned.refuses(f); why != "" {
			return fmt.Sprintf("at %v %s", f.At, why)
		}
		planned.enter(f)
	}
	return ""
}

// validateLoss checks that generators are asked for no more loss than there may be.
func (s *Scenario) validateLoss(loss rng.PPM) error {
	switch {
	case loss > rng.Always:
		return fmt.Errorf("loss_ppm: %d, expected 0 to %d", loss, rng.Always)
	case loss > BudgetLossPPM && s.Budget != BudgetOff:
		return fmt.Errorf("loss_ppm: %v, expected at most %v inside the fault budget; "+
			"budget: off goes beyond", loss, BudgetLossPPM)
	}
	return nil
}

// wonky reports whether the rate makes racks of a group lose no more than one may.
func (r *Rate) wonky(s *Scenario) bool {
	return s.Group != nil && r.Each == EachRack && r.LossPPM <= BudgetRackLossPPM
}

// wonkyRack reports whether the fault makes one rack of a group lose no more than it may.
func (s *Scenario) wonkyRack(f *Fault) bool {
	elsewhere := func(id node.ID) bool { return s.RackOf(id) != s.RackOf(f.Hosts[0]) }
	return s.Group != nil && f.Kind == Loss && f.LossPPM <= BudgetRackLossPPM &&
		len(f.Hosts) > 0 && !slices.ContainsFunc(f.Hosts, elsewhere)
}

// longRunLoss is the share of the packets that a fault takes from links in the long run; see
// [netmodel.Burst].
func (f *Fault) longRunLoss() rng.PPM {
	d, _ := f.Degradation()
	cycle := uint64(max(1, d.Burst.Good+d.Burst.Bad))
	bursts := uint64(d.Burst.Loss) * uint64(d.Burst.Bad) / cycle
	return max(d.Loss, rng.PPM(bursts), d.Corrupt)
}

func setBudget(s *Scenario, value string) error {
	s.Budget = Budget(value)
	return oneOf(s.Budget, Budgets())
}
