package main

import (
	"cmp"

	"butterfly/scenarios"
)

// overBudget says in what the run went beyond the fault budget, if that is off.
func (p *played) overBudget() string {
	if p.scenario.Budget != scenarios.BudgetOff {
		return ""
	}
	return p.scenario.OverBudget()
}

// budget says that the fault budget is off, and what came of it.
func (s *sheet) budget(p *played) {
	if p.scenario.Budget == scenarios.BudgetOff {
		s.row("budget", "off: %s", cmp.Or(p.overBudget(), "all stays inside it nevertheless"))
	}
}

// budgetNote is what the runs of a hunt without a fault budget made of that.
type budgetNote struct {
	seeds uint64 // how many went beyond it
	first string // in what the first of them did
}

func (n *budgetNote) add(p *played) {
	if over := p.overBudget(); over != "" {
		n.seeds++
		n.first = cmp.Or(n.first, over)
	}
}

// budgetRow says that the fault budget is off, and how many seeds made use of that.
func (h *hunter) budgetRow(s *sheet) {
	switch {
	case h.scenario.Budget != scenarios.BudgetOff:
	case h.over.seeds == 0:
		s.row("budget", "off: all stays inside it nevertheless")
	default:
		s.row("budget", "off: %s of %s went beyond it, the first like this: %s", grouped(h.over.seeds),
			counted(h.tally.Seeds, "seed"), h.over.first)
	}
}
