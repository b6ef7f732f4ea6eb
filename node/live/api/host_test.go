package api

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

// askAs sends a request for a host.
func askAs(s *Server, method, path, host string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Host = host
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// "421: any request for a name that may be another site's": neither pages nor figures are told to a page
// whose name was pointed here, and everybody who asks by address goes on as before.
func TestPagesOfReboundNamesDoNotRead(t *testing.T) {
	s := newTestServer(t, newFakeNode(), func(c *Config) { c.Names = []string{"node-1.example"} })
	for host, own := range map[string]bool{
		"127.0.0.1:8500": true, "localhost:8500": true, "localhost": true, "[::1]:8500": true,
		"[::1]": true, "10.1.2.3": true, "LOCALHOST.:80": true,
		"node-1.example": true, "Node-1.Example:8500": true,
		"evil.example:8500": false, "127.0.0.1.evil.example": false, "node-1.example.evil.example": false,
		"localhost.evil.example": false, "example": false, ":8500": false,
	} {
		require.Equal(t, own, s.isOwnName(host), host)
		for _, path := range []string{"/", "/v1/origins", "/health", "/v1/prometheus/http_sd", "/nowhere"} {
			w := askAs(s, "GET", path, host)
			require.Equal(t, !own, w.Code == http.StatusMisdirectedRequest, "%s %s", host, path)
			if !own {
				require.Contains(t, errorOf(t, w.Body.String()), "is no name of this node; ask for its IP address")
			}
		}
	}
	w := askAs(s, "PUT", "/v1/origins/shop/a:1", "node-1.example")
	require.Equal(t, http.StatusOK, w.Code, "it is not another site's name")
}

// A check by HTTP/1.0 names no host; a browser always does (RFC 9112, section 3.2).
func TestWhoNamesNoHostIsNoBrowser(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	require.Equal(t, http.StatusOK, askAs(s, "GET", "/health", "").Code)
	require.Equal(t, http.StatusForbidden, askAs(s, "PUT", "/v1/origins/shop/a:1", "").Code)
}

// "AnyName has what changes nothing answered whatever host name it is for."
func TestAnyNameIsForReading(t *testing.T) {
	s := newTestServer(t, newFakeNode(), func(c *Config) { c.AnyName = true })
	require.Equal(t, http.StatusOK, askAs(s, "GET", "/v1/origins", "node-1.example").Code)
	require.Equal(t, http.StatusForbidden, askAs(s, "PUT", "/v1/origins/shop/a:1", "node-1.example").Code)
}
