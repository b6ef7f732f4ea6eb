package live

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
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
	stood := n.driver.clock.now()
	require.NoError(t, n.ask(context.Background(), func() {})) // after it come the alarms that are due
	var next clock.Time
	require.NoError(t, n.ask(context.Background(), func() { next, _ = n.driver.alarms.next() }))
	require.Greater(t, next, stood)
}

// "overload sheds the oldest datagrams and says so in metrics".
func TestWhatAStandingMachineCannotTakeIsShed(t *testing.T) {
	n, ring := lone(t)
	socket, err := net.Dial("udp", n.Address().String())
	require.NoError(t, err)
	defer socket.Close()
	shed := func() float64 {
		return testutil.ToFloat64(n.driver.metrics.dropped.WithLabelValues("shed"))
	}
	require.NoError(t, n.ask(context.Background(), func() {
		for i := uint64(1); err == nil && shed() < 100 && i < 100*maxWaiting; i++ {
			_, err = socket.Write(ring.Seal(nil, []byte("no message"), 7, 1, i))
		}
	}))
	require.NoError(t, err)
	require.GreaterOrEqual(t, shed(), 100.0)
	require.Eventually(t, func() bool {
		parsed := n.driver.metrics.dropped.WithLabelValues("message")
		return testutil.ToFloat64(parsed) >= maxWaiting
	}, 10*time.Second, time.Millisecond, "all others were looked at")
}
