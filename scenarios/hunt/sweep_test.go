package hunt_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/hunt"
)

func seeds(first, last hunt.Seed) hunt.Plan { return hunt.Plan{First: first, Last: last} }

// delivered runs a sweep and returns the seeds in the order of their delivery.
func delivered(t *testing.T, plan hunt.Plan, workers int, run hunt.Run[uint64]) []uint64 {
	var order []uint64
	err := hunt.Sweep(context.Background(), plan, workers, run, func(o hunt.Outcome[uint64]) error {
		require.NoError(t, o.Err)
		require.Equal(t, o.Seed, o.Value)
		order = append(order, o.Seed)
		return nil
	})
	require.NoError(t, err)
	return order
}

func identity(_ context.Context, seed uint64) (uint64, error) { return seed, nil }

func TestOutcomesComeInTheOrderOfSeedsWhateverTheWorkers(t *testing.T) {
	plan := seeds(1, 500)
	want := slices.Collect(plan.Seeds())
	for _, workers := range []int{1, 2, 7, 64} {
		require.Equal(t, want, delivered(t, plan, workers, identity), "%d workers", workers)
	}
}

// Who asks for more workers than there are seeds gets as many as there are seeds, and no room for others.
func TestThereAreNoMoreWorkersThanSeeds(t *testing.T) {
	require.Equal(t, []uint64{1, 2, 3}, delivered(t, seeds(1, 3), math.MaxInt, identity))
}

// Even seeds end before the odd ones below them, which wait for them: so two runs are under way at
// once, and the order of delivery is not that of their ends.
func TestOrderDoesNotDependOnWhoIsDoneFirst(t *testing.T) {
	ended := make(map[uint64]chan bool)
	plan := seeds(1, 100)
	for seed := range plan.Seeds() {
		ended[seed] = make(chan bool)
	}
	run := func(_ context.Context, seed uint64) (uint64, error) {
		if seed%2 == 1 {
			<-ended[seed+1]
		} else {
			close(ended[seed])
		}
		return seed, nil
	}
	require.Equal(t, slices.Collect(plan.Seeds()), delivered(t, plan, 2, run))
}

func TestAPanicIsAnOutcomeAndTheHuntGoesOn(t *testing.T) {
	run := func(_ context.Context, seed uint64) (uint64, error) {
		if seed == 3 {
			panic(fmt.Sprintf("seed %d is rotten\nwith details", seed))
		}
		return seed, nil
	}
	var faults []hunt.Outcome[uint64]
	count := 0
	err := hunt.Sweep(context.Background(), seeds(1, 10), 3, run, func(o hunt.Outcome[uint64]) error {
		count++
		if o.Err != nil {
			faults = append(faults, o)
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 10, count)
	require.Len(t, faults, 1)
	require.Equal(t, uint64(3), faults[0].Seed)
	var panicked *hunt.Panic
	require.ErrorAs(t, faults[0].Err, &panicked)
	require.Equal(t, "seed 3 is rotten", panicked.Error(), "one line")
	require.Contains(t, panicked.Stack, "sweep_test.go")
}

// What had ended when the context did is kept; what was cut short is not delivered.
func TestCancellingKeepsWhatIsDone(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	run := func(ctx context.Context, seed uint64) (uint64, error) {
		if seed > 5 {
			<-ctx.Done()
			return seed, ctx.Err()
		}
		return seed, nil
	}
	var order []uint64
	err := hunt.Sweep(ctx, seeds(1, 1000), 2, run, func(o hunt.Outcome[uint64]) error {
		require.NoError(t, o.Err)
		if order = append(order, o.Seed); o.Seed == 5 {
			cancel()
		}
		return nil
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, []uint64{1, 2, 3, 4, 5}, order)
}

func TestASweepThatIsCancelledBeforehandRunsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	run := func(context.Context, uint64) (uint64, error) {
		panic("a run was begun")
	}
	err := hunt.Sweep(ctx, seeds(1, 10), 2, run, func(o hunt.Outcome[uint64]) error {
		return o.Err
	})
	require.ErrorIs(t, err, context.Canceled)
}

func TestADeliveryThatFailsEndsTheSweep(t *testing.T) {
	full := errors.New("disk full")
	count := 0
	err := hunt.Sweep(context.Background(), seeds(1, 1<<30), 2, identity,
		func(o hunt.Outcome[uint64]) error {
			count++
			if o.Seed == 7 {
				return full
			}
			return nil
		})
	require.ErrorIs(t, err, full)
	require.Equal(t, 7, count, "nothing is delivered after the failure")
}
