package hunt_test

import (
	"strings"
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

func TestWhatAFileOfACorpusIsToAScenario(t *testing.T) {
	text := func(s scenarios.Scenario) string {
		text, err := hunt.NewBundle(s, brokenRun(1), "a").Encode()
		require.NoError(t, err)
		return string(text)
	}
	calm := text(scenarios.Scenario{Name: "my/calm"})
	guest := text(scenarios.Scenario{Name: "my/calm", Guest: &scenarios.Guest{Test: "TestCalm"}})
	for _, c := range []struct {
		file, text string
		want       hunt.Membership
	}{
		{"any.json", calm, hunt.Member},
		{"any.json", strings.Replace(calm, "not so", "so", 1), hunt.Member}, // but damaged
		{"my-calm-x.json", calm[:len(calm)/2], hunt.Member},
		{"my-calm-x.json", "", hunt.Member},
		{"my-calm-x.json", text(scenarios.Scenario{Name: "storm"}), hunt.Stranger},
		{"my-calm-x.json", guest, hunt.Stranger},
		{"any.json", calm[:len(calm)/2], hunt.NoBundle},
		{"any.json", `{"checksum": "sha256:00"}`, hunt.NoBundle},
		{"any.json", "", hunt.NoBundle},
	} {
		require.Equal(t, c.want, hunt.MembershipOf("my/calm", c.file, []byte(c.text)), "%v", c)
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
