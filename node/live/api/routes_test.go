package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever is asked for, the answer is one of those documented, and a refusal is JSON that says
// why.
func FuzzRequest(f *testing.F) {
	for _, path := range []string{
		"/", "/?service=shop&from=1", "/health", "/v1/node", "/v1/origins",
		"/v1/origins/shop/192.0.2.10:80", "/v1/origins/a%2Fb/c", "/v1/origins//", "/v1/../v1/node",
		"/v1/health/service/shop?passing&wait=1ms", "/v1/prometheus/http_sd",
		"/v1/envoy/eds?service=shop", "/v1/nginx/upstream?service=shop", "/%00",
	} {
		f.Add("GET", path, "")
	}
	f.Add("PUT", "/v1/origins/shop/a:1", `{"weight":2}`)
	f.Add("DELETE", "/v1/origins/shop/192.0.2.10:80", "")
	node := newFakeNode()
	s := newTestServer(f, node)
	documented := []int{200, 204, 301, 307, 400, 403, 404, 405, 413, 429}
	f.Fuzz(func(t *testing.T, method, target, body string) {
		parsed, err := url.ParseRequestURI(target)
		if err != nil || strings.HasPrefix(parsed.Path, "/v1/watch") || parsed.Query().Has("index") {
			return // what no server would take for a request, and what waits
		}
		r := httptest.NewRequest("GET", "/", strings.NewReader(body))
		r.Method, r.URL, r.RequestURI, r.Host = method, parsed, target, "127.0.0.1"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		require.Contains(t, documented, w.Code)
		if w.Code >= http.StatusBadRequest {
			var said struct{ Error string }
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &said), w.Body.String())
			require.NotEmpty(t, said.Error)
		}
	})
}
