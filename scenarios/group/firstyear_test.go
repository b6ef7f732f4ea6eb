package group

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios/world"
)

// "A year of failing machines, racks, power and routers leaves no server with a wrong view": all
// promises hold, at sizes at which a rack is one server, or two, or ten.
func TestTheFirstYearHolds(t *testing.T) {
	for _, c := range []struct {
		set       string
		few, full uint64
	}{{"servers=8", 6, 200}, {"servers=40", 2, 200}, {"servers=300", 0, 3}} {
		for seed := range seedCount(c.few, c.full) {
			result := Build(catalogued(t, "first-year", c.set), seed, Options{}).Run()
			require.Equal(t, world.Pass, result.Verdict, "%s, seed %d: %v", c.set, seed, result.Violations)
		}
	}
}

// Rest begins in time to be judged, at the full size, too; but a crash that is over again, among so much
// else, is held to no bound of its own.
func TestWhatTheFirstYearPromises(t *testing.T) {
	s := catalogued(t, "first-year").Expand(1)
	require.GreaterOrEqual(t, s.Duration-s.Healed(), Settle(&s))
	var promised []string
	for _, p := range Promises(&s) {
		promised = append(promised, p.Property)
	}
	require.Subset(t, promised, []string{
		checkers.PropertyCompleteness, checkers.PropertyAccuracy, checkers.PropertyPartitionHeals,
	})
	require.NotContains(t, promised, checkers.PropertyDetectionBound)
}
