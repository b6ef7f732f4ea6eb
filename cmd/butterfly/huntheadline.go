package main

import (
	"fmt"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

// fewestSeeds is how many seeds it takes for the rule of three to say anything at all.
const fewestSeeds = 4

// huntHeadline is what a hunt found in one sentence, the word before it, and what it comes to.
type huntHeadline struct {
	verdict      world.Verdict
	colour, word string
	sentence     string
}

func (h *hunter) headline() huntHeadline {
	t, seeds := &h.tally, h.seedsText()
	say := func(verdict world.Verdict, colour, word, format string, args ...any) huntHeadline {
		return huntHeadline{verdict, colour, word, h.scenario.Name + ": " + fmt.Sprintf(format, args...)}
	}
	switch {
	case h.diverged != nil:
		return say(world.Unknown, red, "DIVERGED",
			"seed %v gave two different runs, so that none of %s counts.", h.diverged.seed, seeds)
	case t.Failed > 0 && h.scenario.ExpectFail:
		return say(world.Fail, red, "FAIL", "as expected, %s of %s broke a promise.", grouped(t.Failed), seeds)
	case t.Failed > 0:
		return say(world.Fail, red, "FAIL", "%s of %s broke a promise.", grouped(t.Failed), seeds)
	case h.corpus.failing() > 0:
		return say(world.Fail, red, "FAIL", "%s of the corpus still fail, and none of %s.",
			grouped(h.corpus.failing()), seeds)
	case t.Faults > 0:
		return say(world.Unknown, red, "FAULT", "the harness failed in %s of %s.", grouped(t.Faults), seeds)
	case t.Excused > 0:
		return say(world.Unknown, yellow, "UNKNOWN", "%s of %s broke what is not promised there, for %s.",
			grouped(t.Excused), seeds, t.Beyond)
	case h.corpus.Unreadable > 0:
		return say(world.Unknown, yellow, "UNKNOWN", "no failure in %s, but %s of the corpus could not be run.",
			seeds, counted(h.corpus.Unreadable, "file"))
	case t.Vacuous > 0:
		return say(world.Vacuous, yellow, "VACUOUS",
			"no failure in %s, but %s of them never got where they were to go.", seeds, grouped(t.Vacuous))
	case t.Seeds == 0:
		return say(world.Unknown, yellow, "UNKNOWN", "stopped before the first seed was done.")
	case h.undecided():
		return say(world.Unknown, yellow, "UNKNOWN", "no failure in %s.", seeds)
	case t.Beyond != "" && t.Unpromised == t.Passed:
		return say(world.Pass, green, "MEASURED",
			"%s came to their end; nothing was promised for them, for %s.", seeds, t.Beyond)
	case h.measuredOnly():
		return say(world.Pass, green, "MEASURED",
			"%s came to their end; nothing was promised for them.", seeds)
	}
	return say(world.Pass, green, "PASS", "no failure in %s.", h.passedText())
}

// passedText is what no failure was found in, and what that proves.
func (h *hunter) passedText() string {
	seeds := h.seedsText()
	if plans, bounded := h.search.Count(); bounded {
		return h.plansText(plans)
	}
	if h.search.Generation() > 0 {
		return seeds + ": no random sample, for plans depend on what was learned before"
	}
	if share := h.failureBound(); share > 0 {
		return fmt.Sprintf("%s: fewer than %.2g %% of seeds fail, at 95 %% confidence (3/N)", seeds, 100*share)
	}
	return seeds
}

// plansText is how many of all plans were run. They come in their order, so that those that were say
// nothing of the others.
func (h *hunter) plansText(plans uint64) string {
	run := h.plansRun(plans)
	switch all := fmt.Sprintf("any of the %s plans: all there are in this scope", grouped(plans)); {
	case run < plans:
		return fmt.Sprintf("%s of %s plans%s", grouped(run), grouped(plans), h.endText())
	case h.tally.Seeds == plans:
		return all
	default:
		return fmt.Sprintf("%s with %s", h.seedsText(), all)
	}
}

// failureBound is below which share of the seeds fails, if nothing is known but that none did: 0 where
// they were no random sample, or too few to tell.
func (h *hunter) failureBound() float64 {
	_, bounded := h.search.Count()
	if t := &h.tally; bounded || h.search.Generation() > 0 || t.Passed < max(t.Seeds, fewestSeeds) {
		return 0
	}
	return hunt.FailureBound(h.tally.Passed)
}

// seedsText is how many seeds were run, and why not more.
func (h *hunter) seedsText() string { return counted(h.tally.Seeds, "seed") + h.endText() }

// endText is what ended the hunt before all its seeds were run, empty if nothing did.
func (h *hunter) endText() string {
	switch left := grouped(h.seeds.Count() - h.tally.Seeds); {
	case h.ended == byInterrupt && h.endless:
		return " (stopped)"
	case h.ended == byInterrupt:
		return fmt.Sprintf(" (stopped before the other %s)", left)
	case h.ended == byTime:
		return fmt.Sprintf(" in %v", h.length)
	case h.ended == byFailures:
		return fmt.Sprintf(" (stopped after %s of failure)", counted(h.failures, "kind"))
	}
	return ""
}
