package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// Every kind of fault that concerns what happens to packets, and nothing else, degrades the network, by
// what its fields say.
func TestFaultsOfPacketsAreDegradations(t *testing.T) {
	want := map[scenarios.FaultKind]netmodel.Degradation{
		scenarios.Loss:      {Loss: 1000},
		scenarios.BurstLoss: {Burst: netmodel.Burst{Loss: 1000, Good: 30, Bad: 3}},
		scenarios.Duplicate: {Duplicate: 2000, DuplicateBy: time.Second},
		scenarios.Reorder:   {Reorder: 2000, ReorderBy: time.Second},
		scenarios.Corrupt:   {Corrupt: 2000},
		scenarios.SlowLinks: {Latency: netmodel.Constant(time.Millisecond)},
		scenarios.MTU:       {MTU: 100},
	}
	for _, kind := range scenarios.FaultKinds() {
		f := scenarios.Fault{
			Kind: kind, LossPPM: 1000, SharePPM: 2000, By: seconds(1), GoodPackets: 30, BadPackets: 3,
			Latency: scenarios.Latency{Latency: netmodel.Constant(time.Millisecond)}, Bytes: 100,
		}
		got, degrades := f.Degradation()
		require.NoError(t, got.Validate())
		require.Equal(t, want[kind], got, kind)
		_, expected := want[kind]
		require.Equal(t, expected, degrades, kind)
	}
}

// "0 means 100 and 4, the lengths of bad Wi-Fi."
func TestABurstLossWithoutLengthsIsBadWiFi(t *testing.T) {
	f := scenarios.Fault{Kind: scenarios.BurstLoss, LossPPM: rng.Always}
	d, _ := f.Degradation()
	require.Equal(t, netmodel.Burst{Loss: rng.Always, Good: 100, Bad: 4}, d.Burst)
}

// "And the last packet that they made late has arrived."
func TestALatePacketDelaysTheHeal(t *testing.T) {
	faults := []scenarios.Fault{
		{Kind: scenarios.Pause, At: seconds(10), For: seconds(5)},
		{Kind: scenarios.Duplicate, At: seconds(3), For: seconds(10), By: seconds(7)},
	}
	require.Equal(t, seconds(20), scenarios.Healed(faults))
	require.Equal(t, seconds(15), scenarios.Healed(faults[:1]))
}
