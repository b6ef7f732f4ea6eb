package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

func TestAProbeComesBackWithItsResult(t *testing.T) {
	s := play(t, 1)
	want := node.ProbeResult{Origin: 4, Token: 9, Outcome: node.Succeeded}
	s.Probe(0, want, 10*ms, time.Second)
	step := s.next(time.Second)
	require.Equal(t, want, step.Probe)
	require.Equal(t, clock.At(time.Second), step.Deadline)
	s.expect(time.Second)
	require.Zero(t, s.Held())
}

// "Replies and probe results of an earlier life of the node are never delivered to a later one."
func TestAProbeDoesNotOutliveTheLifeThatStartedIt(t *testing.T) {
	s := play(t, 1)
	s.Probe(0, node.ProbeResult{Token: 1}, 20*ms, time.Second)
	s.Crash(0)
	s.Start(0)
	s.Probe(0, node.ProbeResult{Token: 2}, 20*ms, time.Second)
	require.EqualValues(t, 2, s.next(time.Second).Probe.Token)
	s.expect(time.Second)
	require.Zero(t, s.Held())
}
