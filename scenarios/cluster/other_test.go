package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// countProbes counts the protocol periods of each host by the probes that they begin with.
func countProbes(counts []int) []checkers.Checker {
	return []checkers.Checker{checkers.Always("probes are counted", checkers.Event,
		func(o *checkers.Observation, _ checkers.View) error {
			if o.Event.Kind == node.MemberProbed {
				counts[o.Host]++
			}
			return nil
		})}
}

// Servers of the other administrator behave by the other configuration: a protocol period of 500 ms
// is twice as many probes as one of a second.
func TestSomeServersAreConfiguredInAnotherWay(t *testing.T) {
	s := small(t, "two-administrators")
	s.Storm, s.Other.SharePPM = nil, rng.Percent(50)
	probes := make([]int, s.Servers)
	Build(s, 1, Options{Extra: countProbes(probes)}).Run()
	for host := range 3 {
		require.InDelta(t, 2*probes[host], probes[host+3], 0.1*float64(probes[host]))
	}
}

func TestAnUpgradeChangesTheConfiguration(t *testing.T) {
	s := small(t, "two-administrators")
	s.Storm, s.Other.SharePPM = nil, 0
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.Upgrade, At: scenarios.Span(10 * time.Second),
		For: scenarios.Span(time.Second), Hosts: []node.ID{2},
	}}
	probes := make([]int, s.Servers)
	Build(s, 1, Options{Extra: countProbes(probes)}).Run()
	require.Greater(t, 2*probes[2], 3*probes[1], "for 230 of 240 s twice as often")
}

// "The bounds hold whichever of the two the servers concerned have": of each term the longer one.
func TestBoundsAreThoseOfTheSlowerConfiguration(t *testing.T) {
	s := small(t, "two-administrators")
	s.Storm = nil
	config := Config(&s)
	other, any, err := OtherConfig(&s)
	require.NoError(t, err)
	require.True(t, any)
	both := NewBounds(&s, &config)
	s.Other = nil
	ours, theirs := NewBounds(&s, &config), NewBounds(&s, &other)
	a, b := &ours.Detection, &theirs.Detection
	require.Equal(t, max(a.FirstProbe, b.FirstProbe), both.Detection.FirstProbe)
	require.Equal(t, max(a.Suspicion, b.Suspicion), both.Detection.Suspicion)
	require.Equal(t, theirs.Spread, both.Spread, "of pulls a second and a half apart")
	for _, b := range []*Bounds{&ours, &theirs} {
		require.GreaterOrEqual(t, both.Settle(), b.Settle())
		require.GreaterOrEqual(t, both.Gap.Total(), b.Gap.Total())
	}
}

func TestAnImpossibleOtherConfigurationIsRefused(t *testing.T) {
	s := small(t, "two-administrators")
	s.Other.ProbeTimeout = new(scenarios.Span(time.Minute))
	_, _, err := OtherConfig(&s)
	require.ErrorContains(t, err, "other: swim: ProbeTimeout 1m0s")
}

// By a clock that is 1,000 ppm slow everything takes a thousandth longer, and a little more.
func TestBoundsAllowForClocksThatRunWrong(t *testing.T) {
	clock := scenarios.Fault{Kind: scenarios.Clock, For: 1, Hosts: []node.ID{0}, RatePPM: -600}
	calm, wrong := boundsOf(5), boundsOf(5, clock, scenarios.Fault{
		Kind: scenarios.Clock, For: 1, Hosts: []node.ID{0}, RatePPM: 400,
	})
	all := calm.Detection.Total() + calm.Alone + calm.Heal + calm.Spread + calm.Join
	require.Equal(t, all*1000/999_000, wrong.Pause)
	other := clock
	other.Hosts = []node.ID{1}
	require.Equal(t, boundsOf(5, clock).Pause, boundsOf(5, clock, other).Pause, "of different hosts")
}

// A slow server has caught up when it is slow no more.
func TestASlowServerCountsAsPaused(t *testing.T) {
	slow := scenarios.Fault{
		Kind: scenarios.Slow, For: scenarios.Span(7 * time.Second), Hosts: []node.ID{0},
	}
	require.Equal(t, 7*time.Second, boundsOf(5, slow).Pause)
}
