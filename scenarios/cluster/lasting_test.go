package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// flatterer takes what is down for up.
type flatterer struct{ *agent.Agent }

func (f *flatterer) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	result.Outcome = node.Succeeded
	f.Agent.Probed(now, result, out)
}

// An origin that is dead to the end of the run is known to be so at rest, which "health-is-true"
// judges.
func TestWhatIsDeadForGoodIsKnownToBeDead(t *testing.T) {
	s := small(t, "calm", "duration=8m")
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.OriginDown, At: scenarios.Span(time.Minute), Origins: []uint32{7},
	}}
	require.NoError(t, s.Validate())
	c := plan(s, 1)
	require.Equal(t, world.Pass, c.play(c.spec()).Verdict)
	for host := range node.ID(s.Servers) {
		known, up := c.believed(host, 7)
		require.True(t, known)
		require.False(t, up)
	}
	spoilt := sabotage{machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] {
		return &flatterer{a}
	}}
	require.Contains(t, spoilt.play(plan(s, 1)), checkers.PropertyHealth)
}
