package main

import (
	"fmt"
	"slices"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/group"
)

// figure is a metric of a run of SWIM alone, of the map alone or of registers, as people read it.
type figure struct {
	metric string
	text   func(value float64) string
	means  string
}

// groupFigures are those of SWIM alone, in the order in which a report has them. A run has few of
// them.
var groupFigures = []figure{
	{"first_detection_seconds", secondsText, "until the first server noticed, on average"},
	{"full_detection_seconds", secondsText, "until all did, on average"},
	{"members_seen_at_heal", quotient, "members seen by a server, on average, when the cut ended"},
	{"heal_seconds", secondsText, "from the end of the cut until the group was whole"},
	{"t50_seconds", secondsText, "until half of the others knew of the update"},
	{"t90_seconds", secondsText, "until nine of ten did"},
	{"t100_seconds", secondsText, "until all did"},
	{"missed", countText, "servers that had not heard of it after 8 s"},
	{"stable_members", countText, "members in the end"},
	{"suspicions", countText, "suspicions begun on a server's own evidence"},
	{"refutes", countText, "accusations refuted"},
	{"deaths_of_slow", countText, "times a slow server was taken for dead"},
	{"false_deaths", countText, "times a live and healthy server was taken for dead"},
	{"false_deaths_at_healthy", countText, "of these by a healthy one"},
	{"probes", countText, "probes of live servers"},
	{"failed_probes", countText, "of these failed by mistake"},
	{"false_suspicions_per_probe", shareText, "that is"},
	{"probe_gap_max_periods", countText, "periods at most between two probes of one server by another"},
}

func countText(value float64) string { return grouped(uint64(value)) }

func shareText(value float64) string { return fmt.Sprintf("%.3g %%", 100*value) }

// fewestColumns is how wide the values of figures are, unless one is wider.
const fewestColumns = 9

// measured shows the figures of a run of SWIM alone, of the map alone or of registers.
func (s *sheet) measured(p *played) {
	var values, meanings []string
	columns := fewestColumns
	for _, f := range figures(&p.scenario) {
		if value, known := p.result.Metrics[f.metric]; known {
			values, meanings = append(values, f.text(value)), append(meanings, f.means)
			columns = max(columns, len(f.text(value)))
		}
	}
	for i, value := range values {
		s.row(labelFirst("measured", i), "%*s  %s", columns, value, meanings[i])
	}
}

// figures are those of the scenario's kind; those of a cluster have their own place.
func figures(s *scenarios.Scenario) []figure {
	switch {
	case s.Group != nil:
		return groupFigures
	case s.Replicas != nil:
		return mapFigures
	case s.Cap != nil:
		return capFigures
	}
	return nil
}

// finding says in a clause what a run of SWIM alone came to, nothing where there is no figure for
// it.
func finding(metrics map[string]float64) string {
	value := func(metric string) string { return secondsText(metrics[metric]) }
	has := func(metric string) bool { _, known := metrics[metric]; return known }
	switch {
	case has("deaths_of_slow"):
		return fmt.Sprintf("healthy servers were taken for dead %s times, slow ones %s times",
			countText(metrics["false_deaths"]), countText(metrics["deaths_of_slow"]))
	case metrics["undetected_crashes"] > 0:
		return fmt.Sprintf("%s a crashed server was back, or the run over, before everybody had noticed",
			counted(uint64(metrics["undetected_crashes"]), "time"))
	case has("full_detection_seconds"):
		return fmt.Sprintf("a crash was noticed after %s and known to all after %s",
			value("first_detection_seconds"), value("full_detection_seconds"))
	case has("heal_seconds"):
		return fmt.Sprintf("the group was whole again %s after the cut", value("heal_seconds"))
	case has("healed"):
		return "the group was not whole within 5 minutes of the cut"
	case has("t100_seconds") && metrics["missed"] == 0:
		return "the update reached everybody within " + value("t100_seconds")
	case has("missed"):
		return fmt.Sprintf("the update missed %s", counted(uint64(metrics["missed"]), "server"))
	case has("stable_members"):
		return "the group ends with " + counted(uint64(metrics["stable_members"]), "server")
	case has("false_suspicions_per_probe"):
		return shareText(metrics["false_suspicions_per_probe"]) + " of the probes failed by mistake"
	}
	return ""
}

// bounded reports whether anything is promised to a scenario within a time. Without, it is there to
// be measured, and held to what is not to happen at any moment.
func bounded(s *scenarios.Scenario) bool {
	return s.Group == nil || slices.ContainsFunc(group.Promises(s),
		func(p group.Promise) bool { return p.Bound > 0 })
}

// groupPromises lists what a scenario of SWIM alone is held to.
func groupPromises(s *scenarios.Scenario) (all []promise) {
	for _, p := range group.Promises(s) {
		all = append(all, promise{p.Property, groupPromiseText(p)})
	}
	return all
}

func groupPromiseText(p group.Promise) string {
	within := spanText(p.Bound)
	switch {
	case p.Bound == 0:
		return "at every moment"
	case p.Property == checkers.PropertyDetectionBound:
		return "a crash is known to all within " + within
	case p.Property == checkers.PropertyCompleteness:
		return "who stays down is known to be within " + within
	case p.Property == checkers.PropertyAccuracy:
		return within + " after all faults no live one is taken for dead"
	case p.Property == checkers.PropertyPartitionHeals:
		return "whole again within " + within + " of the end of a cut"
	case p.Property == checkers.PropertyUpdateSpreads:
		return "all know of the update within " + within
	}
	return "bound " + within
}
