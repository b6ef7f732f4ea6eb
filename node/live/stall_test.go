package live

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Stand has the machine stand still for a while, as a process does that is stopped and continued.
func (n *Node) Stand(span time.Duration) {
	_ = n.ask(context.Background(), func() { time.Sleep(span) })
}

// Alarms that came due while the machine stood still go off, each once, before anything else.
func TestAlarmsWaitForAMachineThatStandsStill(t *testing.T) {
	n, _ := lone(t)
	period := n.driver.config.Agent.Gossip.Period
	n.Stand(period + period/5)
	require.NoError(t, n.ask(context.Background(), func() {
		at, _ := n.driver.alarms.next()
		require.Greater(t, at, n.driver.clock.now())
	}))
}
