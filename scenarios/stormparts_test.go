package scenarios_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// Whoever adds a count to a storm adds it to the parts, too.
func TestEveryCountOfAStormIsAPart(t *testing.T) {
	var s scenarios.Storm
	counts := reflect.ValueOf(&s).Elem()
	var want []string
	for _, field := range reflect.VisibleFields(counts.Type()) {
		if field.Type.Kind() == reflect.Int && field.Name != "OutageOrigins" {
			counts.FieldByIndex(field.Index).SetInt(3)
			want = append(want, field.Tag.Get("json")[:len(field.Tag.Get("json"))-len(",omitempty")])
		}
	}
	require.ElementsMatch(t, want, s.Parts())
	require.Equal(t, scenarios.Storm{}, *s.Without(want...))
	require.Equal(t, 3, s.Crashes, "the storm itself keeps its parts")
	keys, _ := scenarios.Settings()
	for _, name := range s.Parts() {
		require.Contains(t, keys, name)
	}
	for _, kind := range scenarios.StormKinds() {
		require.Contains(t, s.Kinds(), kind)
		require.Equal(t, 3, s.Counts(kind))
	}
}

func TestOnePartMayBeLeftOut(t *testing.T) {
	s := scenarios.Storm{Crashes: 2, Losses: 1, Flaps: 4}
	require.Equal(t, []string{"crashes", "losses", "flaps"}, s.Parts())
	require.Equal(t, scenarios.Storm{Crashes: 2, Flaps: 4}, *s.Without("losses", "pauses"))
	require.Equal(t, []scenarios.FaultKind{scenarios.Crash, scenarios.Loss}, s.Kinds())
}

// One fault that is drawn lies within the storm, and lasts as long as those of its kind do.
func TestAFaultIsDrawnAsTheStormWould(t *testing.T) {
	s := scenarios.Storm{From: seconds(30), To: seconds(130)}
	for _, kind := range scenarios.StormKinds() {
		shortest, longest := s.Lengths(kind)
		require.LessOrEqual(t, shortest, longest)
		require.LessOrEqual(t, longest, 50*time.Second, "half of the storm")
		for seed := range uint64(20) {
			luck := rng.New(seed)
			f, found := s.Draw(kind, &luck, 5, 30)
			require.True(t, found)
			require.NoError(t, f.Validate(5, 30, seconds(200)))
			require.GreaterOrEqual(t, f.At, s.From)
			require.LessOrEqual(t, f.End(), s.To)
			require.True(t, f.For.Duration() >= shortest && f.For.Duration() <= longest, f.String())
		}
	}
	luck := rng.New(1)
	_, found := s.Draw(scenarios.Partition, &luck, 1, 30)
	require.False(t, found, "a single server cannot be cut off")
}

// "At least two servers stay up at all times", and none is struck by two faults at once.
func TestTheBudgetOfAList(t *testing.T) {
	fault := func(kind scenarios.FaultKind, at, length int, servers ...node.ID) scenarios.Fault {
		return scenarios.Fault{Kind: kind, At: seconds(at), For: seconds(length), Hosts: servers}
	}
	both := []scenarios.Fault{
		fault(scenarios.Crash, 10, 10, 0), fault(scenarios.Pause, 15, 10, 1),
	}
	require.True(t, scenarios.WithinBudget(both, 4))
	require.False(t, scenarios.WithinBudget(both, 3), "one of three is left")
	require.True(t, scenarios.WithinBudget(both[:1], 3))
	same := append(slices.Clone(both), fault(scenarios.Uplink, 18, 1, 1))
	require.False(t, scenarios.WithinBudget(same, 9))
	forGood := []scenarios.Fault{fault(scenarios.Crash, 1, 0, 0), fault(scenarios.Crash, 90, 1, 1)}
	require.False(t, scenarios.WithinBudget(forGood, 3), "the first never returns")
	apart := append(slices.Clone(both), fault(scenarios.Partition, 10, 90, 0, 1))
	require.True(t, scenarios.WithinBudget(apart, 4), "links are no servers")
}
