package main

import (
	"fmt"
	"slices"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/replicas"
)

// promise is a property a run is checked for, with what the run measured beside its bound.
type promise struct {
	property, measured string
}

// promises lists what is checked in every run of a scenario that has been expanded, the most
// important first.
func promises(s *scenarios.Scenario, metrics map[string]float64) []promise {
	switch {
	case s.Group != nil:
		return groupPromises(s)
	case s.Replicas != nil:
		return mapPromises(s)
	}
	return clusterPromises(s, metrics)
}

func clusterPromises(s *scenarios.Scenario, metrics map[string]float64) []promise {
	config := cluster.Config(s)
	b := cluster.NewBounds(s, &config)
	measured := func(format, metric string) string {
		value, known := metrics[metric]
		if !known {
			return ""
		}
		return fmt.Sprintf(format, secondsText(value)) + ", "
	}
	number := func(format, metric string) string {
		value, known := metrics[metric]
		if !known {
			return "not judged"
		}
		return fmt.Sprintf(format, grouped(uint64(value)))
	}
	all := []promise{
		{checkers.PropertyAtLeastOne,
			measured("longest gap %s", "longest_gap_seconds") +
				"bound " + spanText(b.Gap.Total()) + ", more on a small side"},
		{checkers.PropertyHealth,
			number("%s wrong at the end", "health_wrong_at_end") +
				", known within " + spanText(b.Truth())},
		{checkers.PropertyCompleteness,
			measured("median %s", "detection_p50_seconds") +
				measured("worst %s", "detection_max_seconds") +
				"bound " + spanText(b.Completeness())},
		{checkers.PropertyAccuracy,
			number("%s times a live server was taken for dead", "false_deaths")},
		{checkers.PropertyOwnership,
			"agreed within " + spanText(b.Ownership()) + " of the last fault"},
		{checkers.PropertyDuplicates,
			number("%s s of double checks", "duplicate_probe_seconds") + ", over within " +
				spanText(b.Ownership())},
		{checkers.PropertyConvergence,
			measured("equal %s after the heal", "converged_after_heal_seconds") + "bound " +
				spanText(b.Convergence())},
	}
	return append(all, historyPromises(s)...)
}

// historyPromises lists what the map of a cluster is held to. Of one that keeps a single winner
// nobody can say what must survive.
func historyPromises(s *scenarios.Scenario) (all []promise) {
	unsaid := []string{
		checkers.PropertyMapCoverage, checkers.PropertyCausalPast,
		checkers.PropertyReadYourWrites, checkers.PropertyMonotonicReads,
	}
	for _, p := range replicas.History() {
		if s.Merge != scenarios.Literal || !slices.Contains(unsaid, p.Property) {
			all = append(all, promise{p.Property, p.Bound})
		}
	}
	return all
}
