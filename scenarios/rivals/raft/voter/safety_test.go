package voter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/sim/clock"
)

// A checker that has never fired proves nothing.
func TestTheCheckerOfTheTestsFires(t *testing.T) {
	s, report := newSafety(), checkers.Report{}
	see := func(at clock.Time, host node.ID, e node.Event) {
		s.Observe(&checkers.Observation{Kind: checkers.Event, At: at, Host: host, Event: e}, nil, &report)
	}
	const second = 1_000_000_000
	see(1*second, 0, node.Event{Kind: leading})
	see(2*second, 1, node.Event{Kind: leading})
	see(2*second, 0, node.Event{Kind: applied, A: 1, B: 5})
	see(2*second, 1, node.Event{Kind: applied, A: 1, B: 5})
	require.Empty(t, report.Violations())
	see(2*second+1, 0, node.Event{Kind: leading})
	see(3*second, 2, node.Event{Kind: applied, A: 1, B: 6})
	require.Equal(t, 1, report.Broken("one-leader"))
	require.Equal(t, 1, report.Broken("state-machine-safety"))
}
