package main

import (
	"time"

	"butterfly/scenarios/hunt"
)

// huntEnd is what ended it, empty if all its seeds were run.
type huntEnd string

const (
	byInterrupt huntEnd = "interrupt"
	byTime      huntEnd = "time"
	byFailures  huntEnd = "failures"
)

// huntSummary is the last line of a hunt in JSON.
type huntSummary struct {
	Summary bool   `json:"summary"`
	Seeds   uint64 `json:"seeds"`
	Failed  uint64 `json:"failed"`
	Vacuous uint64 `json:"vacuous"`
	Unknown uint64 `json:"unknown"`
	// HarnessFaults is how many of the unknown panicked, Diverged how many gave two runs.
	HarnessFaults  uint64  `json:"harness_faults"`
	Diverged       uint64  `json:"diverged"`
	Events         uint64  `json:"events"`
	WallSeconds    float64 `json:"wall_seconds"`
	SeedsPerSecond float64 `json:"seeds_per_second"`
	// Interrupted: there were more seeds to run, and somebody stopped it. EndedBy is what ended it
	// before all seeds were run: "interrupt", "time" or "failures".
	Interrupted bool    `json:"interrupted"`
	EndedBy     huntEnd `json:"ended_by"`
	// VirtualSeconds is how much virtual time all runs covered, Rechecked how many were run twice.
	VirtualSeconds float64 `json:"virtual_seconds"`
	Rechecked      uint64  `json:"rechecked"`
	// Divergence is where the first seed that gave two runs did so.
	Divergence *huntDivergence `json:"divergence,omitempty"`
	// Groups is the failures, those that look alike together, Unpromised has the others.
	Groups []hunt.Group `json:"groups"`
	// Sometimes is how often the situations that were to occur did so, the rarest first.
	Sometimes []sight `json:"sometimes"`
	huntFindings
	// Corpus is what became of the failures that were kept, with -corpus.
	Corpus *corpusReport `json:"corpus,omitempty"`
}

// sight is a [hunt.Sight] in JSON.
type sight struct {
	Name  string `json:"name"`
	Seeds uint64 `json:"seeds"`
	Seen  uint64 `json:"seen"`
}

// huntDivergence is a divergedSeed in JSON.
type huntDivergence struct {
	Seed   hunt.Seed `json:"seed"`
	At     string    `json:"at"`
	First  string    `json:"first"`
	Second string    `json:"second"`
}

func (h *hunter) summarise() error {
	if !h.jsonOutput {
		return h.print(h.summaryText())
	}
	return h.printJSON(h.summary())
}

func (h *hunter) summary() huntSummary {
	t := &h.tally
	object := huntSummary{
		Summary: true, Seeds: t.Seeds, Failed: t.Failed, Vacuous: t.Vacuous, Unknown: t.Unknown,
		HarnessFaults: t.Faults, Diverged: t.Diverged, Events: t.Events,
		WallSeconds: time.Since(h.started).Seconds(), SeedsPerSecond: h.rate(),
		Interrupted: h.ended == byInterrupt, EndedBy: h.ended, VirtualSeconds: h.virtualSeconds(),
		Rechecked: t.Rechecked, Groups: h.groups.All(), Sometimes: []sight{},
		huntFindings: h.newFindings(),
	}
	if d := h.diverged; d != nil {
		object.Divergence = &huntDivergence{d.seed, d.at, d.first, d.second}
	}
	for _, s := range t.Sights() {
		object.Sometimes = append(object.Sometimes, sight(s))
	}
	if h.corpus.folder != "" {
		object.Corpus = h.corpus.report()
	}
	return object
}

// rate is how many seeds were run a second.
func (h *hunter) rate() float64 {
	seconds := time.Since(h.started).Seconds()
	if seconds <= 0 {
		return 0
	}
	return float64(h.tally.Seeds) / seconds
}

func (h *hunter) virtualSeconds() float64 { return float64(h.tally.VirtualMillis) / 1000 }

// measuredOnly: no run was held to anything.
func (h *hunter) measuredOnly() bool {
	return !bounded(&h.scenario) || h.tally.Unpromised == h.tally.Passed
}

// undecided: there is a seed of which nobody knows what it does, because somebody stopped the hunt or
// for another reason. The end of a time that was set is no such reason, if a seed was run at all.
func (h *hunter) undecided() bool {
	return h.ended == byInterrupt || h.tally.Passed < h.tally.Seeds || h.tally.Seeds == 0
}

// code is what the hunt ends with. Where the same seed gives different runs nothing else counts; a
// broken promise weighs more than a seed that says nothing.
func (h *hunter) code() int {
	switch {
	case h.diverged != nil:
		return exitHarness
	case h.tally.Failed > 0 || h.corpus.failing() > 0:
		return exitBroken
	case h.tally.Faults > 0:
		return exitHarness
	case h.corpus.Unreadable > 0 || h.undecided():
		return exitUndecided
	}
	return 0
}
