package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// What a server loses in the time in which it is to run for 100 s.
func TestStandstill(t *testing.T) {
	still := func(kind scenarios.FaultKind, from, to scenarios.Span, hosts ...node.ID) scenarios.Fault {
		return scenarios.Fault{Kind: kind, At: from * second, For: (to - from) * second, Hosts: hosts}
	}
	const pause, slow, block = scenarios.Pause, scenarios.Slow, scenarios.Block
	for why, c := range map[string]struct {
		seconds time.Duration
		faults  []scenarios.Fault
	}{
		"nothing happens":        {0, nil},
		"it is down, not still":  {0, []scenarios.Fault{still(scenarios.Crash, 10, 20, 0)}},
		"paused":                 {10, []scenarios.Fault{still(pause, 10, 20, 0)}},
		"slow":                   {10, []scenarios.Fault{still(slow, 10, 20, 0)}},
		"blocked":                {10, []scenarios.Fault{still(block, 10, 20, 0)}},
		"the longest of several": {25, []scenarios.Fault{still(pause, 10, 20, 0), still(block, 10, 35, 1, 2)}},
		"both at once are one":   {20, []scenarios.Fault{still(pause, 20, 30, 0), still(block, 10, 25, 0)}},
		"one within the other":   {20, []scenarios.Fault{still(pause, 10, 30, 0), still(block, 15, 20, 0)}},
		"again, soon after":      {15, []scenarios.Fault{still(pause, 10, 20, 0), still(block, 50, 55, 0)}},
		"again, just before it has run for so long": {15, []scenarios.Fault{
			still(pause, 10, 20, 0), still(pause, 119, 124, 0),
		}},
		"again, when it has": {10, []scenarios.Fault{still(pause, 10, 20, 0), still(pause, 120, 125, 0)}},
		"thrice, each soon after the one before": {21, []scenarios.Fault{
			still(pause, 10, 20, 0), still(pause, 100, 110, 0), still(pause, 125, 126, 0),
		}},
		"the last two are the worst": {19, []scenarios.Fault{
			still(pause, 10, 12, 0), still(pause, 120, 130, 0), still(block, 200, 209, 0),
		}},
	} {
		require.Equal(t, c.seconds*time.Second, standstill(c.faults, 100*time.Second), why)
	}
}

// A server that is cut off from all others, and whose sockets are blocked when it would declare the last of
// them dead, does so only afterwards. A swarm of faults that has no pauses showed that this time was not
// allowed for.
func TestABlockedServerTakesOverLater(t *testing.T) {
	s := small(t, "storm", "servers=4", "origins=13")
	s.Storm, s.Duration = nil, 55*second
	s.Faults = []scenarios.Fault{
		{Kind: scenarios.Partition, At: 10 * second, For: 45 * second, Hosts: []node.ID{1}},
		{Kind: scenarios.Block, At: 36483 * second / 1000, For: 14898 * second / 1000, Hosts: []node.ID{1}},
	}
	report := Build(s, 0xd1e, Options{}).Run()
	require.Empty(t, report.Violations)
	gap := report.Metrics["longest_gap_seconds"]
	config := Config(&s)
	b := NewBounds(&s, &config)
	unblocked := b.Checked(1) - 14898*time.Millisecond
	require.Greater(t, gap, unblocked.Seconds(), "it is by its being blocked that it is late")
}
