package scenarios_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

func seconds(n int) scenarios.Span { return scenarios.Span(n) * scenarios.Span(time.Second) }

func hosts(ids ...node.ID) []node.ID { return ids }

// "A failing run prints its own plan": each fault in one line that says what, whom and when.
func TestFaultsPrintInOneLine(t *testing.T) {
	at, length := seconds(90), seconds(30)
	many := make([]node.ID, 13)
	for line, f := range map[string]scenarios.Fault{
		"1m30s crash server 3 for 30s, disk lost": {Kind: scenarios.Crash, Hosts: hosts(3), For: length},
		"1m30s crash servers 3,4 for 30s": {
			Kind: scenarios.Crash, Hosts: hosts(3, 4), For: length, Keep: true},
		"1m30s crash server 3":         {Kind: scenarios.Crash, Hosts: hosts(3)},
		"1m30s pause server 3 for 30s": {Kind: scenarios.Pause, Hosts: hosts(3), For: length},
		"1m30s block the sockets of servers 3,4 for 30s": {
			Kind: scenarios.Block, Hosts: hosts(3, 4), For: length},
		"1m30s leave server 3": {Kind: scenarios.Leave, Hosts: hosts(3)},
		"1m30s partition servers 0,1 from the rest for 30s": {
			Kind: scenarios.Partition, Hosts: hosts(0, 1), For: length},
		"1m30s partition 13 servers from the rest, one way for 30s": {
			Kind: scenarios.Partition, Hosts: many, For: length, OneWay: true},
		"1m30s loss of 2.5% on every link for 30s": {
			Kind: scenarios.Loss, LossPPM: 25_000, For: length},
		"1m30s burst-loss of 80% in bursts of 4 packets 100 apart on every link for 30s": {
			Kind: scenarios.BurstLoss, LossPPM: 800_000, For: length},
		"1m30s burst-loss of 80% in bursts of 7 packets 90 apart on every link for 30s": {
			Kind: scenarios.BurstLoss, LossPPM: 800_000, For: length, BadPackets: 7, GoodPackets: 90},
		"1m30s duplicate 5% up to 10s later on every link for 30s": {
			Kind: scenarios.Duplicate, SharePPM: 50_000, By: seconds(10), For: length},
		"1m30s reorder 5% by up to 1s on every link for 30s": {
			Kind: scenarios.Reorder, SharePPM: 50_000, By: seconds(1), For: length},
		"1m30s corrupt 5% on every link for 30s": {
			Kind: scenarios.Corrupt, SharePPM: 50_000, For: length},
		"1m30s origin-down origin 7 for 30s": {
			Kind: scenarios.OriginDown, Origins: []uint32{7}, For: length},
		"1m30s uplink servers 3,4 for 30s":  {Kind: scenarios.Uplink, Hosts: hosts(3, 4), For: length},
		"1m30s no-sockets server 3 for 30s": {Kind: scenarios.NoSockets, Hosts: hosts(3), For: length},
		"1m30s register origins 7,8 at server 3, definition 9": {
			Kind: scenarios.Register, Origins: []uint32{7, 8}, Hosts: hosts(3), Definition: 9},
		"1m30s unregister origin 7 at servers 3,4": {
			Kind: scenarios.Unregister, Origins: []uint32{7}, Hosts: hosts(3, 4)},
	} {
		f.At = at
		require.Equal(t, line, f.String())
	}
}

func TestAValidFaultOfEachKind(t *testing.T) {
	for _, kind := range scenarios.FaultKinds() {
		f := scenarios.Fault{
			Kind: kind, At: seconds(10), For: seconds(50), Hosts: hosts(4), Origins: []uint32{9},
			LossPPM: 1, SharePPM: 1, By: 1, RatePPM: 1,
			Latency: scenarios.Latency{Latency: netmodel.Constant(1)},
		}
		if f.Operates() {
			f.At = seconds(60)
		}
		f = f.Trimmed()
		require.NoError(t, f.Validate(5, 10, seconds(60)), kind)
		require.Equal(t, seconds(60), f.End())
	}
}

func TestInvalidFaultsNameTheField(t *testing.T) {
	far := scenarios.Span(math.MaxInt64)
	within := "does not lie within the run of 1m0s"
	kinds := fmt.Sprint(scenarios.FaultKinds())
	for message, change := range map[string]func(f *scenarios.Fault){
		`kind: "crush" is unknown, expected one of ` + kinds: func(f *scenarios.Fault) {
			f.Kind = "crush"
		},
		"at: -1s for 20s " + within: func(f *scenarios.Fault) {
			f.At = seconds(-1)
		},
		"at: 10s for -1s " + within: func(f *scenarios.Fault) {
			f.For = seconds(-1)
		},
		"at: 41s for 20s " + within: func(f *scenarios.Fault) {
			f.At = seconds(41)
		},
		"at: 1m1s for 0s " + within: func(f *scenarios.Fault) {
			f.At, f.For = seconds(61), 0
		},
		"at: " + far.String() + " for " + far.String() + " " + within: func(f *scenarios.Fault) {
			f.At, f.For = far, far // whose sum is negative
		},
		"for: pause needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For = scenarios.Pause, 0
		},
		"for: block needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For = scenarios.Block, 0
		},
		"hosts: block needs at least one": func(f *scenarios.Fault) {
			f.Kind, f.Hosts = scenarios.Block, nil
		},
		"for: partition needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For = scenarios.Partition, 0
		},
		"for: loss needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For, f.Hosts = scenarios.Loss, 0, nil
		},
		"for: uplink needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For = scenarios.Uplink, 0
		},
		"hosts: uplink needs at least one": func(f *scenarios.Fault) {
			f.Kind, f.Hosts = scenarios.Uplink, nil
		},
		"for: no-sockets needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For = scenarios.NoSockets, 0
		},
		"hosts: no-sockets needs at least one": func(f *scenarios.Fault) {
			f.Kind, f.Hosts = scenarios.NoSockets, nil
		},
		"for: expected none for register": func(f *scenarios.Fault) {
			f.Kind, f.Origins = scenarios.Register, []uint32{0}
		},
		"hosts: register needs at least one": func(f *scenarios.Fault) {
			f.Kind, f.For, f.Hosts, f.Origins = scenarios.Register, 0, nil, []uint32{0}
		},
		"origins: unregister needs at least one": func(f *scenarios.Fault) {
			f.Kind, f.For = scenarios.Unregister, 0
		},
		"hosts: crash needs at least one": func(f *scenarios.Fault) { f.Hosts = nil },
		"origins: origin-down needs at least one": func(f *scenarios.Fault) {
			f.Kind, f.Hosts = scenarios.OriginDown, nil
		},
		"hosts: server 5 does not exist, there are 5": func(f *scenarios.Fault) {
			f.Hosts = hosts(0, 5)
		},
		"origins: origin 9 does not exist, there are 9": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.Origins = scenarios.OriginDown, nil, []uint32{9}
		},
		"hosts: server 1 is named twice": func(f *scenarios.Fault) {
			f.Hosts = hosts(1, 0, 1)
		},
		"origins: origin 8 is named twice": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.Origins = scenarios.OriginDown, nil, []uint32{8, 8}
		},
		"loss_ppm: 1000001 is more than 1000000": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.LossPPM = scenarios.Loss, nil, rng.Always+1
		},
		"share_ppm: 1000001 is more than 1000000": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.SharePPM = scenarios.Corrupt, nil, rng.Always+1
		},
		"by: 1h0m1s, expected 0 to 1h0m0s": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.By = scenarios.Reorder, nil, seconds(3601)
		},
		"by: -1s, expected 0 to 1h0m0s": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.By = scenarios.Duplicate, nil, seconds(-1)
		},
		"good_packets: 1, expected 2 to 1000000": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.GoodPackets = scenarios.BurstLoss, nil, 1
		},
		"bad_packets: 1001, expected 2 to 1000": func(f *scenarios.Fault) {
			f.Kind, f.Hosts, f.BadPackets = scenarios.BurstLoss, nil, 1001
		},
		"for: burst-loss needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For, f.Hosts = scenarios.BurstLoss, 0, nil
		},
		"for: duplicate needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For, f.Hosts = scenarios.Duplicate, 0, nil
		},
		"for: reorder needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For, f.Hosts = scenarios.Reorder, 0, nil
		},
		"for: corrupt needs a length": func(f *scenarios.Fault) {
			f.Kind, f.For, f.Hosts = scenarios.Corrupt, 0, nil
		},
	} {
		f := scenarios.Fault{Kind: scenarios.Crash, At: seconds(10), For: seconds(20), Hosts: hosts(0)}
		require.NoError(t, f.Validate(5, 9, seconds(60)))
		change(&f)
		require.EqualError(t, f.Validate(5, 9, seconds(60)), message)
	}
}

// A field that a kind has no use for is a slip of whoever wrote the plan: it would change nothing.
func TestAFieldWithoutUseIsRefused(t *testing.T) {
	full := scenarios.Fault{
		At: seconds(10), For: seconds(50), Hosts: hosts(4), Origins: []uint32{9}, Keep: true,
		OneWay: true, LossPPM: 1, GoodPackets: 2, BadPackets: 2, SharePPM: 1, By: 1, Definition: 1,
		Old: 1, Cost: 1, RatePPM: 1, Offset: 1,
		Others: hosts(3), Bytes: 64, BytesPerSecond: 1000, QueueBytes: 1, PerSecond: 1,
		Latency: scenarios.Latency{Latency: netmodel.Constant(1)},
	}
	for _, kind := range scenarios.FaultKinds() {
		f := full
		f.Kind = kind
		require.ErrorContains(t, f.Validate(5, 10, seconds(60)), ": expected none for "+string(kind))
		f = f.Trimmed()
		require.NoError(t, f.Validate(5, 10, seconds(60)), kind)
		require.Equal(t, f, f.Trimmed())
	}
}

func TestATrimmedFaultNamesItsTargetsOnce(t *testing.T) {
	f := scenarios.Fault{Kind: scenarios.Pause, For: seconds(1), Hosts: hosts(3, 0, 3)}
	require.Equal(t, hosts(0, 3), f.Trimmed().Hosts)
	require.Equal(t, hosts(3, 0, 3), f.Hosts, "the fault itself stays as it was")
}

func TestSomeFaultsMayBeForGood(t *testing.T) {
	for _, kind := range []scenarios.FaultKind{
		scenarios.Crash, scenarios.Leave, scenarios.OriginDown,
	} {
		f := scenarios.Fault{Kind: kind, At: seconds(60), Hosts: hosts(0), Origins: []uint32{0}}
		f = f.Trimmed()
		require.NoError(t, f.Validate(1, 1, seconds(60)))
		require.Equal(t, seconds(60), scenarios.Healed([]scenarios.Fault{f}))
	}
}

func TestFaultKindsAreTheCallersOwn(t *testing.T) {
	scenarios.FaultKinds()[0] = "changed"
	require.Equal(t, scenarios.Crash, scenarios.FaultKinds()[0])
}
