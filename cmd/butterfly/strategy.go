package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/search"
	"butterfly/scenarios/world"
)

// searching is how a hunt chooses what to run, and what it has gone through.
type searching struct {
	search.Strategy
	name     search.Name
	coverage search.Coverage
}

func strategyFlag() cli.Flag {
	names := make([]string, len(search.Names()))
	for i, name := range search.Names() {
		names[i] = string(name)
	}
	return textFlag("strategy", names[0], "how runs are chosen, `NAME` is "+strings.Join(names, ", "))
}

// chooseStrategy reads -strategy.
func chooseStrategy(cmd *cli.Command, s scenarios.Scenario) (searching, error) {
	name := search.Name(cmd.String("strategy"))
	strategy, err := search.New(name, s)
	if err != nil {
		return searching{}, fmt.Errorf("-strategy %w", err)
	}
	return searching{Strategy: strategy, name: name}, nil
}

// sweep runs the seeds, generation by generation if the strategy learns.
func (h *hunter) sweep(ctx context.Context) error {
	size := uint64(h.search.Generation())
	if size == 0 {
		size = h.seeds.Count()
	}
	for part := range h.seeds.Parts(size) {
		err := hunt.Sweep(ctx, part, h.workers, h.runSeed, func(o hunt.Outcome[seedRun]) error {
			h.learn(o)
			if err := h.take(ctx, o); err != nil {
				return err
			}
			return h.enough()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// learn gives the strategy what came of a seed.
func (h *hunter) learn(o hunt.Outcome[seedRun]) {
	if o.Err != nil {
		h.search.Learn(o.Seed, nil, nil)
		return
	}
	h.search.Learn(o.Seed, &o.Value.scenario, o.Value.result)
	h.search.coverage.Add(o.Value.result.Coverage)
}

// fileName is that of a bundle of the hunt. The same seed is another run with another strategy: its
// files have another name.
func (h *hunter) fileName(bundle string) string {
	c := h.choice
	if !h.search.plain() {
		c.settings = append(c.settings[:len(c.settings):len(c.settings)], "strategy="+string(h.search.name))
	}
	return c.fileName(bundle)
}

// arguments names what is hunted, and how, on a command line.
func (h *hunter) arguments() string {
	if h.search.plain() {
		return h.choice.arguments()
	}
	return fmt.Sprintf("%s -strategy %s", h.choice.arguments(), h.search.name)
}

// again is the command that runs one seed as the hunt did.
func (h *hunter) again(seed hunt.Seed) string {
	if h.search.plain() {
		return fmt.Sprintf("%s run %s -seed %v", h.program, h.arguments(), seed)
	}
	return fmt.Sprintf("%s hunt %s -seeds %v", h.program, h.arguments(), seed)
}

// twice is the command that runs one seed twice as the hunt did, and compares.
func (h *hunter) twice(seed hunt.Seed) string {
	if h.search.plain() {
		return h.again(seed) + " -verify"
	}
	return h.again(seed) + " -recheck 100%"
}

// searchRows say what the hunt went through: what was explored of all there is, and if nothing was broken,
// what happened during which faults.
func (h *hunter) searchRows(s *sheet) {
	scopeRows(s, h.search.Scope())
	if plans, bounded := h.search.Count(); bounded {
		s.row("explored", "%s of %s, %s (events during faults, not states of servers)",
			grouped(h.plansRun(plans)), counted(plans, "plan"),
			counted(uint64(h.search.coverage.Sets()), "distinct coverage set"))
	}
	if h.tally.Failed+h.tally.Excused > 0 {
		return
	}
	for i, row := range h.search.coverage.Rows() {
		coverageRows(s, labelFirst("coverage", i), &row)
	}
}

// scopeRows say what all plans are confined to, if they are.
func scopeRows(s *sheet, of *search.Scope) {
	if of == nil {
		return
	}
	asked := ""
	if of.Asked != of.Servers {
		asked = fmt.Sprintf(", not %s", grouped(of.Asked))
	}
	s.row("scope", "%s%s; 1 to %d faults a plan, each at one of %d times",
		counted(of.Servers, "server"), asked, of.Most, of.Starts)
	kinds := make([]string, len(of.Kinds))
	for i, kind := range of.Kinds {
		kinds[i] = string(kind)
	}
	s.row("", "each as short or as long as the scenario has it, of these kinds: %s", strings.Join(kinds, ", "))
	if len(of.Left) > 0 {
		s.row("", "left out: %s", strings.Join(of.Left, ", "))
	}
}

// plansRun is how many different ones of so many plans were run. Of a shard, every n-th plan is one, until
// they come again.
func (h *hunter) plansRun(plans uint64) uint64 {
	a, b := plans, max(1, h.seeds.Shards)
	for b > 0 {
		a, b = b, a%b
	}
	return min(h.tally.Seeds, plans/a)
}

// plain reports whether seeds are what they are without a hunt.
func (s *searching) plain() bool { return s.name == search.Random }

// mostMissing is how many events that never happened during a fault are named.
const mostMissing = 4

// coverageRows show what happened during the faults of a kind, and what of it never did that happened
// otherwise.
func coverageRows(s *sheet, label string, row *search.CoverageRow) {
	fault := string(row.Fault)
	switch row.Fault {
	case "":
		fault = "nothing wrong"
	case world.OneWay:
		fault = "one-way partition"
	}
	missing := row.Missing
	s.row(label, "%-17s %2d of %s", fault, row.Seen,
		grouped(row.Seen+len(missing))+" kinds of events")
	if more := len(missing) - mostMissing; more > 0 {
		missing = append(missing[:mostMissing:mostMissing], fmt.Sprintf("%d more", more))
	}
	if len(missing) > 0 {
		s.row("", "  never %s", strings.Join(missing, ", "))
	}
}
