package live_test

import (
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"butterfly/node/live"
)

// lateRegistry takes its time to register, and hears of what is unregistered meanwhile.
type lateRegistry struct {
	*prometheus.Registry
	unregistered chan struct{}
}

func (r *lateRegistry) Register(c prometheus.Collector) error {
	select {
	case <-r.unregistered:
	case <-time.After(500 * time.Millisecond):
	}
	return r.Registry.Register(c)
}

func (r *lateRegistry) Unregister(c prometheus.Collector) bool {
	r.unregistered <- struct{}{}
	return r.Registry.Unregister(c)
}

// "Registerer gets the node's metrics until it stops", and if that is before it has them all: a seed that
// lives under the node's number ends the life while the metrics are being registered.
func TestNoMetricsAreLeftOfALifeThatEndedEarly(t *testing.T) {
	t.Parallel()
	c := quick(t, "seed")
	c.Number = 7
	seed := start(t, c)
	registry := &lateRegistry{prometheus.NewRegistry(), make(chan struct{}, 1)}
	c = quick(t, "twin", seed.Address().String())
	c.Number, c.JoinTime, c.Registerer = 7, 0, registry
	twin, err := live.Start(t.Context(), c)
	require.NoError(t, err)
	select {
	case <-twin.Done():
	case <-time.After(patience):
		require.Fail(t, "the node lives on")
	}
	require.ErrorContains(t, twin.Err(), "lives under this node's number 7")
	families, err := registry.Gather()
	require.NoError(t, err)
	require.Empty(t, families)
}

// A node that cannot have its metrics registered does not take away those of the one that has.
func TestMetricsOfOthersStay(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	c := quick(t, "first")
	c.Registerer = registry
	start(t, c)
	c.Name = "second"
	_, err := live.Start(t.Context(), c)
	require.ErrorContains(t, err, "live: metrics: ")
	families, err := registry.Gather()
	require.NoError(t, err)
	require.NotEmpty(t, families)
}
