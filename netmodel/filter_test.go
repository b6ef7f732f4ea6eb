package netmodel_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
)

// "Of one medium nothing passes between two groups, and all of the other", in flight as well.
func TestAFilterStopsOneMedium(t *testing.T) {
	for stopped, passing := range map[netmodel.Medium]netmodel.Medium{
		netmodel.Datagrams: netmodel.Streams, netmodel.Streams: netmodel.Datagrams,
	} {
		net := perfect(3)
		require.True(t, net.Open())
		id := net.Filter(netmodel.Filter{A: []node.ID{0}, Stops: stopped})
		require.False(t, net.Open())
		_, streams := net.Segment(0, 1, 1)
		require.Equal(t, stopped == netmodel.Datagrams, streams)
		require.Equal(t, stopped == netmodel.Streams, net.Datagram(1, 0, 1).Drop == netmodel.None)
		require.Equal(t, netmodel.None, net.Datagram(1, 2, 1).Drop, "another link")
		require.True(t, net.FilterInFlight(0, 1, stopped))
		require.False(t, net.FilterInFlight(0, 1, passing))
		require.False(t, net.FilterInFlight(1, 2, stopped))
		require.True(t, net.Whole(), "hosts between which only filters lie are on one side")
		require.Equal(t, netmodel.CutStats{AtSend: 1, InFlight: 1}, net.Unfilter(id))
		require.False(t, net.FilterInFlight(0, 1, stopped))
		require.True(t, net.Open())
	}
}

func TestAOneWayFilterLeavesTheWayBackOpen(t *testing.T) {
	net := perfect(2)
	net.Filter(netmodel.Filter{B: []node.ID{1}, OneWay: true})
	require.Equal(t, netmodel.Partition, net.Datagram(0, 1, 1).Drop)
	require.Equal(t, netmodel.None, net.Datagram(1, 0, 1).Drop)
}

// What a filter stops counts like any other message: the next ones have the luck they would have had.
func TestAFilterLeavesTheLuckOfOthersAlone(t *testing.T) {
	clean, filtered := netmodel.New(seed, 2, datacentre()), netmodel.New(seed, 2, datacentre())
	id := filtered.Filter(netmodel.Filter{Stops: netmodel.Datagrams})
	fates(clean, 0, 1, 10)
	fates(filtered, 0, 1, 10)
	filtered.Unfilter(id)
	require.Equal(t, fates(clean, 0, 1, 50), fates(filtered, 0, 1, 50))
}
