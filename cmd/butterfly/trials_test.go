package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// measured runs two plans, whose trials are sums of plan and seed.
func measured(
	ctx context.Context, t trials, run func(plan, seed uint64) uint64,
) ([][]uint64, error) {
	a := &app{err: &strings.Builder{}, program: "butterfly"}
	sums := kind[uint64, uint64]{
		name: "sums", run: run, arguments: func(plan uint64) string { return fmt.Sprint("-plan ", plan) },
	}
	return measure(ctx, a, sums, t, []uint64{1000, 2000})
}

func sum(plan, seed uint64) uint64 { return plan + seed }

// "Results in seed order, so output is independent of the number of workers."
func TestTrialsComeInTheOrderOfTheirSeedsHoweverManyWorkersThereAre(t *testing.T) {
	for _, workers := range []int{1, 2, 5} {
		results, err := measured(context.Background(), trials{each: 4, workers: workers, first: 7}, sum)
		require.NoError(t, err)
		require.Equal(t, [][]uint64{{1007, 1008, 1009, 1010}, {2007, 2008, 2009, 2010}}, results)
	}
}

func TestTrialsThatAreStoppedAreOfTheSameSeedsForEveryPlan(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	plan := trials{each: 1_000, workers: 1, first: 1}
	results, err := measured(ctx, plan, func(plan, seed uint64) uint64 {
		if seed == 3 {
			stop() // during the first of the two plans: the second has no trial 3
		}
		return sum(plan, seed)
	})
	require.NoError(t, err)
	require.Equal(t, [][]uint64{{1001, 1002}, {2001, 2002}}, results)
	err = plan.stopped(len(results[0]))
	require.EqualError(t, err, "stopped after 2 of 1,000 trials each, which is what is drawn")
	require.Equal(t, exitUndecided, exitCode(err))
	require.NoError(t, plan.stopped(1_000))
}

func TestNoTrialsAreNoResult(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := measured(ctx, trials{each: 1, workers: 1}, sum)
	require.ErrorContains(t, err, "nothing is drawn")
	require.Equal(t, exitUndecided, exitCode(err))
}

func TestATrialThatPanicsIsAHarnessFaultThatNamesItsSeed(t *testing.T) {
	_, err := measured(context.Background(), trials{each: 9, workers: 2, first: 5},
		func(plan, seed uint64) uint64 {
			if seed == 6 && plan == 1000 {
				panic("oh")
			}
			return sum(plan, seed)
		})
	require.ErrorContains(t, err, "seed 0x0000000000000006: ")
	require.ErrorContains(t, err, "butterfly plot sums -plan 1000 -trials 1 -seed 6")
	require.Equal(t, exitHarness, exitCode(err))
}

func TestMoreTrialsThanAnybodyWaitsFor(t *testing.T) {
	_, err := measured(context.Background(), trials{each: mostRuns, workers: 1}, sum)
	require.EqualError(t, err, "-trials 1073741824: 2 trials each are more than anybody waits for")
}
