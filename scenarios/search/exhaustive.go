package search

import (
	"cmp"
	"fmt"
	"slices"

	"butterfly/scenarios"
)

// exhaustive goes through all plans of a small scope.
type exhaustive struct {
	unlearned
	base  scenarios.Scenario
	scope scope
	said  Scope
	plans []combination
}

const (
	// mostFaults is how many faults a plan has.
	mostFaults = 3
	// mostPlans is more than anybody runs, at 6 bytes each.
	mostPlans = 1 << 20
)

// combination is the numbers of a plan's faults in the scope, ascending, and then none.
type combination [mostFaults]uint16

const none = ^uint16(0)

func newExhaustive(base scenarios.Scenario) (Strategy, error) {
	if base.Storm == nil && base.Trial == nil {
		return nil, nothingToPlan(&base)
	}
	if base.Servers < scopeServers {
		return nil, fmt.Errorf("%s has %d servers, expected %d or more", base.Name, base.Servers, scopeServers)
	}
	e := &exhaustive{base: base, scope: scopeOf(&base)}
	e.said = Scope{
		Servers: scopeServers, Asked: base.Servers, Most: mostFaults, Starts: scopeStarts,
		Kinds: e.scope.kinds(), Left: leftOut(&base),
	}
	e.base.Servers, e.base.Faults = scopeServers, nil
	e.base.Racks = min(e.base.Racks, scopeServers)
	e.base.Storm, e.base.Trial, e.base.Vary, e.base.Rates = nil, nil, nil, nil
	e.base.SetPaced(false)
	if e.plans = e.scope.combinations(renamings(&base)); len(e.plans) > mostPlans {
		return nil, fmt.Errorf("more than %d plans of up to %d faults in %s, expected fewer kinds: "+
			"set the counts of some to 0", mostPlans, mostFaults, base.Name)
	}
	if len(e.plans) == 0 {
		return nil, fmt.Errorf("there is nothing to vary in %s, which asks for no single fault that %d servers "+
			"have room for", base.Name, scopeServers)
	}
	return e, nil
}

// Plan returns plan number seed, which count from 1 as seeds do. Those beyond the last begin anew, with
// other luck in all that is not planned.
func (e *exhaustive) Plan(seed uint64) scenarios.Scenario {
	s := e.base
	for _, number := range e.plans[(seed-1)%uint64(len(e.plans))] {
		if number != none {
			s.Faults = append(s.Faults, e.scope.faults[number])
		}
	}
	slices.SortStableFunc(s.Faults, func(a, b scenarios.Fault) int { return cmp.Compare(a.At, b.At) })
	return s
}

func (e *exhaustive) Scope() *Scope { return &e.said }

func (e *exhaustive) Count() (plans uint64, bounded bool) { return uint64(len(e.plans)), true }

// combinations returns all plans within the budget of which no renaming comes first, those with fewer
// faults before those with more, and one more than [mostPlans] at most.
func (c *scope) combinations(renamings [][]uint16) (all []combination) {
	fit := c.fits()
	var extend func(plan combination, have, want int)
	extend = func(plan combination, have, want int) {
		if len(all) > mostPlans {
			return
		}
		if have == want {
			if isFirst(plan, renamings) {
				all = append(all, plan)
			}
			return
		}
		for next := int(last(plan, have)); next < len(c.faults); next++ {
			if c.allows(plan[:have], next, fit) {
				extended := plan
				extended[have] = uint16(next)
				extend(extended, have+1, want)
			}
		}
	}
	for want := 1; want <= mostFaults; want++ {
		extend(combination{none, none, none}, 0, want)
	}
	return all
}

// last is the number after that of a plan's last fault.
func last(plan combination, have int) uint16 {
	if have == 0 {
		return 0
	}
	return plan[have-1] + 1
}

// fits says of each two faults whether they are within the budget together, and of each alone. Of three
// servers two have to be up: so faults that do not get in each other's way two by two do not at all.
func (c *scope) fits() [][]bool {
	fit := make([][]bool, len(c.faults))
	for i := range c.faults {
		fit[i] = make([]bool, len(c.faults))
		for j := range c.faults {
			pair := []scenarios.Fault{c.faults[i], c.faults[j]}
			if i == j {
				pair = pair[:1]
			}
			fit[i][j] = scenarios.WithinBudget(pair, scopeServers)
		}
	}
	return fit
}

// allows reports whether a plan may have one more fault.
func (c *scope) allows(plan []uint16, next int, fit [][]bool) bool {
	kind, same := c.faults[next].Kind, 0
	for _, number := range plan {
		if !fit[number][next] {
			return false
		}
		if c.faults[number].Kind == kind {
			same++
		}
	}
	return fit[next][next] && same < c.most[kind]
}
