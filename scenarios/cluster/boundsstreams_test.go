package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func blocked(from, length int) scenarios.Fault {
	return scenarios.Fault{
		Kind: scenarios.NoStreams, At: scenarios.Span(from) * scenarios.Span(time.Second),
		For: scenarios.Span(length) * scenarios.Span(time.Second),
	}
}

// "Blocks that are less apart than it takes to spread count as one, with the time between them."
func TestHowLongBlockedStreamsKeepNewsFromSpreading(t *testing.T) {
	udp := blocked(0, 500)
	udp.Kind = scenarios.NoDatagrams
	for seconds, blocks := range map[int][]scenarios.Fault{
		0:  {udp},
		30: {blocked(100, 10), udp, blocked(200, 30)},
		60: {blocked(150, 10), blocked(100, 30)}, // 20 s apart
		40: {blocked(131, 10), blocked(0, 40), blocked(61, 30)},
		50: {blocked(100, 50), blocked(110, 10)},
	} {
		require.Equal(t, time.Duration(seconds)*time.Second, withoutStreams(blocks, 20*time.Second), blocks)
	}
}

// The bound on what servers know grows by as much, with a term that says so; what a run needs to settle
// after the last fault does not.
func TestBlockedStreamsMakeNewsLate(t *testing.T) {
	s, err := scenarios.Find("calm")
	require.NoError(t, err)
	config := Config(&s)
	before := NewBounds(&s, &config)
	s.Faults = []scenarios.Fault{blocked(60, 25)}
	after := NewBounds(&s, &config)
	require.Equal(t, before.Known()+25*time.Second, after.Known())
	require.Equal(t, before.Notice+25*time.Second, after.Notice)
	require.Equal(t, before.Settle(), after.Settle())
	require.Contains(t, after.knownTerms(), "25s blocked streams")
}
