package group

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// Every fault of links works here as well, between two groups, and the promises hold: all of them bite, but for the MTU, which
// no datagram of a group in which nothing happens exceeds.
func TestEveryFaultOfLinksWorks(t *testing.T) {
	spared := map[scenarios.FaultKind]bool{scenarios.MTU: true}
	for _, kind := range scenarios.FaultKinds() {
		f := scenarios.Fault{
			Kind: kind, At: scenarios.Span(40 * time.Second), For: scenarios.Span(50 * time.Second),
			Hosts: []node.ID{0, 1, 2}, LossPPM: rng.Percent(20), SharePPM: rng.Percent(20),
			By:      scenarios.Span(time.Second),
			Latency: scenarios.Latency{Latency: netmodel.Uniform(0, 50*time.Millisecond)}, Bytes: scenarios.MinMTU,
			BytesPerSecond: 2000, QueueBytes: 1000,
		}
		if !f.OnLinks() && kind != scenarios.Forge {
			continue
		}
		s := small(t, "swim-crash")
		s.Trial = nil
		s.Faults = []scenarios.Fault{f.Trimmed()}
		s.Duration = s.Healed() + scenarios.Span(Settle(&s)) + scenarios.Span(time.Minute)
		require.NoError(t, s.Validate())
		r := Build(s, 1, Options{}).Run()
		require.Equal(t, world.Pass, r.Verdict, "%s: %v %v", kind, r.Violations, r.Sometimes)
		require.Equal(t, spared[kind], r.Faults[0].Effect == "", "%s: %s", kind, r.Faults[0].Effect)
	}
}

// Distances and a carrier without a key reach the world.
func TestPlacesAndBareCarriersReachTheWorld(t *testing.T) {
	s := small(t, "swim-crash")
	s.Trial = nil
	near := Build(s, 1, Options{}).Run()
	s.Places = []string{"london", "tokyo"}
	require.NotEqual(t, near.Fingerprint, Build(s, 1, Options{}).Run().Fingerprint)
	s.Places, s.BareCarrier = nil, true
	bare := Build(s, 1, Options{}).Run()
	require.Equal(t, near.Fingerprint, bare.Fingerprint, "nothing is damaged or forged")
	require.Contains(t, bare.Beyond, "a carrier that refuses what is damaged or forged")
}
