package main

import (
	"fmt"

	"butterfly/plots"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/versus"
)

// contestRow is the JSON object of one design.
type contestRow struct {
	Design    scenarios.Design       `json:"design"`
	Scenario  string                 `json:"scenario"`
	Seeds     int                    `json:"seeds"`
	FirstSeed hunt.Seed              `json:"first_seed"`
	Metrics   map[string]float64     `json:"metrics"`
	Ranges    map[string]metricRange `json:"ranges"`
	Broken    []brokenPromise        `json:"broken"`
	Beyond    string                 `json:"beyond,omitempty"`
	Build     string                 `json:"build"`
}

// metricRange is what single runs measured, and how many of them did.
type metricRange struct {
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
	Runs  int     `json:"runs"`
}

type brokenPromise struct {
	Property  string    `json:"property"`
	Runs      int       `json:"runs"`
	FirstSeed hunt.Seed `json:"first_seed"`
}

func (c *contest) object(row *versus.Row) contestRow {
	object := contestRow{
		Design: row.Design, Scenario: c.scenario.Name, Seeds: row.Runs, FirstSeed: c.plan.First,
		Metrics: map[string]float64{}, Ranges: map[string]metricRange{}, Broken: []brokenPromise{},
		Beyond: row.Beyond, Build: c.build(),
	}
	for i, q := range versus.Quantities() {
		if f := row.Figures[i]; f.Runs > 0 {
			object.Metrics[q.Metric] = f.Value
			object.Ranges[q.Metric] = metricRange{f.Least, f.Most, f.Runs}
		}
	}
	for _, b := range row.Broken {
		object.Broken = append(object.Broken, brokenPromise{b.Property, b.Runs, hunt.Seed(b.First)})
	}
	return object
}

// figure draws the comparison.
func (c *contest) figure() *plots.Versus {
	rows := c.Rows()
	v := &plots.Versus{
		Own: string(scenarios.Ours),
		Title: fmt.Sprintf("Under the same faults, %s: %s",
			counted(rows[0].Runs, "seed"), contestFinding(rows)),
		Subtitle: fmt.Sprintf("Scenario %s: %s, %s.", c.name(),
			counted(c.scenario.Servers, "server"), counted(c.scenario.Origins, "origin")),
	}
	for i, q := range versus.Quantities() {
		if !anyMeasured(rows, i) {
			continue
		}
		for _, row := range rows {
			f := row.Figures[i]
			v.Rows = append(v.Rows, plots.VersusRow{
				Design: string(row.Design), Quantity: q.Means,
				Value: f.Value, Least: f.Least, Most: f.Most, Runs: f.Runs, All: row.Runs,
			})
		}
	}
	return v
}
