package live_test

import (
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

// "how many of those from one source, so that a stranger does not have them all": an address that opens
// one after the other is turned away in the end, and another one is served. All of 127.0.0.0/8 is this
// machine's own on Linux.
func TestOneAddressDoesNotHoldAllConnections(t *testing.T) {
	t.Parallel()
	c, registry := quick(t, "a"), prometheus.NewRegistry()
	c.Registerer = registry
	n := start(t, c)
	began := time.Now()
	for total(t, registry, "butterfly_connections_refused_total") == 0 {
		require.Less(t, time.Since(began), patience, "nobody is turned away")
		for range 100 { // faster than those are cut off that say nothing
			held, err := net.Dial("tcp", n.Address().String())
			require.NoError(t, err)
			defer held.Close()
		}
	}
	other := &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{
		LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)},
	}).DialContext}}
	defer other.CloseIdleConnections()
	response, err := other.Post("http://"+n.Address().String()+"/butterfly/v1/hello", "", nil)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusForbidden, response.StatusCode, "it is heard, and has no key")
}

// total is the value of a counter without labels.
func total(t *testing.T, r *prometheus.Registry, name string) (value int) {
	families, err := r.Gather()
	require.NoError(t, err)
	for _, f := range families {
		if f.GetName() == name {
			value = int(f.GetMetric()[0].GetCounter().GetValue())
		}
	}
	return value
}
