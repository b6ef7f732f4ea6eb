package live_test

import (
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

// "Loses is asked of every datagram that comes whether it got lost on the way"
func TestLostDatagramsNeverCame(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	c := quick(t, "deaf")
	c.Registerer, c.Loses = registry, func() bool { return true }
	deaf := start(t, c)
	other := start(t, quick(t, "other", deaf.Address().String()))
	require.Eventually(t, func() bool {
		return counted(t, registry, "butterfly_datagrams_dropped_total", "lost") >= 3
	}, patience, 10*time.Millisecond)
	require.Zero(t, counted(t, registry, "butterfly_datagrams_total", "in"))
	require.Equal(t, 2, overview(other).Members, "streams lose nothing")
}
