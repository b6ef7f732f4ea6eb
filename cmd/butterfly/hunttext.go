package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"butterfly/scenarios/hunt"
)

// mostSights is how many of the rarest situations are told.
const mostSights = 3

// summaryText is the report of a hunt.
func (h *hunter) summaryText() string {
	sheet := h.newSheet()
	if h.all {
		sheet.gap()
	}
	first := h.headline()
	sheet.verdict(first.colour, first.word, "%s", first.sentence)
	sheet.gap()
	h.divergedRows(sheet)
	h.finds.rows(sheet, "broken", h.tally.Broken())
	h.excused.rows(sheet, "not promised", h.tally.ExcusedBroken())
	h.corpusRows(sheet)
	h.huntedRows(sheet)
	h.budgetRow(sheet)
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

// divergedRows shows where two runs of a seed parted.
func (h *hunter) divergedRows(s *sheet) {
	if d := h.diverged; d != nil {
		s.row("differ", "%s", "at "+d.at)
		s.row("first run", "%s", d.first)
		s.row("second run", "%s", d.second)
	}
}

// rows show each broken property once, with the first seed that broke it and, once for every seed, its
// bundle; below it the failures that began with it, those that look alike in one line.
func (f *finds) rows(s *sheet, label string, broken []hunt.Broken) {
	shown := ""
	for i, b := range broken {
		s.row(labelFirst(label, i), "%s by %s, the first %v", s.paint(red, b.Property),
			counted(b.Seeds, "seed"), b.First)
		if path := f.bundles[b.Property]; path != "" && path != shown {
			s.line("", "  %s", path)
			shown = path
		}
		groupRows(s, f.groups.Of(b.Property))
	}
}

func groupRows(s *sheet, groups []hunt.Group) {
	for _, g := range groups {
		switch {
		case g.Seeds == 0: // a failure of the corpus, which has rows of its own
		case g.Shape == "" && len(groups) == 1:
			s.row("", "  not shrunk")
		case g.Shape == "":
			s.row("", "  %s more of this property, not shrunk", grouped(g.Seeds))
		default:
			s.row("", "  by %s: %s%s", g.Shape, counted(g.Seeds, "seed"), promisedText(&g))
			if path := cmp.Or(g.ShrunkBundle, g.Bundle); path != "" {
				s.line("", "    %s", path)
			}
		}
	}
}

// promisedText says that what was broken where nothing is promised breaks where something is, too.
func promisedText(g *hunt.Group) string {
	if !g.Promised {
		return ""
	}
	return "; once shrunk it breaks a promise"
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
	s.row("hunted", "%s", h.rangeText())
	s.row("", "%s and %s in %s: %s seeds a second", counted(h.tally.Seeds, "seed"),
		counted(h.tally.Events, "event"), spanText(time.Since(h.started)), quotient(h.rate()))
	s.row("", "%s simulated, %s run twice and compared", virtualText(h.virtualSeconds()),
		counted(h.tally.Rechecked, "seed"))
}

// rangeText is from which seed to which was run.
func (h *hunter) rangeText() string {
	first := h.seeds.Nth(0)
	if h.tally.Seeds == 0 {
		return fmt.Sprintf("no seed, the first would be %v", first)
	}
	return fmt.Sprintf("seeds %v to %v%s", first, h.reached, h.shardText())
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
