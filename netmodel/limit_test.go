package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/clock"
)

// narrow carries 1,000 bytes in a second, of which as many may wait.
var narrow = netmodel.Limit{BytesPerSecond: 1000, QueueBytes: 1000}

// queue hands over a message at a time, and says when it has gone, or that it was dropped.
func queue(
	net *netmodel.Net, at time.Duration, size int, medium netmodel.Medium,
) (gone time.Duration) {
	wait, passes := net.Queue(clock.At(at), 0, 1, size, medium)
	if !passes {
		return -1
	}
	return at + wait
}

// "What is sent leaves one after the other. A datagram that finds the link busy and no room in the
// queue is dropped."
func TestALimitQueuesAndDropsTheTail(t *testing.T) {
	const ms, dropped = time.Millisecond, time.Duration(-1)
	net := perfect(3)
	require.False(t, net.Limited())
	id := net.Limit(narrow)
	require.True(t, net.Limited())
	require.Equal(t, 400*ms, queue(net, 0, 400, netmodel.Datagrams), "an idle link")
	require.Equal(t, 900*ms, queue(net, 0, 500, netmodel.Datagrams), "behind it")
	require.Equal(t, dropped, queue(net, 0, 200, netmodel.Datagrams), "900 bytes wait: no room for 200")
	require.Equal(t, 1000*ms, queue(net, 0, 100, netmodel.Datagrams), "and room for 100")
	require.Equal(t, 1200*ms, queue(net, 500*ms, 200, netmodel.Datagrams), "half has gone by then")
	require.Equal(t, 5*time.Second, queue(net, 2*time.Second, 3000, netmodel.Datagrams),
		"an idle link takes what is larger than the queue")
	wait, passes := net.Queue(0, 0, 2, 100, netmodel.Datagrams)
	require.True(t, passes)
	require.Equal(t, 100*ms, wait, "each link has a queue of its own")
	require.Equal(t, netmodel.LimitStats{Carried: 6, Queued: 3, Dropped: 1}, net.Unlimit(id))
	require.False(t, net.Limited())
	require.Equal(t, 3*time.Second, queue(net, 3*time.Second, 100, netmodel.Datagrams))
}

// "The sender of a stream waits instead", and keeps the queue full for the datagrams.
func TestAStreamWaitsForALimit(t *testing.T) {
	net := perfect(2)
	net.Limit(narrow)
	require.Equal(t, 3*time.Second, queue(net, 0, 3000, netmodel.Streams))
	require.Equal(t, 4*time.Second, queue(net, 0, 1000, netmodel.Streams))
	require.Equal(t, time.Duration(-1), queue(net, 3*time.Second, 1, netmodel.Datagrams))
	require.Equal(t, int64(1), net.Totals().QueueFull)
}

// Two limits on one path are two narrow places, one behind the other.
func TestLimitsOfOnePathComeOneAfterTheOther(t *testing.T) {
	net := perfect(2)
	net.Limit(narrow)
	net.Limit(netmodel.Limit{A: []node.ID{0}, OneWay: true, BytesPerSecond: 2000})
	require.Equal(t, 1500*time.Millisecond, queue(net, 0, 1000, netmodel.Datagrams))
	wait, _ := net.Queue(0, 1, 0, 1000, netmodel.Datagrams)
	require.Equal(t, time.Second, wait, "the way back meets one")
	wait, passes := net.Queue(0, 1, 1, 1000, netmodel.Datagrams)
	require.True(t, passes)
	require.Zero(t, wait, "a host always reaches itself")
}

func TestInvalidLimitsNameTheField(t *testing.T) {
	for message, limit := range map[string]netmodel.Limit{
		"bytes_per_second: 999, expected 1000 to 1000000000":        {BytesPerSecond: 999},
		"queue_bytes: -1, expected 0 to 1000000000":                 {BytesPerSecond: 1000, QueueBytes: -1},
		"queue_bytes: 1000000001, expected 0 to 1000000000":         {BytesPerSecond: 1000, QueueBytes: 1e9 + 1},
		"bytes_per_second: 1000000001, expected 1000 to 1000000000": {BytesPerSecond: 1e9 + 1},
	} {
		require.EqualError(t, limit.Validate(), message)
	}
	require.NoError(t, narrow.Validate())
}
