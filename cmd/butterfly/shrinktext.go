package main

import (
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/shrink"
)

// shrinkReport is the JSON object of a shrinking: the report of the small run, and how it was found.
type shrinkReport struct {
	report
	// Property is what stayed broken.
	Property string   `json:"property"`
	Before   planSize `json:"before"`
	After    planSize `json:"after"`
	// Runs is how many plans were run, Interrupted whether there were more to run.
	Runs        int  `json:"runs"`
	Interrupted bool `json:"interrupted"`
	// Plan is the faults of the small run, in words. PassesWithout is the one of them without which a
	// run passes that goes on until all is judged, empty if there is none or none was looked for.
	Plan          []string `json:"plan"`
	PassesWithout string   `json:"passes_without"`
	// PassingBundle is the file of the plan without it, with -passing.
	PassingBundle string `json:"passing_bundle,omitempty"`
}

// planSize is a [shrink.Size] in JSON.
type planSize struct {
	Faults       int     `json:"faults"`
	Targets      int     `json:"targets"`
	FaultSeconds float64 `json:"fault_seconds"`
	Servers      int     `json:"servers"`
	Origins      int     `json:"origins"`
	Workload     int     `json:"workload"`
	RunSeconds   float64 `json:"run_seconds"`
}

func sizeInJSON(size shrink.Size) planSize {
	return planSize{
		Faults: size.Faults, Targets: size.Targets, FaultSeconds: size.Striking.Duration().Seconds(),
		Servers: size.Servers, Origins: size.Origins, Workload: size.Workload,
		RunSeconds: size.Length.Duration().Seconds(),
	}
}

func (s *shrinking) show(cmd *cli.Command) error {
	if cmd.Bool("json") {
		return s.printJSON(s.newReport())
	}
	return s.print(s.text())
}

// played is the small run.
func (s *shrinking) played() *played {
	return &played{scenario: s.Plan, observed: observed{result: s.Run}, wall: s.wall}
}

func (s *shrinking) newReport() shrinkReport {
	object := shrinkReport{
		report: s.app.newReport(s.played()), Property: s.bundle.Property(),
		Before: sizeInJSON(s.Before), After: sizeInJSON(s.After),
		Runs: s.Runs, Interrupted: s.interrupted(), Plan: []string{},
	}
	object.Bundle, object.PassingBundle = s.out, s.passing
	for i := range s.Plan.Faults {
		object.Plan = append(object.Plan, s.Plan.Faults[i].String())
	}
	if i := s.Decisive; i >= 0 {
		object.PassesWithout = object.Plan[i]
	}
	return object
}

// text is the report of a shrinking.
func (s *shrinking) text() string {
	sheet, p := s.newSheet(), s.played()
	s.headline(sheet)
	sheet.gap()
	sheet.violations(p)
	if s.Run.Beyond != "" {
		sheet.row("promised", "nothing, for %s", s.Run.Beyond)
	}
	sheet.faultList(p)
	s.nearest(sheet)
	s.sizes(sheet)
	sheet.row("took", "%s in %s", counted(s.Runs, "run"), spanText(s.wall))
	sheet.line("bundle", "%s", s.out)
	if s.passing != "" {
		sheet.line("passing", "%s", s.passing)
	}
	sheet.line("next", "%s replay %s", s.program, shellWord(s.out))
	return sheet.String()
}

// headline says in one sentence what it takes to break the property.
func (s *shrinking) headline(sheet *sheet) {
	by, stopped := "without any fault", ""
	if left := s.After.Faults; left > 0 {
		by = fmt.Sprintf("by %d of %s", left, counted(s.Before.Faults, "fault"))
	}
	if s.interrupted() {
		stopped = " Stopped: it may take less."
	}
	sheet.verdict(red, "SHRUNK", "%s: %s is broken %s.%s",
		s.played().name(), s.bundle.Property(), by, stopped)
}

// nearest names the nearest plan that passes.
func (s *shrinking) nearest(sheet *sheet) {
	switch faults := s.Plan.Faults; {
	case s.Decisive >= 0:
		plan, _ := s.Passing()
		sheet.row("passes", "without %s, in a run of %v", faults[s.Decisive].String(), plan.Duration)
	case len(faults) == 0:
		sheet.row("passes", "never: it takes no fault to break it")
	case !s.interrupted():
		sheet.row("passes", "by no single fault less: in runs long enough to be judged, each of these plans "+
			"breaks something as well, or proves nothing")
	}
}

// sizes lays the plan that was given beside the one that was found, in what has become smaller.
func (s *shrinking) sizes(sheet *sheet) {
	before, after := s.Before, s.After
	rows := 0
	for _, size := range []struct {
		what          string
		before, after any
	}{
		{"faults", before.Faults, after.Faults},
		{"servers and origins struck", before.Targets, after.Targets},
		{"length of the faults together", before.Striking, after.Striking},
		{"servers", before.Servers, after.Servers},
		{"origins", before.Origins, after.Origins},
		{"keys, clients, writes a second", before.Workload, after.Workload},
		{"length of the run", before.Length, after.Length},
	} {
		if size.before != size.after {
			sheet.row(labelFirst("size", rows), "%-31s %12s -> %s", size.what,
				fmt.Sprint(size.before), fmt.Sprint(size.after))
			rows++
		}
	}
}
