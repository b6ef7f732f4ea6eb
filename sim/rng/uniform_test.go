package rng_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

// requireUniform fails when the counts are further from equal than chance makes them once in 2,000
// fair experiments (chi-square test, one-sided, 99.95 % confidence). Seeds are fixed, so what
// passes once passes always.
func requireUniform(t *testing.T, counts []int) {
	t.Helper()
	total := 0
	for _, n := range counts {
		total += n
	}
	expected := float64(total) / float64(len(counts))
	require.GreaterOrEqual(t, expected, 5.0, "too few samples a cell for chi-square")
	chi2 := 0.0
	for _, n := range counts {
		chi2 += (float64(n) - expected) * (float64(n) - expected) / expected
	}
	require.Less(t, chi2, chiSquareCritical(len(counts)-1))
}

// chiSquareCritical is the 99.95 % point by Wilson and Hilferty's cube-root approximation (1931).
func chiSquareCritical(freedom int) float64 {
	const z = 3.2905 // 99.95 % point of the standard normal
	k := float64(freedom)
	return k * math.Pow(1-2/(9*k)+z*math.Sqrt(2/(9*k)), 3)
}

const uniformSamples = 100_000

func TestBelowIsUniform(t *testing.T) {
	for _, n := range []int{2, 3, 10, 100, 1000} {
		r, counts := rng.Stream(1, "below", uint64(n)), make([]int, n)
		for range uniformSamples {
			counts[r.Below(uint64(n))]++
		}
		requireUniform(t, counts)
	}
}

func TestLowBitsAreUniform(t *testing.T) {
	r, counts := rng.Stream(1, "low", 0), make([]int, 256)
	for range uniformSamples {
		counts[r.Uint64()&0xff]++
	}
	requireUniform(t, counts)
}

// Streams are mostly used for a draw or two each, so the first draws of neighbours must look random
// too.
func TestFirstDrawsOfNeighboursAreUniform(t *testing.T) {
	key, counts := rng.Named(1, "first"), make([]int, 256)
	for id := range uint64(uniformSamples) {
		r := key.At(id)
		counts[r.Below(256)]++
	}
	requireUniform(t, counts)
}

func TestNeighbouringStreamsAreIndependent(t *testing.T) {
	a, b := rng.Stream(1, "pair", 0), rng.Stream(1, "pair", 1)
	requireIndependent(t, a, b)
	requireIndependent(t, rng.Stream(1, "pair", 0), rng.Stream(2, "pair", 0))
	requireIndependent(t, rng.Stream(1, "loss", 0), rng.Stream(1, "delay", 0))
}

// requireIndependent draws from both and tests that all 256 pairs of top nibbles are equally
// likely.
func requireIndependent(t *testing.T, a, b rng.Rand) {
	t.Helper()
	counts := make([]int, 256)
	for range uniformSamples {
		counts[a.Below(16)<<4|b.Below(16)]++
	}
	requireUniform(t, counts)
}

func TestMessagesOfALinkAreIndependent(t *testing.T) {
	key, counts := rng.Named(1, "fate"), make([]int, 256)
	for k := range uint64(uniformSamples) {
		this, next := key.At2(5, k), key.At2(5, k+1)
		counts[this.Below(16)<<4|next.Below(16)]++
	}
	requireUniform(t, counts)
}
