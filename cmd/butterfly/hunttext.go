package main

import (
	"fmt"
	"strings"
	"time"

	"butterfly/scenarios/hunt"
)

// fewestSeeds is how many seeds it takes for the rule of three to say anything at all.
const fewestSeeds = 4

// summaryText is the report of a hunt.
func (h *hunter) summaryText() string {
	sheet := h.newSheet()
	if h.all {
		sheet.gap()
	}
	h.summaryLine(sheet)
	sheet.gap()
	h.brokenRows(sheet)
	sheet.row("hunted", "seeds %v to %v%s", h.plan.First, h.plan.Last, h.shardText())
	sheet.row("", "%s and %s in %s: %s seeds a second", counted(h.tally.Seeds, "seed"),
		counted(h.tally.Events, "event"), spanText(time.Since(h.started)), quotient(h.rate()))
	for i, b := range h.tally.Bites() {
		sheet.row(labelFirst("faults", i), "%6s %-13s %s",
			grouped(b.Count), b.Kind, biteText(sheet, b))
	}
	if missing := h.tally.NeverSeen(); len(missing) > 0 {
		sheet.row("never seen", "%s", strings.Join(missing, "; "))
	}
	if h.faulty != nil {
		sheet.row("harness", "%s panicked, the first with seed %v: %v",
			counted(h.tally.Faults, "seed"), hunt.Seed(h.faulty.Seed), h.faulty.Err)
	}
	sheet.line("next", "%s", h.next())
	return sheet.String()
}

// summaryLine says in one sentence what the hunt found.
func (h *hunter) summaryLine(s *sheet) {
	t, name := &h.tally, h.scenario.Name
	stopped := ""
	if h.interrupted() {
		stopped = fmt.Sprintf(" (stopped before the other %s)", grouped(h.plan.Count()-t.Seeds))
	}
	seeds := counted(t.Seeds, "seed") + stopped
	switch {
	case t.Failed > 0 && h.scenario.ExpectFail:
		s.verdict(red, "FAIL", "%s: as expected, %s of %s broke a promise.",
			name, grouped(t.Failed), seeds)
	case t.Failed > 0:
		s.verdict(red, "FAIL", "%s: %s of %s broke a promise.", name, grouped(t.Failed), seeds)
	case t.Faults > 0:
		s.verdict(red, "FAULT", "%s: the harness failed in %s of %s.",
			name, grouped(t.Faults), seeds)
	case t.Vacuous > 0:
		s.verdict(yellow, "VACUOUS", "%s: no failure in %s, "+
			"but %s of them never got where they were to go.", name, seeds, grouped(t.Vacuous))
	case t.Seeds == 0:
		s.verdict(yellow, "UNKNOWN", "%s: stopped before the first seed was done.", name)
	case t.Passed < h.plan.Count():
		s.verdict(yellow, "UNKNOWN", "%s: no failure in %s.", name, seeds)
	case t.Passed < fewestSeeds:
		s.verdict(green, "PASS", "%s: no failure in %s.", name, seeds)
	default:
		s.verdict(green, "PASS", "%s: no failure in %s: fewer than %.2g %% of seeds fail, "+
			"at 95 %% confidence (3/N).", name, seeds, 100*failureBound(t.Passed))
	}
}

// brokenRows shows each broken property once, with the first seed that broke it and, once for every
// seed, its bundle.
func (h *hunter) brokenRows(s *sheet) {
	shown := ""
	for i, b := range h.tally.Broken() {
		s.row(labelFirst("broken", i), "%s by %s, the first %v", s.paint(red, b.Property),
			counted(b.Seeds, "seed"), b.First)
		if path := h.bundles[b.Property]; path != shown {
			s.line("", "  %s", path)
			shown = path
		}
	}
}

func (h *hunter) shardText() string {
	if h.plan.Shards == 0 {
		return ""
	}
	return fmt.Sprintf(", shard %d of %d", h.plan.Shard, h.plan.Shards)
}

func biteText(s *sheet, b hunt.Bite) string {
	if b.Bitten == 0 {
		return s.paint(yellow, "had no effect in any seed")
	}
	return fmt.Sprintf("had an effect in %s of %s", grouped(b.Bitten), counted(b.Seeds, "seed"))
}

// next is the command to go on with: see the first failure again, or look further.
func (h *hunter) next() string {
	for _, b := range h.tally.Broken() {
		if path := h.bundles[b.Property]; path != "" {
			return fmt.Sprintf("%s replay %s", h.program, shellWord(path))
		}
	}
	if h.faulty != nil {
		return fmt.Sprintf("%s run %s -seed %v", h.program, h.arguments(), hunt.Seed(h.faulty.Seed))
	}
	first, length := h.plan.Last+1, 10*(h.plan.Last-h.plan.First+1)
	if h.interrupted() {
		first, length = h.plan.First, h.plan.Last-h.plan.First+1
	}
	command := fmt.Sprintf("%s hunt %s -seeds %d-%d",
		h.program, h.arguments(), first, first+length-1)
	if h.plan.Shards > 0 {
		command += fmt.Sprintf(" -shard %d/%d", h.plan.Shard, h.plan.Shards)
	}
	return command
}
