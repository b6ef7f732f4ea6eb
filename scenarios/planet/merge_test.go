package planet

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/trace"
)

// merged is the result of data centres with these results and nothing in their views.
func merged(results ...*world.Result) *world.Result {
	outcomes := make([]Outcome, len(results))
	for i, r := range results {
		outcomes[i] = Outcome{r, NewView(0)}
	}
	return Merge("planet", 1, make([]Part, len(results)), outcomes)
}

func TestThePlanetIsAsBadAsItsWorstDataCentre(t *testing.T) {
	order := []world.Verdict{world.Pass, world.Vacuous, world.Unknown, world.Fail}
	for i, better := range order {
		for _, worse := range order[i:] {
			a, b := &world.Result{Verdict: better}, &world.Result{Verdict: worse}
			require.Equal(t, worse, merged(a, b, a).Verdict)
			require.Equal(t, worse, merged(b, a).Verdict)
		}
	}
}

func TestTheFingerprintDependsOnEveryDataCentre(t *testing.T) {
	result := func(word uint64) *world.Result {
		var f trace.Fingerprint
		f.FoldWords(word, 0, 0, 0)
		return &world.Result{Fingerprint: f}
	}
	one := merged(result(1), result(2)).Fingerprint
	require.Equal(t, one, merged(result(1), result(2)).Fingerprint)
	for _, other := range []*world.Result{
		merged(result(2), result(1)), merged(result(1)), merged(result(1), result(3)),
		merged(result(1), result(2), result(2)),
	} {
		require.NotEqual(t, one, other.Fingerprint)
	}
}

func TestWorkAddsUp(t *testing.T) {
	r := &world.Result{Events: 1, Messages: 2, Bytes: 3, Probes: 4, Virtual: 5}
	whole := merged(r, r, r)
	require.Equal(t, []uint64{3, 6, 9, 12},
		[]uint64{whole.Events, whole.Messages, whole.Bytes, whole.Probes})
	require.EqualValues(t, 5, whole.Virtual)
}

func TestAViolationNamesItsDataCentre(t *testing.T) {
	parts := Parts(small(3), 1)
	broken := func(number int, properties ...string) *world.Result {
		r := &world.Result{Scenario: parts[number].Scenario.Name, Verdict: world.Fail}
		for _, p := range properties {
			r.Violations = append(r.Violations, checkers.Violation{Property: p, At: 9, Detail: "why"})
		}
		return r
	}
	whole := merged(broken(0), broken(1, "a", "b"), broken(2, "c", "a"))
	require.Equal(t, []checkers.Violation{
		{Property: "a", At: 9, Detail: "planet-dc01: why (and in 1 more)"},
		{Property: "b", At: 9, Detail: "planet-dc01: why"},
		{Property: "c", At: 9, Detail: "planet-dc02: why"},
	}, whole.Violations)
	blamed, found := Blamed(parts, whole)
	require.True(t, found)
	require.Equal(t, parts[1], blamed)
	_, found = Blamed(parts, merged(broken(0)))
	require.False(t, found)
}

func TestWhatIsBeyondThePromisesOfOneIsBeyondThose(t *testing.T) {
	r := merged(&world.Result{}, &world.Result{Beyond: "too much loss"}, &world.Result{})
	require.Equal(t, "too much loss", r.Beyond)
}

func TestFaultsAddUp(t *testing.T) {
	of := func(kind scenarios.FaultKind, count int, effect string) *world.Result {
		return &world.Result{Faults: []world.FaultReport{{Kind: kind, Count: count, Effect: effect}}}
	}
	require.Equal(t, []world.FaultReport{
		{Kind: scenarios.Crash, Count: 5, Effect: "had an effect in 1 of 2 data centres"},
		{Kind: scenarios.Loss, Count: 1},
	}, merged(
		of(scenarios.Loss, 1, ""), of(scenarios.Crash, 2, ""), of(scenarios.Crash, 3, "2 servers down"),
	).Faults)
}

func TestSituationsAddUpAndMissingOnesAreNamed(t *testing.T) {
	of := func(name string, seen ...world.Situation) *world.Result {
		return &world.Result{Scenario: name, Sometimes: seen}
	}
	require.Equal(t, []world.Situation{
		{Name: "a", Count: 5}, {Name: "a, in y", Count: 0}, {Name: "b", Count: 0}, {Name: "c", Count: 1},
	}, merged(
		of("x", world.Situation{Name: "a", Count: 2}, world.Situation{Name: "b"}),
		of("y", world.Situation{Name: "a"}, world.Situation{Name: "b"}),
		of("z", world.Situation{Name: "a", Count: 3}, world.Situation{Name: "c", Count: 1}),
	).Sometimes)
}

func TestViewsThatAreApartAreASituation(t *testing.T) {
	seen := Outcome{&world.Result{}, &View{[]bool{true, false, false}}}
	blind := Outcome{&world.Result{}, NewView(3)}
	whole := Merge("planet", 1, make([]Part, 2), []Outcome{seen, blind})
	require.Equal(t, []world.Situation{{Name: SituationApart, Count: 1}}, whole.Sometimes)
	whole = Merge("planet", 1, make([]Part, 2), []Outcome{seen, seen})
	require.Empty(t, whole.Sometimes)
}

func TestMetricsAreCombinedAsTheirUnitsAsk(t *testing.T) {
	for metric, want := range map[string]float64{
		"bytes_per_node_second": 3, "requests_dead_ppm": 3, "detection_p50_seconds": 3, "moved_share": 3,
		"routed_around_seconds_p50": 3, "routed_around_seconds_max": 5, "requests_dead_seconds": 6,
		"longest_gap_seconds": 5, "detection_max_seconds": 5, "converged_after_heal_seconds": 5,
		"gap_crash_p99_seconds": 5, "map_siblings_most": 5,
		"duplicate_probe_seconds": 6, "overlap_crash_seconds": 6, "unchecked_minority_seconds": 6,
		"health_wrong_at_end": 6, "false_deaths": 6,
	} {
		of := func(v float64) *world.Result {
			return &world.Result{Metrics: map[string]float64{metric: v}}
		}
		whole := merged(of(1), &world.Result{}, of(5))
		require.Equal(t, map[string]float64{metric: want}, whole.Metrics)
	}
}
