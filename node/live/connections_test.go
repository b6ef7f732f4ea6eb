package live_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// "When Stop has returned no goroutine, socket or timer of the node is left": nor the connection of a
// call that was under way.
func TestACallUnderWayLeavesNoConnection(t *testing.T) {
	t.Parallel()
	var open, asked atomic.Int32
	silent := httptest.NewUnstartedServer(http.HandlerFunc(
		func(_ http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			<-r.Context().Done()
		}))
	silent.Config.Protocols = new(http.Protocols)
	silent.Config.Protocols.SetUnencryptedHTTP2(true)
	silent.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			open.Add(1)
		case http.StateClosed:
			open.Add(-1)
		}
	}
	silent.Start()
	t.Cleanup(silent.Close)
	c := quick(t, "a", silent.Listener.Addr().String())
	c.JoinTime = 0
	n := start(t, c)
	before := asked.Load()
	require.Eventually(t, func() bool { return asked.Load() > before }, patience, time.Millisecond)
	n.Stop()
	require.Eventually(t, func() bool { return open.Load() == 0 }, patience, 10*time.Millisecond,
		"connections are idle for two minutes before they are closed")
}
