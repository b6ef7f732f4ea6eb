package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"butterfly/scenarios/hunt"
)

// fewestSeeds is how many seeds it takes for the rule of three to say anything at all.
const fewestSeeds = 4

// mostSights is how many of the rarest situations are told.
const mostSights = 3

// summaryText is the report of a hunt.
func (h *hunter) summaryText() string {
	sheet := h.newSheet()
	if h.all {
		sheet.gap()
	}
	h.summaryLine(sheet)
	sheet.gap()
	h.divergedRows(sheet)
	h.brokenRows(sheet)
	h.corpusRows(sheet)
	h.huntedRows(sheet)
	for i, b := range h.tally.Bites() {
		sheet.row(labelFirst("faults", i), "%6s %-13s %s",
			grouped(b.Count), b.Kind, biteText(sheet, b))
	}
	h.sightRows(sheet)
	h.searchRows(sheet)
	if h.faulty != nil {
		sheet.row("harness", "%s panicked, the first with seed %v: %v",
			counted(h.tally.Faults, "seed"), hunt.Seed(h.faulty.Seed), h.faulty.Err)
	}
	sheet.line("next", "%s", h.next())
	return sheet.String()
}

// summaryLine says in one sentence what the hunt found.
func (h *hunter) summaryLine(s *sheet) {
	t, name, seeds := &h.tally, h.scenario.Name, h.seedsText()
	switch {
	case h.diverged != nil:
		s.verdict(red, "DIVERGED", "%s: seed %v gave two different runs, so that none of %s counts.",
			name, h.diverged.seed, seeds)
	case t.Failed > 0 && h.scenario.ExpectFail:
		s.verdict(red, "FAIL", "%s: as expected, %s of %s broke a promise.",
			name, grouped(t.Failed), seeds)
	case t.Failed > 0:
		s.verdict(red, "FAIL", "%s: %s of %s broke a promise.", name, grouped(t.Failed), seeds)
	case h.corpus.failing() > 0:
		s.verdict(red, "FAIL", "%s: %s of the corpus still fail, and none of %s.",
			name, grouped(h.corpus.failing()), seeds)
	case t.Faults > 0:
		s.verdict(red, "FAULT", "%s: the harness failed in %s of %s.",
			name, grouped(t.Faults), seeds)
	case h.corpus.Unreadable > 0:
		s.verdict(yellow, "UNKNOWN", "%s: no failure in %s, but %s of the corpus could not be run.",
			name, seeds, counted(h.corpus.Unreadable, "file"))
	case t.Vacuous > 0:
		s.verdict(yellow, "VACUOUS", "%s: no failure in %s, "+
			"but %s of them never got where they were to go.", name, seeds, grouped(t.Vacuous))
	case t.Seeds == 0:
		s.verdict(yellow, "UNKNOWN", "%s: stopped before the first seed was done.", name)
	case h.undecided():
		s.verdict(yellow, "UNKNOWN", "%s: no failure in %s.", name, seeds)
	case h.measuredOnly():
		s.verdict(green, "MEASURED", "%s: %s came to their end; nothing was promised for them.",
			name, seeds)
	case t.Passed < fewestSeeds:
		s.verdict(green, "PASS", "%s: no failure in %s.", name, seeds)
	default:
		s.verdict(green, "PASS", "%s: no failure in %s: fewer than %.2g %% of seeds fail, "+
			"at 95 %% confidence (3/N).", name, seeds, 100*hunt.FailureBound(t.Passed))
	}
}

// seedsText is how many seeds were run, and why not more.
func (h *hunter) seedsText() string {
	text := counted(h.tally.Seeds, "seed")
	switch left := grouped(h.seeds.Count() - h.tally.Seeds); {
	case h.ended == byInterrupt && h.endless:
		text += " (stopped)"
	case h.ended == byInterrupt:
		text += fmt.Sprintf(" (stopped before the other %s)", left)
	case h.ended == byTime:
		text += fmt.Sprintf(" in %v", h.length)
	case h.ended == byFailures:
		text += fmt.Sprintf(" (stopped after %s of failure)", counted(h.failures, "kind"))
	}
	return text
}

// divergedRows shows where two runs of a seed parted.
func (h *hunter) divergedRows(s *sheet) {
	if d := h.diverged; d != nil {
		s.row("differ", "%s", "at "+d.at)
		s.row("first run", "%s", d.first)
		s.row("second run", "%s", d.second)
	}
}

// brokenRows shows each broken property once, with the first seed that broke it and, once for every
// seed, its bundle; below it the failures that began with it, those that look alike in one line.
func (h *hunter) brokenRows(s *sheet) {
	shown := ""
	for i, b := range h.tally.Broken() {
		s.row(labelFirst("broken", i), "%s by %s, the first %v", s.paint(red, b.Property),
			counted(b.Seeds, "seed"), b.First)
		if path := h.bundles[b.Property]; path != "" && path != shown {
			s.line("", "  %s", path)
			shown = path
		}
		h.groupRows(s, h.groups.Of(b.Property))
	}
}

func (h *hunter) groupRows(s *sheet, groups []hunt.Group) {
	for _, g := range groups {
		switch {
		case g.Seeds == 0: // a failure of the corpus, which has rows of its own
		case g.Shape == "" && len(groups) == 1:
			s.row("", "  not shrunk")
		case g.Shape == "":
			s.row("", "  %s more of this property, not shrunk", grouped(g.Seeds))
		default:
			s.row("", "  by %s: %s", g.Shape, counted(g.Seeds, "seed"))
			if path := cmp.Or(g.ShrunkBundle, g.Bundle); path != "" {
				s.line("", "    %s", path)
			}
		}
	}
}

// mostNotes is how many files of a corpus are told of.
const mostNotes = 10

// corpusRows says what has become of the failures of the corpus.
func (h *hunter) corpusRows(s *sheet) {
	c := &h.corpus
	if c.folder == "" {
		return
	}
	s.row("corpus", "%s: %d still failing, %d failing in another run, %d gone, %d unreadable, "+
		"%d of other scenarios, %d added", c.folder, c.Still, c.Differs, c.Gone, c.Unreadable, c.Others,
		c.Added)
	for i, file := range c.told {
		if i == mostNotes {
			s.row("", "  and %s", counted(len(c.told)-mostNotes, "other file"))
			return
		}
		s.line("", "  %s: %s", file.path, file.note)
	}
}

// huntedRows says how much was run.
func (h *hunter) huntedRows(s *sheet) {
	last := h.seeds.Last
	if h.endless {
		last = h.seeds.First + hunt.Seed(h.tally.Seeds*max(1, h.seeds.Shards)) - 1
	}
	s.row("hunted", "seeds %v to %v%s", h.seeds.First, max(last, h.seeds.First), h.shardText())
	s.row("", "%s and %s in %s: %s seeds a second", counted(h.tally.Seeds, "seed"),
		counted(h.tally.Events, "event"), spanText(time.Since(h.started)), quotient(h.rate()))
	s.row("", "%s simulated, %s run twice and compared", virtualText(h.virtualSeconds()),
		counted(h.tally.Rechecked, "seed"))
}

// sightRows names the situations that were to occur and never did, and the rarest of those that did.
func (h *hunter) sightRows(s *sheet) {
	var rare []string
	for _, sight := range h.tally.Sights() {
		if 0 < sight.Seen && sight.Seen < sight.Seeds && len(rare) < mostSights {
			rare = append(rare, fmt.Sprintf("%s in %s of %s", sight.Name, grouped(sight.Seen),
				counted(sight.Seeds, "seed")))
		}
	}
	if never := h.tally.Never(); len(never) > 0 {
		s.row("never seen", "%s", strings.Join(never, "; "))
	}
	for i, text := range rare {
		s.row(labelFirst("rarely seen", i), "%s", text)
	}
}

func (h *hunter) shardText() string {
	if h.seeds.Shards == 0 {
		return ""
	}
	return fmt.Sprintf(", shard %d of %d", h.seeds.Shard, h.seeds.Shards)
}

func biteText(s *sheet, b hunt.Bite) string {
	if b.Bitten == 0 {
		return s.paint(yellow, "had no effect in any seed")
	}
	return fmt.Sprintf("had an effect in %s of %s", grouped(b.Bitten), counted(b.Seeds, "seed"))
}
