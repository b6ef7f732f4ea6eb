package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// ofLinks are the kinds that strike links, with all they need.
func ofLinks() (all []scenarios.Fault) {
	for _, kind := range scenarios.FaultKinds() {
		f := scenarios.Fault{
			Kind: kind, At: seconds(10), For: seconds(50), Hosts: hosts(0, 1), Others: hosts(2), OneWay: true,
			LossPPM: 1, SharePPM: 1, By: 1, Latency: scenarios.Latency{Latency: netmodel.Constant(1)},
		}
		if f.OnLinks() {
			all = append(all, f.Trimmed())
		}
	}
	return all
}

func TestFaultsOfLinksSayWhere(t *testing.T) {
	slow := scenarios.Latency{Latency: netmodel.Constant(20 * time.Millisecond)}
	for line, f := range map[string]scenarios.Fault{
		"10s partition servers 0,1 from server 2 for 50s": {
			Kind: scenarios.Partition, Hosts: hosts(0, 1), Others: hosts(2)},
		"10s partition the rest from server 2, one way for 50s": {
			Kind: scenarios.Partition, Others: hosts(2), OneWay: true},
		"10s clog on every link for 50s":            {Kind: scenarios.Clog},
		"10s clog on the links of server 3 for 50s": {Kind: scenarios.Clog, Hosts: hosts(3)},
		"10s clog on the links of server 4 for 50s": {Kind: scenarios.Clog, Others: hosts(4)},
		"10s clog on what leaves server 3 for 50s":  {Kind: scenarios.Clog, Hosts: hosts(3), OneWay: true},
		"10s clog on what is for server 3 for 50s":  {Kind: scenarios.Clog, Others: hosts(3), OneWay: true},
		"10s clog from server 3 to server 4 for 50s": {
			Kind: scenarios.Clog, Hosts: hosts(3), Others: hosts(4), OneWay: true},
		"10s loss of 2.5% between server 3 and server 4 for 50s": {
			Kind: scenarios.Loss, Hosts: hosts(3), Others: hosts(4), LossPPM: 25_000},
		"10s slow-links by 20ms on every link for 50s": {Kind: scenarios.SlowLinks, Latency: slow},
		"10s limit of 16000 bytes a second with a queue of 0 bytes on every link for 50s": {
			Kind: scenarios.Limit},
		"10s limit of 2000 bytes a second with a queue of 90 bytes on every link for 50s": {
			Kind: scenarios.Limit, BytesPerSecond: 2000, QueueBytes: 90},
		"10s mtu of 576 bytes on every link for 50s": {Kind: scenarios.MTU},
		"10s mtu of 100 bytes on every link for 50s": {Kind: scenarios.MTU, Bytes: 100},
		"10s no-datagrams on every link for 50s":     {Kind: scenarios.NoDatagrams},
		"10s no-streams on every link for 50s":       {Kind: scenarios.NoStreams},
		"10s forge a datagram every 100ms to server 3 for 50s": {
			Kind: scenarios.Forge, Hosts: hosts(3)},
	} {
		f.At, f.For = seconds(10), seconds(50)
		require.NoError(t, f.Validate(5, 1, seconds(60)), line)
		require.Equal(t, line, f.String())
	}
}

// "Each of these, as each fault of packets, strikes the links between Hosts and Others."
func TestEveryFaultOfLinksHandsItsGroupsOn(t *testing.T) {
	require.Len(t, ofLinks(), 12)
	for _, f := range ofLinks() {
		require.NoError(t, f.Validate(3, 1, seconds(60)))
		clog, limit := f.Clog(), f.Limit()
		filter, filters := f.Filter()
		degradation, degrades := f.Degradation()
		want := []any{f.Hosts, f.Others, true}
		require.Equal(t, want, []any{clog.A, clog.B, clog.OneWay})
		require.Equal(t, want, []any{limit.A, limit.B, limit.OneWay})
		require.Equal(t, want, []any{filter.A, filter.B, filter.OneWay})
		if degrades {
			require.Equal(t, want, []any{degradation.A, degradation.B, degradation.OneWay})
		}
		require.NoError(t, limit.Validate())
		require.Equal(t, clock.At(60*time.Second), clog.Until)
		require.False(t, degrades && filters)
	}
}

func TestInvalidFaultsOfLinksNameTheField(t *testing.T) {
	var all []node.ID
	for message, f := range map[string]scenarios.Fault{
		"hosts: partition needs at least one":              {Kind: scenarios.Partition},
		"one_way: needs hosts or others":                   {Kind: scenarios.Clog, OneWay: true},
		"others: server 5 does not exist, there are 5":     {Kind: scenarios.Loss, Others: hosts(5)},
		"others: server 4 is named twice":                  {Kind: scenarios.Loss, Others: hosts(4, 4)},
		"others: expected none for pause":                  {Kind: scenarios.Pause, Hosts: hosts(1), Others: hosts(4)},
		"bytes: 15, expected 16 to 65507":                  {Kind: scenarios.MTU, Bytes: 15},
		"bytes: 65508, expected 16 to 65507":               {Kind: scenarios.MTU, Bytes: 65_508},
		"bytes: expected none for clog":                    {Kind: scenarios.Clog, Bytes: 64},
		"latency: expected none for mtu":                   {Kind: scenarios.MTU, Latency: tooLong},
		"bytes_per_second: 1, expected 1000 to 1000000000": {Kind: scenarios.Limit, BytesPerSecond: 1},
		"queue_bytes: -1, expected 0 to 1000000000":        {Kind: scenarios.Limit, QueueBytes: -1},
		"per_second: 1001, expected 0 to 1000": {
			Kind: scenarios.Forge, Hosts: hosts(0), PerSecond: 1001},
		"hosts: forge needs at least one": {Kind: scenarios.Forge, Hosts: all},
		"for: clog needs a length":        {Kind: scenarios.Clog, For: -1},
	} {
		f.At, f.For = seconds(1), f.For+seconds(10)
		if f.Kind == scenarios.Clog && f.Bytes == 0 && !f.OneWay {
			f.For = 0
		}
		require.EqualError(t, f.Validate(5, 9, seconds(60)), message)
	}
	f := scenarios.Fault{Kind: scenarios.SlowLinks, For: seconds(1), Latency: tooLong}
	require.ErrorContains(t, f.Validate(5, 9, seconds(60)), "latency 2h0m0s: 2h0m0s is not from 0 to 1h0m0s")
}

var tooLong = scenarios.Latency{Latency: netmodel.Constant(2 * time.Hour)}

// "What it has made late arrives at the latest": a second of queue, and the longest delay.
func TestWhatLinksHaveMadeLateDelaysTheHeal(t *testing.T) {
	require.Equal(t, seconds(12), scenarios.Healed([]scenarios.Fault{{
		Kind: scenarios.Limit, At: seconds(1), For: seconds(10), BytesPerSecond: 2000, QueueBytes: 2000,
	}}))
	require.Equal(t, seconds(14), scenarios.Healed([]scenarios.Fault{{
		Kind: scenarios.SlowLinks, At: seconds(1), For: seconds(10),
		Latency: scenarios.Latency{Latency: netmodel.Uniform(0, 3*time.Second)},
	}}))
}

// A scenario made smaller keeps what still makes sense.
func TestFewerServersLeaveOutTheOthersOfAFault(t *testing.T) {
	s := stormy(8, scenarios.Storm{To: seconds(10)})
	s.Storm, s.Racks = nil, 8
	s.Faults = []scenarios.Fault{
		{Kind: scenarios.Partition, For: seconds(1), Hosts: hosts(0, 5), Others: hosts(1, 6)},
		{Kind: scenarios.Partition, For: seconds(1), Hosts: hosts(0), Others: hosts(6)},
		{Kind: scenarios.NoStreams, For: seconds(1)},
	}
	require.NoError(t, s.Set("servers=4"))
	require.Equal(t, 4, s.Racks)
	require.Equal(t, []scenarios.Fault{
		{Kind: scenarios.Partition, For: seconds(1), Hosts: hosts(0), Others: hosts(1)},
		{Kind: scenarios.NoStreams, For: seconds(1)},
	}, s.Faults)
}
