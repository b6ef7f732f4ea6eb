package api

import (
	"net/http/httptest"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

func TestTheAPICountsItself(t *testing.T) {
	registry := prometheus.NewRegistry()
	s := newTestServer(t, newFakeNode(), func(c *Config) { c.Gatherer = registry })
	registry.MustRegister(s)
	server := httptest.NewServer(s)
	defer server.Close()
	w := watch(t, server.URL+"/v1/watch")
	defer w.close()
	s.journal.add([]view.Event{believed("shop", "a:1", "healthy")}, 3)

	metrics := get(t, s, "/metrics")
	require.Contains(t, metrics, watchersMetric+" 1\n")
	require.Contains(t, metrics, eventsMetric+" 2\n") // that there was a gap is one
	require.Contains(t, metrics, missedMetric+" 3\n")
}
