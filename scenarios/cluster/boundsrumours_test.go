package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// "None if nothing else happens to servers during any; else one, and one more for each other one-way
// cut." An origin that is down is no matter of servers.
func TestRumours(t *testing.T) {
	fault := func(kind scenarios.FaultKind, from, to int, oneWay bool) scenarios.Fault {
		return scenarios.Fault{
			Kind: kind, At: scenarios.Span(from) * scenarios.Span(time.Second), OneWay: oneWay,
			For: scenarios.Span(to-from) * scenarios.Span(time.Second), Hosts: []node.ID{0},
		}
	}
	mute, deaf := fault(scenarios.Partition, 10, 30, true), fault(scenarios.Clog, 20, 40, true)
	crash := fault(scenarios.Crash, 25, 27, false)
	for _, plan := range []struct {
		rumours int
		faults  []scenarios.Fault
	}{
		{0, nil},
		{0, []scenarios.Fault{crash}},
		{0, []scenarios.Fault{mute}},
		{0, []scenarios.Fault{mute, fault(scenarios.OriginDown, 15, 20, false)}},
		{0, []scenarios.Fault{mute, fault(scenarios.Crash, 31, 40, false)}},
		{1, []scenarios.Fault{mute, crash}},
		{1, []scenarios.Fault{mute, crash, fault(scenarios.Partition, 5, 50, false)}},
		{2, []scenarios.Fault{mute, deaf}},
		{2, []scenarios.Fault{mute, deaf, crash}},
		{3, []scenarios.Fault{mute, deaf, fault(scenarios.NoStreams, 0, 25, true)}},
	} {
		require.Equal(t, plan.rumours, rumours(plan.faults), plan.faults)
	}
}
