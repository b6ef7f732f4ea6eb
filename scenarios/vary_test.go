package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// "-set servers=5-64": every size comes up, and none outside. 3000 draws of 60 sizes miss one of them
// with a chance of 60 e^-50.
func TestEverySizeOfARangeIsDrawn(t *testing.T) {
	s, _ := scenarios.Find("swim-crash")
	require.NoError(t, s.Set("servers=5-64"))
	require.NoError(t, s.Validate())
	drawn := map[int]int{}
	for seed := range uint64(3000) {
		expanded := s.Expand(seed)
		require.NoError(t, expanded.Validate())
		require.Nil(t, expanded.Vary)
		drawn[expanded.Servers]++
	}
	require.Len(t, drawn, 60)
	require.Contains(t, drawn, 5)
	require.Contains(t, drawn, 64)
}

// What varies has "a stream of its own, so that varying one leaves the other as it was".
func TestVaryingTheLossLeavesTheSizeAsItWas(t *testing.T) {
	one, _ := scenarios.Find("swim-crash")
	require.NoError(t, one.Set("servers=5-64"))
	both := one
	require.NoError(t, both.Set("loss=0-10%"))
	losses := map[any]bool{}
	for seed := range uint64(100) {
		a, b := one.Expand(seed), both.Expand(seed)
		require.Equal(t, a.Servers, b.Servers)
		require.Equal(t, a.Faults, b.Faults)
		require.LessOrEqual(t, b.LossPPM, both.LossPPM)
		losses[b.LossPPM] = true
	}
	require.Greater(t, len(losses), 90)
}

// "-set origins=50-500": every number comes up in 2000 draws of 31, and the share of those that nobody
// knows of stays.
func TestOriginsAreDrawnWithTheirShareOfUnregisteredOnes(t *testing.T) {
	s, _ := scenarios.Find("registration")
	require.NoError(t, s.Set("origins=20-50"))
	require.NoError(t, s.Validate())
	drawn := map[int]bool{}
	for seed := range uint64(2000) {
		expanded := s.Expand(seed)
		drawn[expanded.Origins] = true
		require.Equal(t, expanded.Origins/2, expanded.Unregistered)
	}
	require.Len(t, drawn, 31)
	expanded := s.Expand(1)
	require.NoError(t, expanded.Validate())
	s.Faults = []scenarios.Fault{{Kind: scenarios.OriginDown, Origins: []uint32{20}}}
	require.EqualError(t, s.Validate(), "faults[0].origins: origin 20 does not exist, there are 20")
	require.NoError(t, s.Set("origins=1000000"))
	require.Equal(t, 500_000, s.Unregistered)
}

func TestASingleValueEndsTheRange(t *testing.T) {
	s, _ := scenarios.Find("swim-crash")
	for _, assignment := range []string{"servers=5-64", "loss=1%-5%", "servers=7-7", "loss=0"} {
		require.NoError(t, s.Set(assignment))
	}
	require.Nil(t, s.Vary)
	require.Equal(t, 7, s.Servers)
}
