package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
)

// "Row i holds the round trips from region i to each region before it, and last the one between two
// hosts within region i"; "what is above that diagonal is the same the other way"; a message takes half.
func TestRegionsAreAsFarApartAsTheirMatrixSays(t *testing.T) {
	const ms = time.Millisecond
	regions := netmodel.NewRegions(6, [][]time.Duration{{2 * ms}, {10 * ms, 4 * ms}, {50 * ms, 30 * ms, 0}})
	half := [3][3]time.Duration{{1 * ms, 5 * ms, 25 * ms}, {5 * ms, 2 * ms, 15 * ms}, {25 * ms, 15 * ms, 0}}
	for from := range node.ID(6) {
		for to := range node.ID(6) {
			require.Equal(t, half[from%3][to%3], regions.OneWay(from, to), "%d to %d", from, to)
		}
	}
	require.Equal(t, 25*ms, regions.Longest())
}

// Nothing else becomes of a message than without regions: each is later by half a round trip.
func TestRegionsOnlyMakeMessagesLate(t *testing.T) {
	config := netmodel.Config{Latency: netmodel.Uniform(time.Millisecond, 9*time.Millisecond), Loss: 100_000}
	near, far := netmodel.New(1, 2, config), netmodel.New(1, 2, config)
	far.Settle(netmodel.NewRegions(2, [][]time.Duration{{0}, {80 * time.Millisecond, 0}}))
	for range 1000 {
		want, got := near.Datagram(0, 1, 10), far.Datagram(0, 1, 10)
		if want.Copies > 0 {
			want.Delay[0] += 40 * time.Millisecond
		}
		require.Equal(t, want, got)
	}
}
