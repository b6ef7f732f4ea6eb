package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/clock"
)

// "What arrives between two groups while it is in force waits until it is over": until the first of
// those on its path is, to be asked about again, and what they held is counted by each.
func TestAClogHoldsWhatArrives(t *testing.T) {
	net := perfect(3)
	first := net.Clog(netmodel.Clog{A: []node.ID{0}, Until: clock.At(time.Second)})
	second := net.Clog(netmodel.Clog{
		A: []node.ID{0}, B: []node.ID{1}, OneWay: true, Until: clock.At(2 * time.Second),
	})
	require.False(t, net.DropInFlight(0, 1), "nothing is lost")
	until, held := net.HoldInFlight(0, 1)
	require.True(t, held)
	require.Equal(t, clock.At(time.Second), until)
	until, held = net.HoldInFlight(1, 0)
	require.True(t, held)
	require.Equal(t, clock.At(time.Second), until)
	_, held = net.HoldInFlight(1, 2)
	require.False(t, held, "another link")
	_, held = net.HoldInFlight(0, 0)
	require.False(t, held, "a host always reaches itself")
	require.Equal(t, netmodel.ClogStats{Held: 2}, net.Unclog(first))
	require.Equal(t, netmodel.ClogStats{Held: 1}, net.Unclog(second))
	require.Equal(t, int64(2), net.Totals().Held)
	_, held = net.HoldInFlight(0, 1)
	require.False(t, held)
	require.Zero(t, net.Unclog(first), "it is not in force any more")
}

// "Two hosts are joined directly when neither a cut nor a clog lies on the path between them in either
// direction."
func TestAClogPartsSidesAsACutDoes(t *testing.T) {
	for _, oneWay := range []bool{false, true} {
		net, side := perfect(4), make([]int, 4)
		id := net.Clog(netmodel.Clog{A: []node.ID{1}, OneWay: oneWay})
		net.Cut(netmodel.Cut{A: []node.ID{3}})
		require.False(t, net.Whole())
		require.Equal(t, 3, net.Sides(everyHost, side))
		require.Equal(t, []int{0, 1, 0, 2}, side)
		net.Unclog(id)
		require.Equal(t, 2, net.Sides(everyHost, side))
	}
}

// A clog of every link leaves each host alone.
func TestAClogOfEveryLink(t *testing.T) {
	net, side := perfect(3), make([]int, 3)
	net.Clog(netmodel.Clog{})
	require.Equal(t, 3, net.Sides(everyHost, side))
}
