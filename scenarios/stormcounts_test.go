package scenarios_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// countFields are the fields of a storm that count faults, by the names that files have for them.
func countFields() (names []string) {
	storm := reflect.TypeFor[scenarios.Storm]()
	for i := range storm.NumField() {
		name, _, _ := strings.Cut(storm.Field(i).Tag.Get("json"), ",")
		if storm.Field(i).Type.Kind() == reflect.Int && name != "outage_origins" {
			names = append(names, name)
		}
	}
	return names
}

// "crashes: 0-6": whoever adds a count to storms makes it one that the seed can draw.
func TestEveryCountOfAStormMayBeARange(t *testing.T) {
	keys, _ := scenarios.Settings()
	require.Greater(t, len(countFields()), 10)
	for _, name := range countFields() {
		require.Contains(t, keys, name)
		s := stormy(10_000, scenarios.Storm{To: seconds(600)})
		require.NoError(t, s.Set(name+"=0-2"))
		require.Equal(t, map[string]int{name: 0}, s.Storm.Least)
		require.NoError(t, s.Validate(), name)
		brought := map[bool]int{}
		for seed := range uint64(40) {
			brought[len(s.Expand(seed).Faults) > 0]++
		}
		require.Len(t, brought, 2, "of 40 seeds a third has none: %s", name)
		require.NoError(t, s.Set(name+"=2-2"))
		require.Nil(t, s.Storm.Least)
	}
}

// Each number of a range is as likely as any other, and "varying one leaves the others as they were".
func TestCountsAreDrawnByThemselves(t *testing.T) {
	s := stormy(10_000, scenarios.Storm{To: seconds(600), Losses: 3})
	require.NoError(t, s.Set("crashes=2-6"))
	varied := s
	require.NoError(t, varied.Set("pauses=0-3"))
	require.Equal(t, map[string]int{"crashes": 2}, s.Storm.Least, "scenarios are values")
	drawn := map[int]int{}
	for seed := range uint64(500) {
		before, after := s.Expand(seed), varied.Expand(seed)
		drawn[counts(before.Faults)[scenarios.Crash]]++
		after.Faults = slices.DeleteFunc(after.Faults, func(f scenarios.Fault) bool {
			return f.Kind == scenarios.Pause
		})
		require.Equal(t, before.Faults, after.Faults)
	}
	require.Len(t, drawn, 5)
	for crashes, seeds := range drawn { // 3.3 deviations of 500 draws with a chance of a fifth
		require.InDelta(t, 100, seeds, 30, "%d crashes", crashes)
	}
}

func TestInvalidRangesOfCountsSayWhatIsWrong(t *testing.T) {
	for message, least := range map[string]map[string]int{
		"storm.crashes: 3 to 3, expected the lower number first, from 0":  {"crashes": 3},
		"storm.crashes: -1 to 3, expected the lower number first, from 0": {"crashes": -1},
		"storm.losses: 0 to 0, expected the lower number first, from 0":   {"losses": 0},
		"storm.least: map[fires:1], expected counts of a storm":           {"fires": 1},
	} {
		s := stormy(5, scenarios.Storm{To: seconds(10), Crashes: 3, Least: least})
		require.EqualError(t, s.Validate(), message)
	}
	for _, assignment := range []string{"crashes=6-0", "crashes=0-", "crashes=0-1001", "crashes=-3"} {
		s := stormy(5, scenarios.Storm{To: seconds(10)})
		require.ErrorContains(t, s.Set(assignment), "expected a whole number from ")
	}
}

// What all data centres share is the same in all of them.
func TestWhatDataCentresShareDoesNotVary(t *testing.T) {
	for _, assignment := range []string{"origins=50-60", "outages=0-3"} {
		s, _ := scenarios.Find("talk")
		require.NoError(t, s.Set("datacenters=2"))
		require.NoError(t, s.Set("crashes=0-3"))
		require.NoError(t, s.Validate())
		require.NoError(t, s.Set(assignment))
		require.ErrorContains(t, s.Validate(), "datacenters: 2, expected 0 where the seed draws")
	}
}
