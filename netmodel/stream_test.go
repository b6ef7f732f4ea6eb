package netmodel_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// "The host MUST set RTO <- RTO * 2 ("back off the timer")" (RFC 6298, section 5.5): after j losses
// in a row a segment is 2^j - 1 timeouts late, and that happens with chance p^j (1-p). 40,000
// segments.
func TestRetransmissionDelay(t *testing.T) {
	const n, timeout = 40_000, 100 * time.Millisecond
	net := netmodel.New(seed, 2, netmodel.Config{
		Latency: netmodel.Constant(time.Millisecond), Loss: rng.Percent(50),
		RetransmitTimeout: timeout,
	})
	late := map[time.Duration]int{}
	givenUp := 0
	for range n {
		delay, ok := net.Segment(0, 1, 1000)
		if !ok {
			givenUp++
			continue
		}
		late[delay-time.Millisecond]++
	}
	require.Len(t, late, netmodel.MaxTries)
	for lost := range netmodel.MaxTries {
		chance := math.Pow(0.5, float64(lost+1))
		requireBinomial(t, chance, late[timeout<<lost-timeout], n, "%d losses in a row", lost)
	}
	requireBinomial(t, math.Pow(0.5, netmodel.MaxTries), givenUp, n, "given up")
	require.Equal(t, int64(givenUp), net.Totals().GivenUp)
}

func TestStreamGivesUpOnALinkThatLosesEverything(t *testing.T) {
	net := netmodel.New(seed, 2, netmodel.Config{Loss: rng.Always})
	_, ok := net.Segment(0, 1, 1000)
	require.False(t, ok)
	require.Equal(t, int64(1), net.Totals().GivenUp)
	require.Equal(t, int64(netmodel.MaxTries-1), net.Totals().Retransmissions)
}

func TestStreamsAreNeitherDuplicatedNorReordered(t *testing.T) {
	net := netmodel.New(seed, 2, netmodel.Config{
		Duplicate: rng.Always, Reorder: rng.Always, ReorderBy: time.Second,
	})
	delay, ok := net.Segment(0, 1, 1000)
	require.True(t, ok)
	require.Zero(t, delay)
}
