package main

import (
	"fmt"
	"strings"
)

// tellProgress says how far the hunt is.
func (h *hunter) tellProgress() { h.shown.step(int64(h.tally.Seeds), h.note) }

// note is the hunt so far in one line.
func (h *hunter) note() string {
	seeds := grouped(h.tally.Seeds)
	if !h.endless {
		seeds += " of " + grouped(h.seeds.Count())
	}
	text := fmt.Sprintf("%s: %s seeds, %s a second, %s failed in %s, %s", h.scenario.Name, seeds,
		quotient(h.rate()), grouped(h.tally.Failed), counted(h.groups.Kinds(), "way"),
		virtualText(h.virtualSeconds()))
	if sights := h.tally.Sights(); len(sights) > 0 {
		text += fmt.Sprintf(", rarest in %s: %s", grouped(sights[0].Seen), shortened(sights[0].Name))
	}
	return text
}

// mostNoted is how many letters of a situation fit a line beside everything else.
const mostNoted = 32

// shortened is the beginning of a text that is long.
func shortened(text string) string {
	letters := []rune(text)
	if len(letters) <= mostNoted {
		return text
	}
	return strings.TrimSpace(string(letters[:mostNoted-1])) + "…"
}

// virtualText prints a long span of virtual time.
func virtualText(seconds float64) string {
	for _, unit := range []struct {
		name    string
		seconds float64
	}{{"years", 365 * 86400}, {"days", 86400}, {"hours", 3600}, {"minutes", 60}} {
		if seconds >= unit.seconds {
			return quotient(seconds/unit.seconds) + " virtual " + unit.name
		}
	}
	return quotient(seconds) + " virtual seconds"
}
