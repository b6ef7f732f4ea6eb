package cluster

import (
	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/replicas"
)

// Checks returns what runs of a cluster may be held to, the most important first.
func Checks() []scenarios.Checkable {
	unbounded := []string{
		checkers.PropertyProbeBudget, checkers.PropertyNoFlip, checkers.PropertyNoCondemnation,
		checkers.PropertyRoutesAsBelieved, checkers.PropertyAccuracy, checkers.PropertyGrounds,
		checkers.PropertyTakeoversWait, checkers.PropertyLegalTransitions,
		checkers.PropertyNoResurrection, checkers.PropertyIncarnationMonotone,
		checkers.PropertyOwnIncarnation, checkers.PropertyOneDescription,
		checkers.PropertyNeverSelfDead, checkers.PropertyGoneForgotten,
		checkers.PropertyJoinsFirst, checkers.PropertyLivingCount, checkers.PropertyRetiredUnheld,
	}
	for _, promise := range replicas.History() {
		unbounded = append(unbounded, promise.Property)
	}
	return scenarios.CheckableBy([]string{
		checkers.PropertyAtLeastOne, checkers.PropertyOwnership, checkers.PropertyDuplicates,
		checkers.PropertyNoStampede, checkers.PropertyMinimalDisruption, checkers.PropertyHealth,
		checkers.PropertyHealthKnown, checkers.PropertyRoutesAround, checkers.PropertyCompleteness,
		checkers.PropertyConvergence, checkers.PropertyRegistrationsSurvive,
	}, unbounded)
}
