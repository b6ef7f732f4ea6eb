package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/swim"
	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/sim/rng"
)

// Survivors that probe as they do, drawn 200,000 times for each size: a phase, a place in an order,
// and the orders themselves. The mean of so many waits, whose deviation is about one period,
// deviates by 0.0022; the interval is five of these.
func TestFirstProbeIsTheMeanOfDrawnOnes(t *testing.T) {
	luck := rng.New(1)
	for _, n := range []int{2, 3, 5, 8} {
		const draws = 200_000
		sum := 0.0
		for range draws {
			first := math.Inf(1)
			for range n - 1 {
				first = min(first, drawWait(&luck, n-1))
			}
			sum += first
		}
		require.InDelta(t, sum/draws, firstProbe(n), 0.011, "%d servers", n)
	}
}

// drawWait is how long one of m+1 survivors takes to probe member 0 of m.
func drawWait(luck *rng.Rand, m int) float64 {
	phase := float64(luck.Below(1<<53)) / (1 << 53)
	begun, place := luck.Intn(m), luck.Intn(m)
	if place >= begun {
		return phase + float64(place-begun)
	}
	return phase + float64(m-begun) + float64(luck.Intn(m))
}

// "P(member is pinged in a period) tends to 1 - 1/e" (SWIM, section 3.1): then the wait tends to
// that of a process of rate one, a period.
func TestFirstProbeTendsToAPeriod(t *testing.T) {
	require.InDelta(t, 0.5, firstProbe(2), 1e-12, "one survivor, one target, a random phase")
	require.InDelta(t, 1, firstProbe(10_000), 0.001)
}

// With k = 1 it is the mean excess of an exponential time, e^-x; with x = 0 that of k of them, k.
func TestLateConfirmations(t *testing.T) {
	require.Zero(t, lateConfirmations(0, 4))
	require.InDelta(t, math.Exp(-4), lateConfirmations(1, 4), 1e-15)
	require.InDelta(t, 6*math.Exp(-4), lateConfirmations(2, 4), 1e-15)
	require.InDelta(t, 5, lateConfirmations(5, 0), 1e-15)
}

// hashicorp/memberlist v0.7.0 with its LAN configuration, 60 runs each, seconds until the first
// death is seen: 5.86, 6.74, 9.10 and 10.24 s. Its runs deviate by about 0.9 s, so that the means
// do by 0.12; the interval is three of these.
func TestExpectedFirstIsWhatMemberlistTakes(t *testing.T) {
	config := swim.Lan()
	for n, seconds := range map[int]float64{8: 5.86, 16: 6.74, 64: 9.10, 128: 10.24} {
		require.InDelta(t, seconds, expectedFirst(&config, n), 0.36, "%d servers", n)
	}
}

// 300 runs of swim-crash with 16 servers. Their first detections deviate by about 0.9 s, so that
// the mean does by 0.05; the interval is four of these.
func TestExpectedFirstIsWhatRunsTake(t *testing.T) {
	s, err := scenarios.Find("swim-crash")
	require.NoError(t, err)
	require.NoError(t, s.Set("servers=16"))
	const runs = 300
	sum := 0.0
	for seed := range uint64(runs) {
		sum += stage.Build(s, seed, stage.Options{}).Run().Metrics["first_detection_seconds"]
	}
	config := swim.Lan()
	require.InDelta(t, sum/runs, expectedFirst(&config, 16), 0.2)
}
