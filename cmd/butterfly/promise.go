package main

import (
	"slices"
	"strings"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/replicas"
)

// promise is a property a run is checked for, with what the run measured beside its bound.
type promise struct {
	property, measured string
}

// promises lists what is checked in a run of a scenario that has been expanded, the most important
// first. Bounds that have been set take the place of what is measured beside those of the
// configuration.
func promises(s *scenarios.Scenario, metrics map[string]float64) (all []promise) {
	for _, p := range allPromises(s, metrics) {
		if check, _ := s.Checkers.Of(p.property); check.Bound > 0 {
			p.measured = "bound " + spanText(check.Bound.Duration()) + ", set by hand"
		}
		if !s.Off(p.property) {
			all = append(all, p)
		}
	}
	return all
}

// mostPromises is how many promises have a line of their own in a report, whatever they are.
const mostPromises = 16

// aside sets promises apart where there are many: those with a figure have more to say than that they
// held, the rest are named. What each of them means is in `list -promises`.
func aside(all []promise) (own []promise, rest []string) {
	if len(all) <= mostPromises {
		return all, nil
	}
	for _, p := range all {
		if strings.ContainsAny(p.measured, "0123456789") {
			own = append(own, p)
		} else {
			rest = append(rest, p.property)
		}
	}
	return own, rest
}

// unjudged are the properties that are not checked though others of the kind are.
func unjudged(s *scenarios.Scenario, metrics map[string]float64) (properties []string) {
	for _, p := range allPromises(s, metrics) {
		if s.Off(p.property) {
			properties = append(properties, p.property)
		}
	}
	return properties
}

// allPromises lists what is checked in every run of the scenario's kind, the most important first.
func allPromises(s *scenarios.Scenario, metrics map[string]float64) []promise {
	switch {
	case s.Group != nil:
		return groupPromises(s)
	case s.Replicas != nil:
		return mapPromises(s)
	case s.Cap != nil:
		return capPromises(s)
	}
	return clusterPromises(s, metrics)
}

// clusterPromises lists what a cluster is held to. Rivals have no map and need no group: what these
// promise is not asked of them.
func clusterPromises(s *scenarios.Scenario, metrics map[string]float64) []promise {
	config := cluster.Config(s)
	b := cluster.NewBounds(s, &config)
	all := slices.Concat(checkPromises(&b, metrics), truthPromises(&b, metrics))
	if d := s.Design.OrOurs(); d != scenarios.Ours && d != scenarios.HashRing {
		return all
	}
	return slices.Concat(all, groupAndMapPromises(&b, metrics), historyPromises(s))
}

// checkPromises are those about who checks what.
func checkPromises(b *cluster.Bounds, m measurements) []promise {
	return []promise{
		{checkers.PropertyAtLeastOne,
			m.seconds("longest gap %s, ", "longest_gap_seconds") +
				"bound " + spanText(b.Gap.Total()) + ", more on a small side"},
		{checkers.PropertyOwnership,
			"agreed within " + spanText(b.Ownership()) + " of the last fault"},
		{checkers.PropertyDuplicates,
			"double checks end within " + spanText(b.Ownership()) +
				m.number(", %s s in all", "duplicate_probe_seconds")},
		{checkers.PropertyProbeBudget,
			m.share("%s used of ", "probe_budget_used_ratio") + "what its checkers may probe"},
		{checkers.PropertyNoStampede, "at rest one probe an origin and interval"},
		{checkers.PropertyMinimalDisruption,
			"only what must moves" + m.share(": %s a change", "moved_share") +
				m.share(", expected %s", "moved_share_expected")},
	}
}

// truthPromises are those about what servers believe of origins, and where they send requests.
func truthPromises(b *cluster.Bounds, m measurements) []promise {
	return []promise{
		{checkers.PropertyHealth,
			"known within " + spanText(b.Truth()) +
				m.number(", %s wrong at the end", "health_wrong_at_end")},
		{checkers.PropertyHealthKnown,
			m.seconds("median %s, ", "known_p50_seconds") +
				m.seconds("worst %s, ", "known_max_seconds") +
				"bound " + spanText(b.Known()) + " once checked"},
		{checkers.PropertyNoFlip, "no change of health without the results it needs"},
		{checkers.PropertyGrounds, "no belief without a probe that has found it"},
		{checkers.PropertyNoCondemnation, "who has no network, or stands still, condemns nobody"},
		{checkers.PropertyRoutesAround, "no requests to what has been dead for long enough to know"},
		{checkers.PropertyRoutesAsBelieved, "each server's requests go where its beliefs send them"},
	}
}

// groupAndMapPromises are those about who is in the group, and about replicas of the map.
func groupAndMapPromises(b *cluster.Bounds, m measurements) []promise {
	return []promise{
		{checkers.PropertyCompleteness,
			m.seconds("median %s, ", "detection_p50_seconds") +
				m.seconds("worst %s, ", "detection_max_seconds") +
				"bound " + spanText(b.Completeness())},
		{checkers.PropertyAccuracy,
			"no live server is dead without reason" +
				m.number(", %s times with one", "false_deaths")},
		{checkers.PropertyTakeoversWait, "who is not first in rank waits for who is"},
		{checkers.PropertyJoinsFirst, "who has not joined checks nothing"},
		{checkers.PropertyLegalTransitions, "member tables take the protocol's steps only"},
		{checkers.PropertyNoResurrection, "the dead come back by a newer claim only"},
		{checkers.PropertyIncarnationMonotone, "what is held about a member gets newer"},
		{checkers.PropertyOwnIncarnation, "a member's own claims get newer"},
		{checkers.PropertyOneDescription, "one metadata an incarnation"},
		{checkers.PropertyNeverSelfDead, "who runs does not hold itself dead, who left is silent"},
		{checkers.PropertyGoneForgotten, "who is gone is forgotten"},
		{checkers.PropertyConvergence,
			m.seconds("equal %s after the heal, ", "converged_after_heal_seconds") + "bound " +
				spanText(b.Convergence())},
	}
}

// historyPromises lists what the map of a cluster is held to, and how it is read. Of one that keeps a
// single winner nobody can say what must survive.
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
	if s.Merge == scenarios.Literal {
		return all
	}
	return append(all,
		promise{checkers.PropertyRetiredUnheld, "no life is retired of which somebody holds news"},
		promise{checkers.PropertyLivingCount, "what the dead wrote hides nothing that the living did"},
		promise{checkers.PropertyRegistrationsSurvive, "what is registered after all removals is known"},
	)
}
