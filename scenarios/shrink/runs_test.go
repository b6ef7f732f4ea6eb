package shrink_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// find is a scenario of the catalogue with settings.
func find(t *testing.T, name string, settings ...string) scenarios.Scenario {
	s, err := scenarios.Find(name)
	require.NoError(t, err)
	for _, assignment := range settings {
		require.NoError(t, s.Set(assignment))
	}
	return s
}

// staged plays a plan as it is.
func staged(plan scenarios.Scenario, seed uint64) *world.Result {
	return stage.Build(plan, seed, stage.Options{}).Run()
}

type player func(plan scenarios.Scenario, seed uint64) *world.Result

// judge asks for one property.
func (play player) judge(seed uint64, property string) shrink.Judge {
	return func(plan scenarios.Scenario) (shrink.Outcome, error) {
		r := play(plan, seed)
		outcome := shrink.Outcome{Passed: r.Verdict == world.Pass}
		for _, v := range r.Violations {
			if v.Property == property && !outcome.Broken {
				outcome.Broken, outcome.At = true, scenarios.Span(v.At)
			}
		}
		return outcome, nil
	}
}

// failure is a run that broke something.
type failure struct {
	plan     scenarios.Scenario
	seed     uint64
	property string
}

// failures returns the first few runs of the scenario that fail.
func (play player) failures(s scenarios.Scenario, few int) (all []failure) {
	for seed := uint64(1); len(all) < few; seed++ {
		plan := s.Expand(seed)
		if r := play(plan, seed); r.Verdict == world.Fail {
			all = append(all, failure{plan, seed, r.Violations[0].Property})
		}
	}
	return all
}

// average shrinks the first plans of the scenario that fail, 20 at full strength, and returns how many
// runs that took on average, rounded up. What is left it shrinks again, for doc.go to say what that is
// worth.
func (play player) average(
	t *testing.T, s scenarios.Scenario, check func(r *shrink.Result),
) (runs int) {
	few := 2
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		few = 20
	}
	faults, left, again, less := 0, 0, 0, 0
	for _, f := range play.failures(s, few) {
		result, err := shrink.Shrink(f.plan, play.judge(f.seed, f.property), nil)
		require.NoError(t, err)
		require.True(t, result.After.Within(result.Before), "seed %d", f.seed)
		check(result)
		runs += result.Runs
		faults += result.Before.Faults
		left += result.After.Faults
		second, err := shrink.Shrink(result.Plan, play.judge(f.seed, f.property), nil)
		require.NoError(t, err)
		require.True(t, second.After.Within(result.After), "seed %d", f.seed)
		again += second.Runs
		if text(t, second.Plan) != text(t, result.Plan) {
			less++
		}
	}
	of := func(sum int) float64 { return float64(sum) / float64(few) }
	t.Logf("%d plans of %.1f faults took %.1f runs, %.1f faults are left",
		few, of(faults), of(runs), of(left))
	t.Logf("the results took %.1f runs more, less was found in %d", of(again), less)
	return (runs + few - 1) / few
}

// lucky is a storm of 40 faults among servers with the merge of the talk's slides. It parts replicas when
// writes happen to meet in a certain order, which depends on everything.
func lucky(t *testing.T) scenarios.Scenario {
	return find(t, "literal", "servers=8", "crashes=3", "partitions=9", "outages=28")
}

// Bugs by luck are the hardest to shrink: doc.go has the average.
func TestABugByLuckIsShrunkToAHandfulOfFaults(t *testing.T) {
	runs := player(staged).average(t, lucky(t), func(r *shrink.Result) {
		require.Less(t, r.After.Faults, 10)
	})
	require.LessOrEqual(t, runs, 75)
}

// A bundle made of the result is replayed as any other.
func TestAShrunkPlanIsReproduced(t *testing.T) {
	f := player(staged).failures(lucky(t), 1)[0]
	result, err := shrink.Shrink(f.plan, player(staged).judge(f.seed, f.property), nil)
	require.NoError(t, err)
	text, err := hunt.NewBundle(result.Plan, staged(result.Plan, f.seed), "this-build").Encode()
	require.NoError(t, err)
	bundle, err := hunt.DecodeBundle(text)
	require.NoError(t, err)
	again, err := hunt.Play(context.Background(), bundle.Scenario, f.seed, stage.Options{}, nil)
	require.NoError(t, err)
	require.Equal(t, f.property, again.Violations[0].Property)
	require.Empty(t, bundle.Differences(again))
}
