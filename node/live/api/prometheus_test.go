package api

import (
	"net/http"
	"regexp"
	"testing"

	"encoding/json"

	"github.com/stretchr/testify/require"
)

// "The SD endpoint must answer with an HTTP 200 response, with the HTTP Header Content-Type:
// application/json. The answer must be UTF-8 formatted. If no targets should be transmitted, HTTP
// 200 must also be emitted, with an empty list []." (Prometheus documentation, "Writing HTTP
// Service Discovery")
func TestHTTPServiceDiscovery(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	w := ask(s, "GET", "/v1/prometheus/http_sd?service=mail", "")
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, "application/json", w.Header().Get("Content-Type"))
	require.JSONEq(t, `[{"targets": ["mx.example.org:25"], "labels": {
		"__meta_butterfly_service": "mail", "__meta_butterfly_status": "healthy",
		"__meta_butterfly_routed": "true", "__meta_butterfly_weight": "1",
		"__meta_butterfly_checker": "bob"}}]`, w.Body.String())
	require.Equal(t, "[]\n", get(t, s, "/v1/prometheus/http_sd?service=nothing"))

	// "The whole list of targets must be returned on every scrape."
	var groups []targetGroup
	require.NoError(t, json.Unmarshal([]byte(get(t, s, "/v1/prometheus/http_sd")), &groups))
	require.Len(t, groups, 4)
	// A label name is [a-zA-Z_][a-zA-Z0-9_]* (Prometheus documentation, "Data model").
	for name := range groups[0].Labels {
		require.Regexp(t, regexp.MustCompile(`^__meta_[a-z_]+$`), name)
	}
}

// "An origin whose target is not a host and a port cannot be said in these formats and is left
// out".
func TestOutputsLeaveOutWhatTheyCannotSay(t *testing.T) {
	node := newFakeNode()
	node.list = node.list[:0]
	node.put(origin("shop", "a b;}:80", "healthy", true, 1))
	s := newTestServer(t, node)
	require.Equal(t, "[]\n", get(t, s, "/v1/prometheus/http_sd"))
	require.Equal(t, "[]\n", get(t, s, "/v1/health/service/shop"))
	require.Empty(t, get(t, s, "/v1/nginx/upstream?service=shop"))
	require.Contains(t, get(t, s, "/v1/envoy/eds"), `"lb_endpoints":[]`)
	require.Contains(t, get(t, s, "/v1/origins"), "a b;}:80")
}
