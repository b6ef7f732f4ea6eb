package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// "server address [parameters]; ... weight=number sets the weight of the server, by default, 1;
// ... down marks the server as permanently unavailable." (nginx documentation,
// ngx_http_upstream_module)
func TestNginxUpstream(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	w := ask(s, "GET", "/v1/nginx/upstream?service=shop", "")
	require.Equal(t, "text/plain; charset=utf-8", w.Header().Get("Content-Type"))
	require.Equal(t, `server 192.0.2.10:80 weight=3;
server 192.0.2.11:80 down;
server [2001:db8::1]:8080 down;
`, w.Body.String())
	mail := get(t, s, "/v1/nginx/upstream?service=mail")
	require.Equal(t, "server mx.example.org:25 weight=1;\n", mail)
	require.Equal(t, http.StatusNotFound, ask(s, "GET", "/v1/nginx/upstream?service=nothing", "").Code)
	require.Equal(t, http.StatusBadRequest, ask(s, "GET", "/v1/nginx/upstream", "").Code)
}
