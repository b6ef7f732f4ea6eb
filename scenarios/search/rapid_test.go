package search_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios/search"
	"butterfly/scenarios/stage"
)

// Plans are for properties of one's own.
func TestPlansCanBeDrawnInAProperty(t *testing.T) {
	for _, base := range bases(t) {
		plans := search.Plans(base)
		rapid.Check(t, func(t *rapid.T) {
			plan := plans.Draw(t, "plan")
			if err := stage.Validate(&plan); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// What varies is drawn, and the scenario's own faults stay.
func TestPlansVarySizesAndKeepTheScenariosFaults(t *testing.T) {
	base := find(t, "crash", "servers=4-6", "origins=30", "loss=0-1%")
	s := strategy(t, search.Rapid, base)
	servers, losses := map[int]bool{}, map[uint32]bool{}
	for seed := range uint64(60) {
		plan := s.Plan(seed)
		servers[plan.Servers], losses[uint32(plan.LossPPM)] = true, true
		for _, f := range base.Faults {
			require.Contains(t, plan.Faults, f)
		}
	}
	require.Equal(t, map[int]bool{4: true, 5: true, 6: true}, servers)
	require.Greater(t, len(losses), 10)
}
