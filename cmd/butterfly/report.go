package main

import (
	"encoding/json"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

// report is the JSON object of one run. Names and units are relied on by scripts.
type report struct {
	Scenario    string        `json:"scenario"`
	Seed        hunt.Seed     `json:"seed"`
	Verdict     world.Verdict `json:"verdict"`
	Fingerprint string        `json:"fingerprint"`
	Events      uint64        `json:"events"`
	Messages    uint64        `json:"messages"`
	Bytes       uint64        `json:"bytes"`
	Probes      uint64        `json:"probes"`

	VirtualSeconds float64            `json:"virtual_seconds"`
	WallSeconds    float64            `json:"wall_seconds"`
	Violations     []hunt.Violation   `json:"violations"`
	Faults         []faultReport      `json:"faults"`
	Sometimes      []situation        `json:"sometimes"`
	Metrics        map[string]float64 `json:"metrics"`

	Build string `json:"build"`
	// Beyond is why nothing was promised for this run, if so.
	Beyond string `json:"beyond,omitempty"`
	// OverBudget is in what the run went beyond the fault budget, if that is off.
	OverBudget string `json:"over_budget,omitempty"`
	// Bundle is where a run that broke something was written to.
	Bundle string `json:"bundle,omitempty"`
	// Verified: the seed was run twice, and both runs were the same.
	Verified bool `json:"verified,omitempty"`
	// Divergence is where two runs of the seed parted.
	Divergence *divergence `json:"divergence,omitempty"`
	// HarnessFault is what went wrong in the harness itself; there is no result then.
	HarnessFault string `json:"harness_fault,omitempty"`
}

type faultReport struct {
	Kind   string `json:"kind"`
	Count  int    `json:"count"`
	Effect string `json:"effect"` // empty when they had none
}

type situation struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type divergence struct {
	Event  uint64 `json:"event"` // counted from 1
	First  string `json:"first"`
	Second string `json:"second"`
}

func (a *app) newReport(p *played) report {
	r := p.result
	object := report{
		Scenario: r.Scenario, Seed: hunt.Seed(r.Seed), Verdict: r.Verdict,
		Fingerprint: r.Fingerprint.String(), Events: r.Events, Messages: r.Messages, Bytes: r.Bytes,
		Probes: r.Probes, VirtualSeconds: r.Virtual.Seconds(), WallSeconds: p.wall.Seconds(),
		Violations: hunt.Violations(r.Violations), Faults: []faultReport{}, Sometimes: []situation{},
		Metrics: r.Metrics, Build: a.build(), Beyond: r.Beyond,
		Verified:   p.compared && p.divergence == nil && !p.interrupted,
		OverBudget: p.overBudget(),
	}
	for _, f := range r.Faults {
		object.Faults = append(object.Faults, faultReport{string(f.Kind), f.Count, f.Effect})
	}
	for _, s := range r.Sometimes {
		object.Sometimes = append(object.Sometimes, situation{s.Name, s.Count})
	}
	if object.Metrics == nil {
		object.Metrics = map[string]float64{}
	}
	if d := p.divergence; d != nil {
		object.Divergence = &divergence{d.Step + 1, d.First, d.Second}
	}
	return object
}

// printJSON writes one object on one line.
func (a *app) printJSON(object any) error {
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	return a.print(string(text) + "\n")
}
