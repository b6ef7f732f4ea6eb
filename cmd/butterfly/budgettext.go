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
