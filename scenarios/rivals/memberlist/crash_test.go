package memberlist

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func crashOf(servers int) Crash {
	return Crash{
		Setup:  Setup{Servers: servers},
		WarmUp: 30 * time.Second,
		Watch:  60 * time.Second,
	}
}

// The mean seconds to the first and to the last declaration of death, of 60 trials each with a
// transport that somebody else wrote: the figures must not be a property of ours.
var elsewhere = []struct {
	servers    int
	first, all float64
}{
	{8, 5.86, 6.17},
	{16, 6.74, 6.93},
	{64, 9.10, 9.43},
	{128, 10.24, 10.63},
}

const trialsElsewhere = 60

func TestCrashTable(t *testing.T) {
	row(t, "servers", "trials", "first_mean", "first_halfwidth_95", "all_mean", "all_halfwidth_95",
		"packets_per_server_second", "false_deaths", "unaware")
	for _, other := range elsewhere {
		if other.servers > 8 && !full() {
			break
		}
		results := playAll(t, either(20, 60), crashOf(other.servers))
		first := seconds(results, func(r CrashResult) time.Duration { return r.First })
		all := seconds(results, func(r CrashResult) time.Duration { return r.All })
		crashRow(t, other.servers, results, first, all)
		requireSameMean(t, other.first, first)
		requireSameMean(t, other.all, all)
	}
}

func crashRow(t *testing.T, servers int, results []CrashResult, first, all sample) {
	packets, falseDeaths, unaware := 0.0, 0, 0
	for _, r := range results {
		unaware += r.Unaware
		packets += float64(r.Packets) / 60 / float64(servers*len(results))
		falseDeaths += r.False
	}
	row(t, servers, len(results), first.mean(), first.halfWidth(1.96), all.mean(),
		all.halfWidth(1.96), packets, falseDeaths, unaware)
	require.Zero(t, falseDeaths, "nothing is lost, so nobody else is silent")
}

// requireSameMean takes our deviation for theirs, and five standard errors of the difference: no
// seed repeats a sample of memberlist, and 20 trials leave one false alarm in ten thousand.
func requireSameMean(t *testing.T, theirs float64, ours sample) {
	ofDifference := math.Sqrt(1 + float64(len(ours))/trialsElsewhere)
	require.InDelta(t, theirs, ours.mean(), ours.halfWidth(5)*ofDifference)
}
