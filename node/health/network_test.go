package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// lonely returns a prober of so many healthy origins that has peers and hears none of them.
func lonely(d Definition, origins int) *Prober {
	p := many(d, origins)
	p.Peers(1)
	return p
}

// rounds has every origin probed so many times with one outcome.
func rounds(p *Prober, times int, outcome node.Outcome) {
	for range times * p.Count() {
		answer(p, outcome)
	}
}

func unhealthy(p *Prober) (count int) {
	for origin := range p.targets {
		if p.Status(uint32(origin)) == Unhealthy {
			count++
		}
	}
	return count
}

func networkEvents(p *Prober) (kinds []node.EventKind) {
	for _, e := range p.TakeEvents() {
		if e.Kind == node.NetworkLost || e.Kind == node.NetworkFound {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// "a server that has lost its own network (most probes and peers fail at once) says so instead of
// condemning every origin" (issue 4/6)
func TestALostNetworkCondemnsNobody(t *testing.T) {
	p := lonely(DefaultDefinition(), 100)
	rounds(p, 5, node.Succeeded)
	rounds(p, 20, node.Failed)
	require.Zero(t, unhealthy(p))
	require.True(t, p.NetworkLost())
	require.Equal(t, []node.EventKind{node.NetworkLost}, networkEvents(p))

	p.Heard(p.Next())
	require.False(t, p.NetworkLost())
	require.Equal(t, []node.EventKind{node.NetworkFound}, networkEvents(p))
	rounds(p, 2, node.Failed)
	require.Zero(t, unhealthy(p), "what failed before does not count")
	rounds(p, 1, node.Failed)
	require.Equal(t, 100, unhealthy(p), "a peer is heard, so it is they")
}

func TestProbesOfALostNetworkAreNotTaken(t *testing.T) {
	p := lonely(DefaultDefinition(), 1)
	rounds(p, 3, node.Failed)
	now := p.Next()
	probe, _ := p.Due(now)
	p.Heard(now)
	_, taken := p.Probed(now, node.ProbeResult{Token: probe.Token, Outcome: node.Failed})
	require.False(t, taken)
}

func TestMostProbesSucceedingEndsALoss(t *testing.T) {
	p := lonely(DefaultDefinition(), 10)
	rounds(p, 3, node.Failed)
	require.True(t, p.NetworkLost())
	for range 5 {
		answer(p, node.Succeeded)
	}
	require.True(t, p.NetworkLost(), "half of the latest results are failures")
	answer(p, node.Succeeded)
	require.False(t, p.NetworkLost())
}

// "failing reports whether at least half of the latest results are failures. It looks at as many of
// them as there are origins probed, about one interval's worth, but at 64 at most."
func TestHalfOfTheLatestResultsIsMost(t *testing.T) {
	for _, test := range []struct {
		results string // repeated, the last one last
		probed  int
		failing bool
	}{
		{"-", 1, true},
		{"+", 1, false},
		{"+-", 2, true},
		{"++-", 3, false},
		{"+++-", 2, true},
		{"--++", 2, false},
		{"+-", 100, true},
		{"+-+-+", 100, false},
	} {
		var n network
		for i := range 100 {
			n.count(test.results[i%len(test.results)] == '+')
			if (i+1)%len(test.results) == 0 {
				require.Equal(t, test.failing, n.failing(test.probed), "%v after %d", test, i+1)
			}
		}
	}
}

func TestWhoHearsPeersOrHasNoneTrustsItself(t *testing.T) {
	alone := many(DefaultDefinition(), 10)
	rounds(alone, 3, node.Failed)
	require.Equal(t, 10, unhealthy(alone), "nobody to ask")

	heard := lonely(DefaultDefinition(), 10)
	rounds(heard, 2, node.Failed)
	heard.Heard(heard.Next())
	rounds(heard, 1, node.Failed)
	require.Equal(t, 10, unhealthy(heard), "heard since the first failure")

	before := lonely(DefaultDefinition(), 10)
	before.Heard(0)
	rounds(before, 3, node.Failed)
	require.Zero(t, unhealthy(before), "heard before the first failure")
}

// "else those that take one failure would be in doubt again and again" (hearingsAt)
func TestOneFailureSufficesOnceAPeerHasEndedADoubt(t *testing.T) {
	d := DefaultDefinition()
	d.Semantics = Immediate
	p := lonely(d, 1)
	answer(p, node.Failed)
	require.Equal(t, Healthy, p.Status(0))
	p.Heard(p.Next())
	answer(p, node.Failed)
	require.Equal(t, Unhealthy, p.Status(0))

	answer(p, node.Succeeded)
	rounds(p, 3, node.Succeeded)
	answer(p, node.Failed)
	require.Equal(t, Healthy, p.Status(0), "by then the peer vouches for nothing")
}

func TestALostNetworkPublishesNothing(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	require.Len(t, d.writes, 1)
	d.finds = node.Failed
	d.run(10 * time.Second)
	require.Equal(t, 1, d.count(node.NetworkLost))
	d.claimed(1, firstLife, Unhealthy) // to be claimed again, but not now
	d.run(10 * time.Second)
	require.Len(t, d.writes, 1)
	require.NotEqual(t, clock.Never, d.Next(), "goes on probing")
	d.finds = node.Succeeded
	d.run(2 * time.Second)
	require.Len(t, d.writes, 2)
	require.Equal(t, 1, d.count(node.NetworkFound))
}
