package live

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/live/endpoint"
)

// What a failure means to the machine: "Refused means the peer's host answered and nobody served the
// request", "Timeout means no answer came within the caller's deadline" (package node).
func TestHowCallsEnd(t *testing.T) {
	n, _ := lone(t)
	other, _ := lone(t)
	closed := other.Address()
	other.Stop()
	silent := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	elsewhere := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+n.Address().String()+helloPath, http.StatusTemporaryRedirect)
	})
	nonsense := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, 100))
	})
	question := appendHello(nil, &n.self)
	for _, test := range []struct {
		name, path string
		to         netip.AddrPort
		want       node.Failure
	}{
		{"nobody listens", callPath, closed, node.Refused},
		{"nobody answers", callPath, silent, node.Timeout},
		{"somebody sends us elsewhere", helloPath, elsewhere, node.Refused},
		{"somebody answers who is not of the cluster", callPath, nonsense, node.Refused},
		{"this very node", callPath, n.Address(), node.Refused},
		{"a hello", helloPath, n.Address(), node.OK},
		{"somebody answers who was not asked", helloPath, n.Address(), node.Timeout},
	} {
		who, limit := anyone, 10*time.Second
		if test.want == node.Timeout {
			who = n.self.number ^ 1
		}
		if test.to == silent {
			limit = 200 * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		_, err := n.carrier.call(ctx, who, test.to, test.path, question)
		cancel()
		require.Equal(t, test.want, failureOf(err), "%s: %v", test.name, err)
	}
}

// serve is a server of HTTP/2 without TLS that is none of ours.
func serve(t testing.TB, handle http.HandlerFunc) netip.AddrPort {
	server := httptest.NewUnstartedServer(handle)
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	t.Cleanup(server.Close)
	return endpoint.OfTCP(server.Listener.Addr())
}
