package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// moody is a machine that depends on more than its inputs: every other one goes to sleep after a while.
type moody struct{ sleepy bool }

func (m *moody) Start(now clock.Time, _ []byte, out *node.Out[int]) { m.Wake(now, 0, out) }

func (m *moody) Receive(clock.Time, node.ID, *int, *node.Out[int]) {}

func (m *moody) Wake(now clock.Time, _ node.TimerID, out *node.Out[int]) {
	if !m.sleepy || now < clock.At(4500*time.Millisecond) {
		out.Alarm(0, now.Add(time.Second))
	}
}

// playMoody runs such a machine.
func playMoody(
	_ context.Context, s scenarios.Scenario, seed uint64, twice bool,
) (o observed, err error) {
	built := 0
	build := func() *world.World[int] {
		built++
		sleepy := built%2 == 0
		return world.New(world.Spec[int]{
			Name: s.Name, Seed: seed, Hosts: 1, Duration: 10 * time.Second,
			Machine: func(node.ID, rng.Rand) node.Machine[int] { return &moody{sleepy} },
			Size:    func(*int) int { return 1 },
			Network: netmodel.Config{Latency: netmodel.Constant(time.Millisecond)},
		})
	}
	if !twice {
		return observed{result: build().Run()}, nil
	}
	o.compared = true
	o.result, o.divergence = world.Verify(build)
	return o, nil
}

// A share of the seeds is run twice, and a single one that gives two runs is exit 3, with the first event
// in which they differ.
func TestAMachineThatIsNotDeterministicIsFoundOut(t *testing.T) {
	for _, jsonOutput := range []bool{false, true} {
		h, out := faultyHunt(jsonOutput)
		h.seeds, h.workers, h.recheck, h.play = hunt.Plan{First: 1, Last: 40}, 2, rng.Percent(5), playMoody
		require.NoError(t, h.conduct(context.Background()))
		require.NoError(t, h.summarise())
		require.Equal(t, exitHarness, h.code())
		if jsonOutput {
			require.Contains(t, out.String(), `"divergence":{"event":8,"first":"6.000s #8`)
			require.Contains(t, out.String(), `"diverged":2,`)
			require.Contains(t, out.String(), `"rechecked":2,"divergence":{"seed":"0x000000000000000c",`)
			continue
		}
		require.True(t, strings.HasPrefix(out.String(), "DIVERGED  talk: seed 0x000000000000000c gave"))
		require.Regexp(t, `(?m)^differ       at event 8$`, out.String())
		require.Contains(t, out.String(), "second run   the run ended\n")
		require.Contains(t, out.String(), "next         butterfly run talk -seed 0x000000000000000c -verify\n")
	}
}

func TestAMachineThatIsNotDeterministicGoesUnnoticedIfNobodyLooks(t *testing.T) {
	h, _ := faultyHunt(false)
	h.seeds, h.workers, h.play = hunt.Plan{First: 1, Last: 40}, 2, playMoody
	require.NoError(t, h.conduct(context.Background()))
	require.Zero(t, h.code())
}

// brokenSeed is the run of a seed that fails, and its hunter, which writes to a folder of the test.
func brokenSeed(t *testing.T) (*hunter, seedRun) {
	c, err := chooseNamed("literal", []string{"servers=8", "partitions=12", "outages=28"})
	require.NoError(t, err)
	h, _ := faultyHunt(false)
	h.choice, h.search, h.folder, h.shrinkRuns = c, randomly(c.scenario), t.TempDir(), 100
	for seed := uint64(1); ; seed++ {
		run, err := h.runSeed(context.Background(), seed)
		require.NoError(t, err)
		if run.result.Verdict == world.Fail {
			return h, run
		}
	}
}

// Ctrl-C in the middle of a shrinking keeps what it has found by then, and the run as it was.
func TestAHuntThatIsStoppedWhileItShrinksKeepsItsBest(t *testing.T) {
	h, run := brokenSeed(t)
	path := h.takeFailure(&endingSoon{Context: context.Background(), most: 3000}, run, []string{"a"})
	require.FileExists(t, path)
	small, err := readBundle(besideBundle(path))
	require.NoError(t, err)
	require.Less(t, len(small.Scenario.Faults), len(run.scenario.Faults))
	require.Equal(t, besideBundle(path), h.groups.All()[0].ShrunkBundle)

	// Or at its very beginning.
	h, run = brokenSeed(t)
	path = h.takeFailure(&endingSoon{Context: context.Background(), most: 1}, run, []string{"a"})
	require.FileExists(t, path)
	files, err := filepath.Glob(filepath.Join(h.folder, "*"))
	require.NoError(t, err)
	require.Equal(t, []string{path}, files)
	require.Equal(t, "butterfly shrink "+path, h.next())
}

// Bundles that cannot be written in the end leave a report without them, and are tried once each.
func TestAHuntWithoutBundlesSaysHowToSeeTheFailureAgain(t *testing.T) {
	h, run := brokenSeed(t)
	h.folder = filepath.Join(h.folder, "file")
	require.NoError(t, os.WriteFile(h.folder, nil, 0o600))
	require.Empty(t, h.takeFailure(context.Background(), run, h.tally.Add(run.result)))
	require.Equal(t, 2, strings.Count(h.err.(*strings.Builder).String(), "no bundle: "))
	text := h.summaryText()
	require.NotRegexp(t, `(?m)^ +$`, text)
	require.Contains(t, text, fmt.Sprintf("next         butterfly run literal %s -seed %v\n",
		"-set servers=8 -set partitions=12 -set outages=28", hunt.Seed(run.result.Seed)))
}

// What was broken where nothing was promised is no failure; but what is left of it may be one.
func TestAFailureBeyondPromisesMayBeOneWithinThem(t *testing.T) {
	h, run := brokenSeed(t)
	run.result.Verdict, run.result.Beyond = world.Unknown, "the loss"
	fresh := h.tally.Add(run.result)
	h.corpus.folder = t.TempDir()
	h.takeFailure(context.Background(), run, fresh)
	require.Empty(t, h.groups.All())
	groups := h.excused.groups.All()
	require.Len(t, groups, 1)
	require.True(t, groups[0].Promised)
	require.Equal(t, "butterfly replay "+groups[0].ShrunkBundle, h.next())
	text := strings.Join(strings.Fields(h.summaryText()), " ")
	require.Contains(t, text, ": 1 seed; once shrunk it breaks a promise ")
	require.Equal(t, 1, h.corpus.Added)
	require.Equal(t, exitUndecided, h.code())

	small, err := readBundle(groups[0].ShrunkBundle)
	require.NoError(t, err)
	require.Equal(t, world.Fail, small.Verdict)
	require.Less(t, len(small.Scenario.Faults), len(run.scenario.Faults))
}

// A failure that does not fail again is one of the harness.
func TestAFailureThatHeldWhenShrunkIsADivergence(t *testing.T) {
	h, run := brokenSeed(t)
	run.result.Violations[0].Property = "made-up"
	h.takeFailure(context.Background(), run, []string{"made-up"})
	require.Equal(t, exitHarness, h.code())
	require.Contains(t, h.summaryText(), "first run    made-up was broken\nsecond run   made-up held\n")
}

func TestTheProgressOfAHunt(t *testing.T) {
	h, _ := faultyHunt(false)
	h.tally.Add(&world.Result{
		Verdict: world.Pass, Virtual: clock.At(90 * time.Minute),
		Sometimes: []world.Situation{{Name: "a situation with a name that is rather long"}},
	})
	require.Regexp(t, `^talk: 1 of 2 seeds, \S+ a second, 0 failed in 0 ways, 1.5 virtual hours, `+
		`rarest in 0: a situation with a name that is…$`, h.note())
	h.endless = true
	require.Regexp(t, `^talk: 1 seeds, `, h.note())
}

func TestVirtualTimeIsToldInUnitsOfItsSize(t *testing.T) {
	for seconds, want := range map[float64]string{
		30: "30 virtual seconds", 90: "1.5 virtual minutes", 7200: "2 virtual hours",
		12 * 86400: "12 virtual days", 3650 * 86400: "10 virtual years",
	} {
		require.Equal(t, want, virtualText(seconds))
	}
}

// Whoever goes on runs no seed twice, and leaves none out.
func TestAHuntGoesOnWhereItEnded(t *testing.T) {
	h, _ := faultyHunt(false)
	h.seeds = hunt.Plan{First: 11, Last: 20}
	h.done = 10
	require.Equal(t, "butterfly hunt talk -seeds 21-120", h.further())
	h.done = 4
	require.Equal(t, "butterfly hunt talk -seeds 15-20", h.further())
	h.endless = true
	require.Equal(t, "butterfly hunt talk -seeds 15-114", h.further())
	h.seeds.Shard, h.seeds.Shards, h.endless = 2, 3, false // 12, 15, 18
	h.done = 2
	require.Equal(t, "butterfly hunt talk -seeds 17-20 -shard 2/3", h.further())
}

// When a hunt is stopped a seed may be cut short that others overtook: they were run, and it comes next.
func TestAHuntThatIsStoppedComesBackToTheSeedThatWasCutShort(t *testing.T) {
	h, out := faultyHunt(false)
	h.seeds, h.ended = hunt.Plan{First: 11, Last: 200, Shard: 2, Shards: 2}, byInterrupt
	for _, seed := range []uint64{12, 14, 18} {
		run := seedRun{observed: observed{result: &world.Result{Seed: seed, Verdict: world.Pass}}}
		require.NoError(t, h.take(context.Background(), hunt.Outcome[seedRun]{Seed: seed, Value: run}))
	}
	require.NoError(t, h.summarise())
	require.Contains(t, out.String(), "UNKNOWN  talk: no failure in 3 seeds (stopped before the other 92).")
	require.Contains(t, out.String(),
		"hunted       seeds 0x000000000000000c to 0x0000000000000012, shard 2 of 2\n")
	require.Contains(t, out.String(), "next         butterfly hunt talk -seeds 15-200 -shard 2/2\n")
	object := h.summary()
	require.Equal(t, &huntedRange{First: 12, Last: 18, Shard: 2, Shards: 2}, object.Hunted)
	require.Equal(t, world.Unknown, object.Verdict)
	require.Zero(t, object.FailureBound)
}

func TestAHuntThatRanNothingSaysNoRange(t *testing.T) {
	h, out := faultyHunt(false)
	require.NoError(t, h.summarise())
	require.Contains(t, out.String(), "hunted       no seed, the first would be 0x0000000000000001\n")
	require.Nil(t, h.summary().Hunted)
}
