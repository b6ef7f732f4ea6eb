package shrink_test

import (
	"encoding/json"
	"errors"
	"hash/fnv"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/stage"
	"butterfly/sim/rng"
)

func text(t require.TestingT, plan scenarios.Scenario) string {
	b, err := json.Marshal(plan)
	require.NoError(t, err)
	return string(b)
}

// anyPlan draws a plan of a cluster with up to 40 faults.
func anyPlan(t *rapid.T) scenarios.Scenario {
	s := scenarios.Scenario{
		Name: "drawn", Servers: rapid.IntRange(4, 12).Draw(t, "servers"),
		Origins: rapid.IntRange(5, 60).Draw(t, "origins"), Merge: scenarios.Siblings,
		Duration: scenarios.Span(10 * time.Minute), LossPPM: 1000,
		Latency: scenarios.Latency{Latency: netmodel.Uniform(time.Millisecond, time.Second)},
	}
	s.Racks = rapid.IntRange(0, s.Servers).Draw(t, "racks")
	s.Faults = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scenarios.Fault { return anyFault(t, &s) }),
		0, 40).Draw(t, "faults")
	slices.SortFunc(s.Faults, func(a, b scenarios.Fault) int { return int(a.At - b.At) })
	return s
}

func anyFault(t *rapid.T, s *scenarios.Scenario) scenarios.Fault {
	f := scenarios.Fault{
		Kind: rapid.SampledFrom([]scenarios.FaultKind{
			scenarios.Crash, scenarios.Pause, scenarios.Partition, scenarios.OriginDown, scenarios.Uplink,
		}).Draw(t, "kind"),
		At:  scenarios.Span(rapid.IntRange(0, 500_000).Draw(t, "at") * int(time.Millisecond)),
		For: scenarios.Span(rapid.IntRange(1, 90_000).Draw(t, "for") * int(time.Millisecond)),
	}
	switch f.Kind {
	case scenarios.OriginDown:
		f.Origins = anyNumbers[uint32](t, s.Origins)
	case scenarios.Partition: // of less than all
		f.Hosts = anyNumbers[node.ID](t, s.Servers-1)
	default:
		f.Hosts = anyNumbers[node.ID](t, s.Servers)
	}
	if f.Kind == scenarios.Partition && rapid.Bool().Draw(t, "others") {
		f.Others = slices.DeleteFunc(anyNumbers[node.ID](t, s.Servers), func(id node.ID) bool {
			return slices.Contains(f.Hosts, id)
		})
	}
	return f
}

func anyNumbers[T ~uint32](t *rapid.T, below int) []T {
	numbers := rapid.SliceOfNDistinct(rapid.IntRange(0, below-1), 1, min(10, below), rapid.ID).
		Draw(t, "numbers")
	slices.Sort(numbers)
	converted := make([]T, len(numbers))
	for i, n := range numbers {
		converted[i] = T(n)
	}
	return converted
}

// bug is what a made-up judge looks for.
type bug func(plan *scenarios.Scenario) bool

func (b bug) judge(plan scenarios.Scenario) (shrink.Outcome, error) {
	at := plan.Healed() + scenarios.Span(3*time.Second)
	if !b(&plan) || at > plan.Duration {
		return shrink.Outcome{Passed: judgedToTheEnd(&plan)}, nil
	}
	return shrink.Outcome{Broken: true, At: at}, nil
}

// judgedToTheEnd: a run that ends sooner proves nothing.
func judgedToTheEnd(plan *scenarios.Scenario) bool {
	return plan.Duration.Duration() >= plan.Healed().Duration()+max(stage.Settle(plan), plan.LongestBound())
}

// anyBug draws a bug: an honest one, which takes a fault of some kind that strikes somebody for long
// enough, or two of them, or one by luck, for which anything may make a difference.
func anyBug(t *rapid.T, given *scenarios.Scenario) (b bug, lucky bool) {
	lucky = rapid.Bool().Draw(t, "lucky")
	length := scenarios.Span(rapid.IntRange(0, 40).Draw(t, "length") * int(time.Second))
	kinds := rapid.SliceOfN(rapid.SampledFrom(scenarios.FaultKinds()), 0, 2).Draw(t, "kinds")
	target := uint32(rapid.IntRange(0, 3).Draw(t, "target"))
	original := text(t, *given)
	return func(plan *scenarios.Scenario) bool {
		if lucky {
			sum := fnv.New64a()
			sum.Write([]byte(text(t, *plan)))
			return sum.Sum64()%3 == 0 || text(t, *plan) == original
		}
		return !slices.ContainsFunc(kinds, func(kind scenarios.FaultKind) bool {
			return !slices.ContainsFunc(plan.Faults, func(f scenarios.Fault) bool {
				return f.Kind == kind && f.For >= length &&
					(slices.Contains(f.Hosts, node.ID(target)) || slices.Contains(f.Origins, target))
			})
		})
	}, lucky
}

// What a result is worth, whatever the plan and the bug.
func TestWhatIsFoundIsSmallerAndStillBroken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := anyPlan(t)
		b, lucky := anyBug(t, &plan)
		before := text(t, plan)
		result, err := shrink.Shrink(plan, b.judge, nil)
		require.Equal(t, before, text(t, plan), "the given plan is left alone")
		if errors.Is(err, shrink.ErrHeld) {
			require.False(t, b(&plan))
			require.Equal(t, 1, result.Runs)
			return
		}
		require.NoError(t, err)
		outcome, _ := b.judge(result.Plan)
		require.True(t, outcome.Broken)
		require.True(t, result.After.Within(result.Before), "%+v, then %+v", result.Before, result.After)
		require.Equal(t, shrink.SizeOf(&result.Plan), result.After)
		requireMinimal(t, b, result)
		requireFewRuns(t, result)

		again, err := shrink.Shrink(plan, b.judge, nil)
		require.NoError(t, err)
		require.Equal(t, result, again, "the same again")
		if !lucky {
			less, err := shrink.Shrink(result.Plan, b.judge, nil)
			require.NoError(t, err)
			require.Equal(t, result.Plan, less.Plan, "there is no less to be found")
		}
	})
}

// requireMinimal demands that no single fault can be spared, and that the decisive one is among those
// that make the difference.
func requireMinimal(t *rapid.T, b bug, result *shrink.Result) {
	for i := range result.Plan.Faults {
		without := result.Plan
		without.Faults = slices.Delete(slices.Clone(without.Faults), i, i+1)
		outcome, _ := b.judge(without)
		require.False(t, outcome.Broken, "fault %d can be spared", i)
	}
	require.Less(t, result.Decisive, max(1, len(result.Plan.Faults)))
	passing, found := result.Passing()
	require.Equal(t, result.Decisive >= 0, found)
	if found {
		outcome, _ := b.judge(passing)
		require.Equal(t, shrink.Outcome{Passed: true}, outcome)
		require.Len(t, passing.Faults, len(result.Plan.Faults)-1)
	}
	for i := range result.Plan.Faults {
		one := shrink.Result{Plan: result.Plan, Decisive: i}
		longer, _ := one.Passing()
		outcome, _ := b.judge(longer)
		require.False(t, outcome.Passed && !found, "nothing breaks without fault %d", i)
	}
}

// requireFewRuns: ddmin takes n^2+3n questions at most (Zeller and Hildebrandt, section 3.3). Of what
// follows, halving takes seven for each of the faults, lists of targets two a target, counts and calm
// three each.
func requireFewRuns(t *rapid.T, result *shrink.Result) {
	n := result.Before.Faults
	require.LessOrEqual(t, result.Runs, n*n+3*n+7*n+2*(result.Before.Targets+60)+30)
}

// An honest bug is found to the fault, the target, and within a factor of two of the length.
func TestWhatABugTakesIsLeft(t *testing.T) {
	s := scenarios.Scenario{
		Name: "drawn", Servers: 9, Origins: 50, Merge: scenarios.Siblings, LossPPM: 1000,
		Duration: scenarios.Span(10 * time.Minute),
		Latency:  scenarios.Latency{Latency: netmodel.Uniform(time.Millisecond, 3*time.Millisecond)},
	}
	for i := range 40 {
		s.Faults = append(s.Faults, scenarios.Fault{
			Kind: scenarios.Partition, At: scenarios.Span(10_123+10_000*i) * scenarios.Span(time.Millisecond),
			For: scenarios.Span(9 * time.Second), Hosts: []node.ID{node.ID(i % 4), 5, 8},
		})
	}
	first := s.Faults[17].Hosts[0]
	cut := func(plan *scenarios.Scenario) bool {
		return slices.ContainsFunc(plan.Faults, func(f scenarios.Fault) bool {
			return slices.Contains(f.Hosts, first) && f.For >= scenarios.Span(2*time.Second)
		})
	}
	result, err := shrink.Shrink(s, bug(cut).judge, nil)
	require.NoError(t, err)
	require.Equal(t, shrink.Size{
		Faults: 1, Targets: 1, Striking: scenarios.Span(2 * time.Second), Servers: int(first) + 1, Origins: 1,
		Length: scenarios.Span(16 * time.Second),
	}, result.After)
	require.Equal(t, "10s partition server 1 from the rest for 2s", result.Plan.Faults[0].String())
	require.Regexp(t, `^(1\.[89]|2\.[01])\d?ms$`, result.Plan.Latency.String(), "constant")
	require.Zero(t, result.Plan.LossPPM)
	require.Zero(t, result.Decisive)
	require.Less(t, result.Runs, 30)
}

// However long a fault was: half of what is left of it would not do.
func TestAFaultIsHalvedForAsLongAsThatWillDo(t *testing.T) {
	s := find(t, "calm", "servers=5", "origins=10")
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.Pause, At: scenarios.Span(time.Minute), For: scenarios.Span(100 * time.Second),
		Hosts: []node.ID{0},
	}}
	long := func(plan *scenarios.Scenario) bool {
		return len(plan.Faults) == 1 && plan.Faults[0].For >= scenarios.Span(2*time.Second)
	}
	result, err := shrink.Shrink(s, bug(long).judge, nil)
	require.NoError(t, err)
	require.Equal(t, scenarios.Span(3*time.Second), result.After.Striking)
}

// Among fewer origins there are fewer pools, and what is registered is to be checked in the same way.
func TestRegistrationsFitTheOriginsThatAreLeft(t *testing.T) {
	s := find(t, "calm", "servers=5", "origins=100")
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.Register, At: scenarios.Span(time.Minute), Hosts: []node.ID{0},
		Origins: []uint32{3}, Definition: s.Definition(3, scenarios.Jittered),
	}}
	registered := func(plan *scenarios.Scenario) bool {
		return len(plan.Faults) == 1 &&
			plan.Faults[0].Definition == plan.Definition(3, scenarios.Jittered)
	}
	result, err := shrink.Shrink(s, bug(registered).judge, nil)
	require.NoError(t, err)
	require.Equal(t, 4, result.After.Origins)
	require.EqualValues(t, 4, result.Plan.Faults[0].Definition)
}

// A run that ends where the least plan breaks something proves nothing about the plan with one fault less,
// nor does a fault decide without which the property is broken later, or another one.
func TestOnlyWhatPassesIsThePassingPlan(t *testing.T) {
	s := find(t, "calm", "servers=6", "origins=10")
	for i := range 3 {
		at := scenarios.Span(time.Duration(20+20*i) * time.Second)
		s.Faults = append(s.Faults, scenarios.Fault{
			Kind: scenarios.Pause, At: at, For: scenarios.Span(time.Duration(1+i) * time.Second),
			Hosts: []node.ID{node.ID(i)},
		})
	}
	three := bug(func(plan *scenarios.Scenario) bool {
		return len(plan.Faults) == 3 && shrink.SizeOf(plan).Striking == shrink.SizeOf(&s).Striking
	})
	for name, want := range map[string]struct {
		passesWithout []int
		decisive      int
	}{
		"the lightest": {[]int{0, 1, 2}, 0}, "the second": {[]int{1, 2}, 1},
		"the third": {[]int{2}, 2}, "none": {nil, -1},
	} {
		result, err := shrink.Shrink(s, func(plan scenarios.Scenario) (shrink.Outcome, error) {
			outcome, err := three.judge(plan)
			outcome.Passed = outcome.Passed && slices.ContainsFunc(want.passesWithout, func(i int) bool {
				return !slices.ContainsFunc(plan.Faults, func(f scenarios.Fault) bool {
					return f.Hosts[0] == node.ID(i)
				})
			})
			return outcome, err
		}, nil)
		require.NoError(t, err, name)
		require.Len(t, result.Plan.Faults, 3, name)
		require.Equal(t, want.decisive, result.Decisive, name)
		if plan, found := result.Passing(); found {
			require.Greater(t, plan.Duration, result.Plan.Duration, name)
			require.True(t, judgedToTheEnd(&plan), name)
		}
	}
}

// A bound that was set is to be judged as well.
func TestThePassingPlanLastsForTheLongestBound(t *testing.T) {
	s := find(t, "calm", "servers=5", "origins=10")
	s.Checkers = &scenarios.Checkers{Each: []scenarios.Check{
		{Property: "map-convergence", Bound: scenarios.Span(20 * time.Minute)},
	}}
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.Pause, At: scenarios.Span(time.Minute), For: scenarios.Span(time.Second),
		Hosts: []node.ID{0},
	}}
	one := func(plan *scenarios.Scenario) bool { return len(plan.Faults) == 1 }
	result, err := shrink.Shrink(s, bug(one).judge, nil)
	require.NoError(t, err)
	plan, found := result.Passing()
	require.True(t, found)
	require.Equal(t, scenarios.Span(20*time.Minute), plan.Duration)
}

// "At least two servers stay up at all times" (package scenarios, the fault budget).
func TestTwoServersStayUp(t *testing.T) {
	at := func(seconds int) scenarios.Span { return scenarios.Span(time.Duration(seconds) * time.Second) }
	s := find(t, "calm", "servers=20", "origins=10")
	s.Faults = []scenarios.Fault{
		{Kind: scenarios.Crash, At: at(20), For: at(40), Hosts: []node.ID{0, 1}},
		{Kind: scenarios.Pause, At: at(30), For: at(5), Hosts: []node.ID{2}},
		{Kind: scenarios.Partition, At: at(31), For: at(20), Hosts: []node.ID{0, 1, 2}},
	}
	all := func(plan *scenarios.Scenario) bool {
		return len(plan.Faults) == 3 && shrink.SizeOf(plan).Targets == 6 && plan.Faults[0].For > at(9)
	}
	result, err := shrink.Shrink(s, bug(all).judge, nil)
	require.NoError(t, err)
	require.Equal(t, 5, result.Plan.Servers)
}

// Nor do they after a crash that is for good.
func TestTwoServersStayUpBesideThoseThatNeverReturn(t *testing.T) {
	s := find(t, "calm", "servers=20", "origins=10")
	for host := range node.ID(3) {
		at := scenarios.Span(time.Duration(20*(host+1)) * time.Second)
		s.Faults = append(s.Faults, scenarios.Fault{Kind: scenarios.Crash, At: at, Hosts: []node.ID{host}})
	}
	all := func(plan *scenarios.Scenario) bool { return len(plan.Faults) == 3 }
	result, err := shrink.Shrink(s, bug(all).judge, nil)
	require.NoError(t, err)
	require.Equal(t, 5, result.Plan.Servers)
}

// A crash for good and what comes after it overlap: that their times round to the same second is no
// reason to leave them as they are.
func TestTimesAreRoundedAfterACrashForGood(t *testing.T) {
	millis := func(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Millisecond) }
	s := find(t, "calm", "servers=5", "origins=10")
	s.Faults = []scenarios.Fault{
		{Kind: scenarios.Crash, At: millis(10_200), Hosts: []node.ID{0}},
		{Kind: scenarios.Pause, At: millis(10_700), For: millis(1000), Hosts: []node.ID{1}},
	}
	both := func(plan *scenarios.Scenario) bool { return len(plan.Faults) == 2 }
	result, err := shrink.Shrink(s, bug(both).judge, nil)
	require.NoError(t, err)
	require.Equal(t, millis(10_000), result.Plan.Faults[0].At)
	require.Equal(t, millis(10_000), result.Plan.Faults[1].At)
}

// A bug that is always there leaves nothing of the work, and no luck.
func TestScenariosOfEveryKindShrink(t *testing.T) {
	for name, want := range map[string]shrink.Size{
		"map-storm":     {Servers: 2, Workload: 1, Length: scenarios.Span(scenarios.MinDuration)},
		"cap-available": {Servers: 3, Workload: 2, Length: scenarios.Span(scenarios.MinDuration)},
		"swim-loss":     {Servers: 2, Length: scenarios.Span(scenarios.MinDuration)},
		"talk":          {Servers: 2, Origins: 1, Length: scenarios.Span(scenarios.MinDuration)},
	} {
		s := find(t, name).Expand(1)
		before := text(t, s)
		result, err := shrink.Shrink(s, bug(func(*scenarios.Scenario) bool { return true }).judge, nil)
		require.NoError(t, err, name)
		require.Equal(t, want, result.After, name)
		require.Zero(t, result.Plan.LossPPM, name)
		require.NotContains(t, text(t, result.Plan), "jitter", name)
		require.Equal(t, -1, result.Decisive, "there is no fault to leave out")
		require.Equal(t, before, text(t, s), "what pointers lead to is left alone")
	}
}

// Whoever stops a search keeps the best plan so far.
func TestASearchThatIsStoppedKeepsItsBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := anyPlan(t)
		b, _ := anyBug(t, &plan)
		stop, runs := errors.New("enough"), rapid.IntRange(0, 20).Draw(t, "runs")
		told := 0
		result, err := shrink.Shrink(plan, func(plan scenarios.Scenario) (shrink.Outcome, error) {
			if runs--; runs < 0 {
				return shrink.Outcome{}, stop
			}
			return b.judge(plan)
		}, func(runs int, best *scenarios.Scenario) {
			told++
			require.Equal(t, told, runs)
			require.NotNil(t, best)
		})
		require.Equal(t, told, result.Runs)
		require.True(t, result.After.Within(result.Before))
		if err != nil && result.Runs > 0 && !errors.Is(err, shrink.ErrHeld) {
			require.ErrorIs(t, err, stop)
			require.True(t, b(&result.Plan))
		}
	})
}

func TestAPlanThatCannotBeRunIsRefused(t *testing.T) {
	never := func(scenarios.Scenario) (shrink.Outcome, error) { panic("it was run") }
	for want, change := range map[string]func(*scenarios.Scenario){
		"not been expanded":  func(s *scenarios.Scenario) { s.Storm = &scenarios.Storm{} },
		"the plan: servers:": func(s *scenarios.Scenario) { s.Servers = 0 },
	} {
		s := find(t, "calm")
		change(&s)
		_, err := shrink.Shrink(s, never, nil)
		require.ErrorContains(t, err, want)
	}
}

// Who is at the other end of a link is spared as anybody else is: of a bridge between many what is left
// is one at each end, and as many servers as that takes, without racks and distances.
func TestTheOtherEndOfALinkShrinks(t *testing.T) {
	plan := scenarios.Scenario{
		Name: "bridge", Servers: 12, Origins: 20, Merge: scenarios.Siblings, Racks: 12,
		Duration: scenarios.Span(10 * time.Minute), Places: []string{"london", "tokyo"},
		Faults: []scenarios.Fault{{
			Kind: scenarios.Partition, At: scenarios.Span(time.Minute), For: scenarios.Span(time.Minute),
			Hosts: []node.ID{0, 1, 2, 3}, Others: []node.ID{4, 5, 6, 7},
		}},
	}
	parted := bug(func(plan *scenarios.Scenario) bool {
		return slices.ContainsFunc(plan.Faults, func(f scenarios.Fault) bool {
			return slices.Contains(f.Hosts, 1) && slices.Contains(f.Others, 5)
		})
	})
	found, err := shrink.Shrink(plan, parted.judge, nil)
	require.NoError(t, err)
	require.Equal(t, []node.ID{1}, found.Plan.Faults[0].Hosts)
	require.Equal(t, []node.ID{5}, found.Plan.Faults[0].Others)
	require.Equal(t, 6, found.Plan.Servers)
	require.NoError(t, found.Plan.Validate())
	require.Empty(t, found.Plan.Places)
}

// Who is configured in another way is so no more, unless faults make it so, or the bug is about that; where
// the rest will do, all at least understand each other.
func TestServersAreMadeAlike(t *testing.T) {
	other := scenarios.Other{SharePPM: rng.Percent(50), Incompatible: true}
	upgrade := scenarios.Fault{
		Kind: scenarios.Upgrade, At: scenarios.Span(time.Minute), For: scenarios.Span(time.Second),
		Hosts: []node.ID{0},
	}
	for why, c := range map[string]struct {
		faults []scenarios.Fault
		broken bug
		left   *scenarios.Other
	}{
		"nothing depends on it": {nil, func(*scenarios.Scenario) bool { return true }, nil},
		"it depends on other servers": {
			nil, func(plan *scenarios.Scenario) bool { return plan.Other != nil },
			&scenarios.Other{SharePPM: rng.Percent(50)},
		},
		"it depends on other messages": {
			nil, func(plan *scenarios.Scenario) bool { return plan.Other.Apart() }, &other,
		},
		"an upgrade leads there": {
			[]scenarios.Fault{upgrade}, func(plan *scenarios.Scenario) bool { return len(plan.Faults) == 1 },
			&scenarios.Other{SharePPM: rng.Percent(50)},
		},
	} {
		plan := scenarios.Scenario{
			Name: "mixed", Servers: 6, Origins: 20, Merge: scenarios.Siblings,
			Duration: scenarios.Span(10 * time.Minute), Other: &other, Faults: c.faults,
		}
		found, err := shrink.Shrink(plan, c.broken.judge, nil)
		require.NoError(t, err, why)
		require.Equal(t, c.left, found.Plan.Other, why)
	}
	require.True(t, other.Incompatible, "that of the plan that was given")
}
