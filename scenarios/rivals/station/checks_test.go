package station

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

func TestAssignedOriginsAreProbedOnceAnInterval(t *testing.T) {
	d := newDesk(8)
	probes := map[uint32]int{}
	d.answer = func(p node.Probe) (node.Outcome, bool) {
		probes[p.Origin]++
		return node.Succeeded, true
	}
	for _, origin := range []uint32{0, 3, 3, 5, 9} { // twice, unknown, impossible
		d.Assign(d.now, origin)
	}
	d.expect(t, event(node.CheckBegan, 0, 0), event(node.CheckBegan, 3, 0))
	require.Equal(t, 2, d.CheckingCount())
	d.pass(20 * time.Second)
	require.Equal(t, map[uint32]int{0: 20, 3: 20}, probes)
	d.Release(3)
	d.Release(3)
	d.Release(1)
	d.pass(10 * time.Second)
	require.Equal(t, map[uint32]int{0: 30, 3: 20}, probes)
}

// Rise 2 and fall 3 of the default definition, from end to end.
func TestOwnProbesDecideWhatIsBelievedAndRouted(t *testing.T) {
	d := newDesk(8)
	d.Assign(d.now, 1)
	d.pass(time.Second)
	d.expect(t, event(node.CheckBegan, 1, 0), event(node.HealthChanged, 1, healthy),
		event(node.Believed, 1, healthy))
	d.always(node.Failed)
	d.pass(2 * time.Second)
	d.expect(t)
	d.pass(time.Second)
	d.expect(t, event(node.HealthChanged, 1, unhealthy), event(node.Believed, 1, unhealthy),
		event(node.Routed, 1, 0))
	d.always(node.Succeeded)
	d.pass(2 * time.Second)
	d.expect(t, event(node.HealthChanged, 1, healthy), event(node.Believed, 1, healthy))
	d.pass(time.Minute)
	d.expect(t, event(node.Routed, 1, 1)) // debounced
}

func TestAResultThatNobodyWaitsForIsNotTaken(t *testing.T) {
	d := newDesk(8)
	var under node.Probe
	d.answer = func(p node.Probe) (node.Outcome, bool) { under = p; return 0, false }
	d.Assign(d.now, 1)
	d.settle()
	d.pass(time.Second)
	require.EqualValues(t, 1, under.Origin)
	d.Release(1)
	_, taken := d.Probed(d.now, node.ProbeResult{Origin: 1, Token: under.Token, Outcome: node.Failed})
	require.False(t, taken)
	require.Equal(t, health.Unknown, d.Status(1))
}

// A server whose probes cannot be made says so, and goes on believing what it believed.
func TestNotBeingAbleToProbeChangesNoBelief(t *testing.T) {
	d := newDesk(8)
	d.Assign(d.now, 1)
	d.pass(time.Second)
	d.always(node.Unable)
	d.events = nil
	d.pass(time.Minute)
	d.expect(t, event(node.HealthChanged, 1, uint64(health.Unable)))
	require.Equal(t, health.Healthy, d.Status(1))
	d.Learn(d.now, 1, health.Unhealthy)
	require.Equal(t, health.Unhealthy, d.Status(1), "who cannot probe believes others")
}

// "It takes its own network to be down": all probes fail, and no peer is heard.
func TestALostNetworkCondemnsNobody(t *testing.T) {
	d := newDesk(8)
	d.Peers(2)
	for origin := range uint32(4) {
		d.Assign(d.now, origin)
	}
	d.Heard(d.now)
	d.pass(5 * time.Second)
	d.always(node.Failed)
	d.events = nil
	d.pass(time.Minute)
	d.expect(t, event(node.NetworkLost, 0, 0))
	require.Equal(t, health.Healthy, d.Status(3))
	for range 8 {
		d.Heard(d.now)
		d.pass(time.Second)
	}
	require.Equal(t, health.Unhealthy, d.Status(3), "peers are heard, and the origins are still dead")
}
