package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
)

// Whoever writes that links lose packets, and not how many, has left something out.
func TestAFaultThatCouldDoNothingIsRefused(t *testing.T) {
	for want, fill := range map[string]scenarios.Fault{
		"loss_ppm: 0%, expected a share above 0% for loss": {Kind: scenarios.Loss, LossPPM: 1},
		"loss_ppm: 0%, expected a share above 0% for burst-loss": {
			Kind: scenarios.BurstLoss, LossPPM: 1},
		"share_ppm: 0%, expected a share above 0% for duplicate": {
			Kind: scenarios.Duplicate, SharePPM: 1},
		"share_ppm: 0%, expected a share above 0% for reorder": {
			Kind: scenarios.Reorder, SharePPM: 1, By: 1},
		"share_ppm: 0%, expected a share above 0% for corrupt": {Kind: scenarios.Corrupt, SharePPM: 1},
		"latency: 0s, expected more for slow-links": {Kind: scenarios.SlowLinks,
			Latency: scenarios.Latency{Latency: netmodel.Uniform(0, 1)}},
		"rate_ppm: 0, expected another number, or an offset, for clock": {
			Kind: scenarios.Clock, Hosts: hosts(0), RatePPM: -1},
	} {
		fill.At, fill.For = seconds(10), seconds(50)
		require.NoError(t, fill.Validate(5, 1, seconds(60)), want)
		empty := scenarios.Fault{Kind: fill.Kind, At: fill.At, For: fill.For, Hosts: fill.Hosts}
		require.EqualError(t, empty.Validate(5, 1, seconds(60)), want)
	}
	late := scenarios.Fault{Kind: scenarios.Reorder, At: seconds(10), For: seconds(50), SharePPM: 1}
	require.EqualError(t, late.Validate(5, 1, seconds(60)), "by: 0s, expected more for reorder")
	late.Kind = scenarios.Duplicate
	require.NoError(t, late.Validate(5, 1, seconds(60)), "the second copy comes at once")
	clock := scenarios.Fault{Kind: scenarios.Clock, At: 1, For: 1, Hosts: hosts(0), Offset: -1}
	require.NoError(t, clock.Validate(5, 1, seconds(60)))
}

// A number that may be left out means something else than nothing then.
func TestWhatMayBeLeftOutIs(t *testing.T) {
	for _, kind := range []scenarios.FaultKind{
		scenarios.Slow, scenarios.Limit, scenarios.MTU, scenarios.Forge,
	} {
		f := scenarios.Fault{Kind: kind, At: seconds(10), For: seconds(50), Hosts: hosts(0)}
		require.NoError(t, f.Validate(5, 1, seconds(60)), kind)
	}
}

func TestAPartitionPartsSomebody(t *testing.T) {
	for _, c := range []struct {
		hosts, others []node.ID
		parts         bool
	}{
		{hosts(0, 1), nil, true}, {nil, hosts(2), true}, {hosts(0, 1, 2), hosts(0), true},
		{hosts(0, 1), hosts(0, 1), true}, // from each other
		{hosts(0, 1, 2), nil, false}, {nil, hosts(2, 0, 1), false}, {hosts(1), hosts(1), false},
	} {
		f := scenarios.Fault{
			Kind: scenarios.Partition, At: seconds(10), For: seconds(50), Hosts: c.hosts, Others: c.others,
		}
		err := f.Validate(3, 1, seconds(60))
		require.Equal(t, c.parts, err == nil, "%s", &f)
		if !c.parts {
			require.EqualError(t, err, "hosts: partition parts nobody from anybody, expected two servers apart")
		}
	}
}

// Who probes no origins needs no sockets for it.
func TestSocketsAreForProbes(t *testing.T) {
	s := stormy(5, scenarios.Storm{})
	s.Storm, s.Faults = nil, []scenarios.Fault{
		{Kind: scenarios.NoSockets, At: seconds(10), For: seconds(50), Hosts: hosts(0)},
	}
	require.NoError(t, s.Validate())
	s.Group, s.Origins, s.Merge = &scenarios.Group{Preset: scenarios.Lan, Rules: scenarios.Butterfly}, 0, ""
	require.EqualError(t, s.Validate(), "faults[0].kind: no-sockets, but there are no origins to probe")
}
