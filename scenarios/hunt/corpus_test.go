package hunt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

func brokenRun(seed uint64) *world.Result {
	return &world.Result{
		Seed: seed, Verdict: world.Fail, Events: 10,
		Violations: []checkers.Violation{{Property: "map-convergence", At: 5, Detail: "not so"}},
	}
}

func TestWhatHasBecomeOfAFailure(t *testing.T) {
	s := scenarios.Scenario{Name: "calm"}
	bundle := hunt.NewBundle(s, brokenRun(1), "that-build")
	require.Equal(t, hunt.Still, bundle.Standing(brokenRun(1)))
	other := brokenRun(1)
	other.Events = 11
	require.Equal(t, hunt.Differs, bundle.Standing(other))
	for _, verdict := range []world.Verdict{world.Pass, world.Vacuous, world.Unknown} {
		require.Equal(t, hunt.Gone, bundle.Standing(&world.Result{Seed: 1, Verdict: verdict}))
	}
}

func TestFailuresOfACorpusDoNotClash(t *testing.T) {
	name := func(s scenarios.Scenario, seed uint64, build string) string {
		name, err := hunt.NewBundle(s, brokenRun(seed), build).CorpusName()
		require.NoError(t, err)
		return name
	}
	calm := scenarios.Scenario{Name: "my/calm", Servers: 5}
	first := name(calm, 1, "a")
	require.Regexp(t, `^my-calm-map-convergence-[0-9a-f]{12}\.json$`, first)
	require.Equal(t, first, name(calm, 1, "b"), "the same failure, found by another build")
	require.NotEqual(t, first, name(calm, 2, "a"))
	calm.Servers = 6
	require.NotEqual(t, first, name(calm, 1, "a"))
}
