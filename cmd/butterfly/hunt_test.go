package main

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/search"
)

func faultyHunt(jsonOutput bool) (*hunter, *strings.Builder) {
	var out strings.Builder
	a := &app{
		out: &out, err: &strings.Builder{}, program: "butterfly", build: func() string { return "b" },
	}
	options := huntOptions{seeds: hunt.Plan{First: 1, Last: 2}, jsonOutput: jsonOutput}
	c := choice{scenario: scenarios.Scenario{Name: "talk"}}
	return a.newHunter(c, randomly(c.scenario), options), &out
}

// randomly is the search that runs a scenario as its seeds are.
func randomly(s scenarios.Scenario) searching {
	strategy, err := search.New(search.Random, s)
	if err != nil {
		panic(err)
	}
	return searching{Strategy: strategy, name: search.Random}
}

// One rotten seed does not end a hunt; it is counted, told, and decides the exit code.
func TestAHuntGoesOnAfterAHarnessFault(t *testing.T) {
	rotten := hunt.Outcome[seedRun]{Seed: 2, Err: &hunt.Panic{Value: "index out of range"}}
	h, out := faultyHunt(false)
	require.NoError(t, h.take(context.Background(), rotten))
	require.NoError(t, h.summarise())
	require.Contains(t, out.String(), "FAULT  talk: the harness failed in 1 of 1 seed")
	require.Contains(t, out.String(),
		"1 seed panicked, the first with seed 0x0000000000000002: index out of range")
	require.Contains(t, out.String(), "butterfly run talk -seed 0x0000000000000002\n")
	require.Equal(t, exitHarness, h.code())

	h, out = faultyHunt(true)
	require.NoError(t, h.take(context.Background(), rotten))
	require.Contains(t, out.String(), `"verdict":"unknown"`)
	require.Contains(t, out.String(), `"harness_fault":"index out of range"`)
}

// The first word agrees with the exit code, and few seeds make no claim about the others.
func TestTheHeadlineOfAHunt(t *testing.T) {
	for _, c := range []struct {
		seeds, passed uint64
		want          string
		code          int
	}{
		{0, 0, "UNKNOWN  talk: stopped before the first seed was done.\n", exitUndecided},
		{1, 1, "UNKNOWN  talk: no failure in 1 seed (stopped before the other 1).\n", exitUndecided},
		{2, 2, "PASS  talk: no failure in 2 seeds.\n", 0},
	} {
		h, out := faultyHunt(false)
		h.tally.Seeds, h.tally.Passed = c.seeds, c.passed
		if c.seeds < 2 {
			h.ended = byInterrupt
		}
		require.NoError(t, h.summarise())
		require.True(t, strings.HasPrefix(out.String(), c.want), out.String())
		require.Equal(t, c.code, h.code())
	}
}

// Behind the greatest seed there is none.
func TestAHuntDoesNotGoOnFromTheGreatestSeedWithTheLeast(t *testing.T) {
	h, _ := faultyHunt(false)
	h.seeds = hunt.Plan{First: math.MaxUint64 - 1, Last: math.MaxUint64}
	require.Equal(t, "butterfly hunt talk -seeds 18446744073709551614-18446744073709551615", h.next())
	h.done = 2
	require.Equal(t, "nothing, 0xffffffffffffffff is the last seed there is", h.next())
	h.seeds = hunt.Plan{First: math.MaxUint64 - 4, Last: math.MaxUint64 - 3}
	require.Equal(t, "butterfly hunt talk -seeds 18446744073709551613-18446744073709551615", h.next())
}

func TestAHuntGoesOnWithItsShard(t *testing.T) {
	h, _ := faultyHunt(false)
	h.seeds.Shard, h.seeds.Shards = 1, 2
	require.Equal(t, "butterfly hunt talk -seeds 1-2 -shard 1/2", h.next())
}
