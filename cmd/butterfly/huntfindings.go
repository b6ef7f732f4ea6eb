package main

import (
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/search"
	"butterfly/scenarios/world"
)

// huntFindings is what the report of a hunt says beside its counts, in JSON.
type huntFindings struct {
	Scenario string      `json:"scenario"`
	Strategy search.Name `json:"strategy"`
	// Verdict is what all seeds together come to, Headline the report's first line.
	Verdict  world.Verdict `json:"verdict"`
	Headline string        `json:"headline"`
	// Beyond is why nothing was promised, for the first seed of which that is so.
	Beyond string `json:"beyond,omitempty"`
	// OverBudget is how many seeds went beyond the fault budget, if that is off.
	OverBudget *overBudgetReport `json:"over_budget,omitempty"`
	// Hunted is which seeds were run; there is none if no seed was.
	Hunted *huntedRange `json:"hunted,omitempty"`
	// Broken is what the seeds that failed broke, Unpromised what was broken where nothing was promised.
	Broken     []brokenReport    `json:"broken"`
	Unpromised *unpromisedReport `json:"unpromised,omitempty"`
	// Faults is how often the faults of each kind had an effect.
	Faults []biteReport `json:"faults"`
	// FailureBound is below which share of the seeds fails, at 95 % confidence, if so many passed that
	// something can be said.
	FailureBound float64 `json:"failure_bound,omitempty"`
	// Scope and Explored are what all plans are confined to, and how many of them were run, where they
	// can be counted.
	Scope    *scopeReport    `json:"scope,omitempty"`
	Explored *exploredReport `json:"explored,omitempty"`
	// Coverage is what happened during the faults of each kind.
	Coverage []coverageReport `json:"coverage"`
	// HarnessFault is the first seed that panicked, and how.
	HarnessFault *seedFault `json:"harness_fault,omitempty"`
	// Next is the command to go on with.
	Next string `json:"next"`
}

type overBudgetReport struct {
	Seeds uint64 `json:"seeds"`
	First string `json:"first"`
}

type huntedRange struct {
	First  hunt.Seed `json:"first"`
	Last   hunt.Seed `json:"last"`
	Shard  uint64    `json:"shard,omitempty"`
	Shards uint64    `json:"shards,omitempty"`
}

// brokenReport is a [hunt.Broken] in JSON, with the bundle that shows it.
type brokenReport struct {
	Property string    `json:"property"`
	Seeds    uint64    `json:"seeds"`
	First    hunt.Seed `json:"first"`
	Bundle   string    `json:"bundle"`
}

type unpromisedReport struct {
	Seeds  uint64         `json:"seeds"`
	Broken []brokenReport `json:"broken"`
	Groups []hunt.Group   `json:"groups"`
}

// biteReport is a [hunt.Bite] in JSON.
type biteReport struct {
	Kind   scenarios.FaultKind `json:"kind"`
	Count  uint64              `json:"count"`
	Seeds  uint64              `json:"seeds"`
	Bitten uint64              `json:"bitten"`
}

// scopeReport is a [search.Scope] in JSON.
type scopeReport struct {
	Servers      int                   `json:"servers"`
	ServersAsked int                   `json:"servers_asked"`
	MostFaults   int                   `json:"most_faults"`
	Starts       int                   `json:"starts"`
	Kinds        []scenarios.FaultKind `json:"kinds"`
	LeftOut      []string              `json:"left_out"`
}

type exploredReport struct {
	Plans        uint64 `json:"plans"`
	Of           uint64 `json:"of"`
	CoverageSets int    `json:"coverage_sets"`
}

// coverageReport is a [search.CoverageRow] in JSON. Fault is empty for what happened when nothing was wrong.
type coverageReport struct {
	Fault scenarios.FaultKind `json:"fault"`
	Seen  int                 `json:"seen"`
	Never []string            `json:"never"`
}

type seedFault struct {
	Seed  hunt.Seed `json:"seed"`
	Error string    `json:"error"`
}

func (h *hunter) newFindings() huntFindings {
	t, first := &h.tally, h.headline()
	object := huntFindings{
		Scenario: h.scenario.Name, Strategy: h.search.name, Verdict: first.verdict,
		Headline: first.word + "  " + first.sentence, Beyond: t.Beyond,
		Broken: h.finds.report(t.Broken()), Faults: []biteReport{}, Coverage: []coverageReport{},
		Next: h.next(),
	}
	if h.over.seeds > 0 {
		object.OverBudget = &overBudgetReport{h.over.seeds, h.over.first}
	}
	if t.Seeds > 0 {
		object.Hunted = &huntedRange{h.seeds.Nth(0), h.reached, h.seeds.Shard, h.seeds.Shards}
	}
	if t.Excused > 0 {
		object.Unpromised = &unpromisedReport{
			t.Excused, h.excused.report(t.ExcusedBroken()), h.excused.groups.All(),
		}
	}
	if first.word == "PASS" {
		object.FailureBound = h.failureBound()
	}
	for _, b := range t.Bites() {
		object.Faults = append(object.Faults, biteReport(b))
	}
	object.addSearch(h)
	if h.faulty != nil {
		object.HarnessFault = &seedFault{hunt.Seed(h.faulty.Seed), h.faulty.Err.Error()}
	}
	return object
}

// addSearch says what the hunt went through.
func (f *huntFindings) addSearch(h *hunter) {
	if s := h.search.Scope(); s != nil {
		f.Scope = &scopeReport{
			s.Servers, s.Asked, s.Most, s.Starts, s.Kinds, append([]string{}, s.Left...),
		}
	}
	if plans, bounded := h.search.Count(); bounded {
		f.Explored = &exploredReport{h.plansRun(plans), plans, h.search.coverage.Sets()}
	}
	for _, row := range h.search.coverage.Rows() {
		f.Coverage = append(f.Coverage, coverageReport{row.Fault, row.Seen, append([]string{}, row.Missing...)})
	}
}

// report is broken properties with their bundles.
func (f *finds) report(broken []hunt.Broken) []brokenReport {
	all := []brokenReport{}
	for _, b := range broken {
		all = append(all, brokenReport{b.Property, b.Seeds, b.First, f.bundles[b.Property]})
	}
	return all
}
