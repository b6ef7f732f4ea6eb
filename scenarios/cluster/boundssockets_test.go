package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// A checker finds out by three probes a second apart, jittered by up to 200 ms, and a time-out; all hear of
// it; each of those that can open no sockets is left 20 s; and then it is an interval, a time-out and a
// place in the interval until the first probe has a result.
func TestHowLongServersWithoutSocketsProbeInVain(t *testing.T) {
	const each, rest = 20 * time.Second, (3*1200+500)*time.Millisecond + (1200+500+1000)*time.Millisecond
	none := func(from, to scenarios.Span, hosts ...node.ID) scenarios.Fault {
		return scenarios.Fault{
			Kind: scenarios.NoSockets, At: from * second, For: (to - from) * second, Hosts: hosts,
		}
	}
	crash := none(10, 20, 3)
	crash.Kind = scenarios.Crash
	calm := boundsOf(5)
	for why, c := range map[string]struct {
		unable time.Duration
		faults []scenarios.Fault
	}{
		"one":                                   {1, []scenarios.Fault{none(10, 20, 0)}},
		"one, while another is down":            {1, []scenarios.Fault{none(10, 20, 0), crash}},
		"two by one fault":                      {2, []scenarios.Fault{none(10, 20, 0, 1)}},
		"two, one after the other":              {1, []scenarios.Fault{none(10, 20, 0), none(21, 30, 1)}},
		"two, the second before the other":      {2, []scenarios.Fault{none(10, 20, 0), none(5, 30, 1)}},
		"never three at once":                   {2, []scenarios.Fault{none(10, 20, 0), none(5, 12, 1), none(15, 30, 2)}},
		"three, when the last of them has come": {3, []scenarios.Fault{none(10, 20, 0), none(5, 16, 1), none(15, 30, 2)}},
	} {
		b := boundsOf(5, c.faults...)
		require.Equal(t, rest+b.Spread+c.unable*each, b.Unable, why)
		require.Equal(t, calm.Checked(1)+b.Unable, b.Checked(1), why)
		require.Equal(t, calm.Gap, b.Gap, why)
	}
	require.Zero(t, boundsOf(5, crash).Unable)
}

// Three of five servers can open no sockets, and those happen to be the three that rank highest for an
// origin: its outage becomes known when the fourth has waited for all of them. Found among schedules in
// which somebody's messages are held back.
func TestAnOutageIsKnownOnceSomebodyCanProbe(t *testing.T) {
	s := small(t, "no-sockets", "servers=5", "origins=29")
	s.Storm, s.Duration = nil, 7*minute
	s.Schedule = &scenarios.Schedule{Depth: 4, Hold: second / 50}
	s.Faults = []scenarios.Fault{
		{Kind: scenarios.NoSockets, At: 80 * second, For: 137 * second, Hosts: []node.ID{0, 1}},
		{Kind: scenarios.NoSockets, At: 140710 * second / 1000, For: 77 * second, Hosts: []node.ID{2}},
		{Kind: scenarios.OriginDown, At: 165 * second, For: 52 * second, Origins: []uint32{21}},
	}
	require.Empty(t, Build(s, 0x170, Options{}).Run().Violations)
}
