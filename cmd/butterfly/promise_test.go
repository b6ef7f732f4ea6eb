package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// Every property that can be broken is among the promises that a green run lists.
func TestEveryPromiseIsListed(t *testing.T) {
	s, err := scenarios.Find(scenarios.Default)
	require.NoError(t, err)
	s = s.Expand(1)
	var listed []string
	for _, p := range promises(&s, nil) {
		listed = append(listed, p.property)
		require.NotContains(t, p.measured, "%!")
	}
	require.ElementsMatch(t, []string{
		checkers.PropertyCompleteness, checkers.PropertyAccuracy, checkers.PropertyOwnership,
		checkers.PropertyAtLeastOne, checkers.PropertyDuplicates, checkers.PropertyConvergence,
		checkers.PropertyStrong, checkers.PropertyHealth, checkers.PropertyHealthKnown,
		checkers.PropertyNoFlip, checkers.PropertyNoCondemnation, checkers.PropertyRoutesAround,
		checkers.PropertyRoutesAsBelieved,
		checkers.PropertyProbeBudget, checkers.PropertyNoStampede, checkers.PropertyMinimalDisruption,
		checkers.PropertyMapCoverage, checkers.PropertyCausalPast, checkers.PropertyNoThinAir,
		checkers.PropertyCausalClosure, checkers.PropertyVersionsGrow,
		checkers.PropertyDotUniqueness, checkers.PropertyReadYourWrites,
		checkers.PropertyMonotonicReads, checkers.PropertyFixedPoint, checkers.PropertyGrounds,
		checkers.PropertyTakeoversWait, checkers.PropertyLegalTransitions,
		checkers.PropertyNoResurrection, checkers.PropertyIncarnationMonotone,
		checkers.PropertyOwnIncarnation, checkers.PropertyOneDescription,
		checkers.PropertyNeverSelfDead, checkers.PropertyGoneForgotten,
		checkers.PropertyJoinsFirst, checkers.PropertyLivingCount, checkers.PropertyRetiredUnheld,
		checkers.PropertyRegistrationsSurvive,
	}, listed)
}

// What nobody measured is not nothing.
func TestAMissingFigureIsNotZero(t *testing.T) {
	s, err := scenarios.Find(scenarios.Default)
	require.NoError(t, err)
	judged := map[string]float64{
		"health_wrong_at_end": 0, "false_deaths": 0, "duplicate_probe_seconds": 0,
	}
	figures := 0
	without, unrun := promises(&s, map[string]float64{}), promises(&s, nil)
	for i, with := range promises(&s, judged) {
		require.NotContains(t, without[i].measured, ", 0 ")
		if with.measured != without[i].measured {
			figures++
			require.Contains(t, with.measured, ", 0 ")
			require.Contains(t, without[i].measured, ", not judged")
			require.Equal(t, unrun[i].measured+", not judged", without[i].measured)
		}
	}
	require.Equal(t, len(judged), figures)
}

// "what these promise is not asked of them"
func TestRivalsAreNotHeldToWhatTheyHaveNot(t *testing.T) {
	s, err := scenarios.Find(scenarios.Contest)
	require.NoError(t, err)
	listed := func(d scenarios.Design) (properties []string) {
		s.Design = d
		for _, p := range promises(&s, nil) {
			properties = append(properties, p.property)
		}
		return properties
	}
	require.Equal(t, listed(scenarios.Ours), listed(scenarios.HashRing))
	require.Contains(t, listed(scenarios.Ours), checkers.PropertyConvergence)
	for _, d := range []scenarios.Design{scenarios.Everyone, scenarios.Leader, scenarios.Raft} {
		require.Contains(t, listed(d), checkers.PropertyAtLeastOne, d)
		require.NotContains(t, listed(d), checkers.PropertyConvergence, d)
		require.NotContains(t, listed(d), checkers.PropertyCompleteness, d)
	}
}

// What reports say is promised can be judged otherwise by the same name.
func TestEveryPromiseCanBeSetByHand(t *testing.T) {
	for _, s := range scenarios.Catalogue() {
		s = s.Expand(1)
		var known []string
		for _, c := range stage.Checks(&s) {
			known = append(known, c.Property)
		}
		for _, p := range allPromises(&s, nil) {
			require.Contains(t, known, p.property, s.Name)
		}
	}
}

func TestWhatIsSetByHandShowsAsSuch(t *testing.T) {
	s, err := scenarios.Find("calm")
	require.NoError(t, err)
	for _, check := range []string{"map-convergence:40s", "no-flip:off"} {
		require.NoError(t, s.Set("check="+check))
	}
	require.Contains(t, promises(&s, nil), promise{"map-convergence", "bound 40.00 s, set by hand"})
	require.Equal(t, []string{"no-flip"}, unjudged(&s, nil))
	require.Len(t, promises(&s, nil), len(allPromises(&s, nil))-1)
}
