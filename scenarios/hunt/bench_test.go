package hunt_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// BenchmarkWorkers sweeps a small cluster's seeds: "hunt scales by at least 1.9 on two cores". Compare
// the seeds a second of one worker and of two, on two cores that have nothing else to do:
//
//	go test ./scenarios/hunt -run - -bench Workers -benchtime 60x -count 5
func BenchmarkWorkers(b *testing.B) {
	s, err := scenarios.Find("storm")
	require.NoError(b, err)
	require.NoError(b, s.Set("servers=5"))
	require.NoError(b, s.Set("origins=200"))
	run := func(ctx context.Context, seed uint64) (*world.Result, error) {
		return hunt.Play(ctx, s, seed, stage.Options{}, nil)
	}
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("%d", workers), func(b *testing.B) {
			b.ReportAllocs()
			plan := hunt.Plan{First: 1, Last: hunt.Seed(b.N)}
			err := hunt.Sweep(context.Background(), plan, workers, run,
				func(o hunt.Outcome[*world.Result]) error { return o.Err })
			require.NoError(b, err)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "seeds/s")
		})
	}
}
