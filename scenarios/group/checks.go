package group

import (
	"butterfly/checkers"
	"butterfly/scenarios"
)

// Checks returns what runs of a group may be held to.
func Checks() []scenarios.Checkable {
	return scenarios.CheckableBy([]string{
		checkers.PropertyDetectionBound, checkers.PropertyCompleteness,
		checkers.PropertyPartitionHeals, checkers.PropertyUpdateSpreads,
	}, []string{
		checkers.PropertyAccuracy, checkers.PropertyIncarnationMonotone,
		checkers.PropertyNoResurrection, checkers.PropertyLegalTransitions,
		checkers.PropertyOwnIncarnation, checkers.PropertyOneDescription,
		checkers.PropertyNeverSelfDead, checkers.PropertyProbeGap, checkers.PropertyGoneForgotten,
		checkers.PropertyFewAccusations,
	})
}
