package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

// "Fields are lower_snake, times RFC 3339, durations in ms as *_ms, hashes and scores 16
// hexadecimal digits in a string".
func TestTheJSONAPI(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	for path, want := range map[string]string{
		"/v1/node": `{"name":"ada","address":"192.0.2.1:7946","api":"127.0.0.1:8500","label":"west",
			"build":"v1","number":4711,"generation":1772366400000,"started":"2026-03-01T11:00:00Z",
			"now":"2026-03-01T12:00:00Z","ready":true,"leaving":false,"network_lost":false,"members":2,
			"origins":4,"checking":2,"healthy":2,"unhealthy":1,"unknown":1}`,
		"/v1/members": `[
			{"name":"ada","address":"192.0.2.1:7946","api":"127.0.0.1:8500","number":4711,"state":"alive",
			 "generation":1772366400000,"refutations":0,"since":"2026-03-01T11:00:00Z","self":true},
			{"name":"bob","address":"192.0.2.2:7946","number":815,"state":"suspect",
			 "generation":1772366400001,"refutations":2,"since":"2026-03-01T11:59:57Z","self":false}]`,
		"/v1/services": `[
			{"name":"mail","check":"GET / expects 200","origins":1,"healthy":1,"unhealthy":0,"unknown":0,
			 "routed":1,"fails_open":false},
			{"name":"shop","check":"GET / expects 200","origins":3,"healthy":1,"unhealthy":1,"unknown":1,
			 "routed":1,"fails_open":false}]`,
		"/v1/origins?service=mail": `[{"service":"mail","target":"mx.example.org:25","weight":1,
			"status":"healthy","since":"2026-03-01T11:58:30Z","routed":true,"checker":"bob",
			"checking":false}]`,
		"/v1/origins/shop/192.0.2.10:80": `{"service":"shop","target":"192.0.2.10:80","weight":3,
			"status":"healthy","since":"2026-03-01T11:58:30Z","routed":true,"checker":"bob",
			"checking":false,"check":"GET / expects 200",
			"ranking":[{"server":"bob","rank":0,"score":"ffffffffffffffff","claims":true},
			           {"server":"ada","rank":1,"score":"0000000000000007","claims":false}],
			"history":[{"at":"2026-03-01T11:58:30Z","status":"healthy","checker":"bob"}],
			"last_probe":{"at":"2026-03-01T12:00:00Z","outcome":"succeeded","took_ms":12,
			              "detail":"200 OK"}}`,
		"/v1/map": `{"keys":5,"version_hash":"ffffffffffffffff","state_hash":"0000000000000010",
			"versions":[{"server":"ada","generation":1772366400000,"seq":9}]}`,
		"/health": `{"status":"ok"}`,
	} {
		w := ask(s, "GET", path, "")
		require.Equal(t, http.StatusOK, w.Code, path)
		require.Equal(t, "application/json", w.Header().Get("Content-Type"), path)
		require.JSONEq(t, want, w.Body.String(), path)
	}
	require.Equal(t, 4, strings.Count(get(t, s, "/v1/origins"), `"target"`))
}

// "Names in paths are percent-encoded where they have to be: a service "a/b" is a%2Fb."
func TestNamesInPathsAreDecoded(t *testing.T) {
	node := newFakeNode()
	node.put(origin("a/b", "[2001:db8::1]:80", "healthy", true, 1))
	s := newTestServer(t, node)
	require.Contains(t, get(t, s, "/v1/origins/a%2Fb/%5B2001:db8::1%5D:80"), `"service":"a/b"`)
}

func TestAnEmptyListIsNotNull(t *testing.T) {
	node := newFakeNode()
	node.list = nil
	s := newTestServer(t, node)
	for _, path := range []string{"/v1/origins", "/v1/services", "/v1/prometheus/http_sd"} {
		require.Equal(t, "[]\n", get(t, s, path), path)
	}
}

// "What cannot be done is answered by {"error": "why"} and" a status.
func TestRefusals(t *testing.T) {
	long := strings.Repeat("x", nameBytes+1)
	for _, c := range []struct {
		method, path, body string
		status             int
		why                string
	}{
		{"GET", "/v1/nothing", "", 404, "no such path"},
		{"GET", "/v1/origins/shop/192.0.2.99:80", "", 404, "not known to this node"},
		{"GET", "/v1/origins?service=nothing", "", 404, "not known to this node"},
		{"GET", "/v1/origins?servce=x", "", 400, `unknown parameter "servce"; expected one of: service`},
		{"GET", "/v1/origins?service=", "", 400, "service: expected a name"},
		{"GET", "/v1/origins?service=" + long, "", 400, "service: expected at most 260 bytes"},
		{"GET", "/v1/origins?service=a%00b", "", 400, "service: expected no control characters"},
		{"GET", "/v1/origins?service=%ff", "", 400, "service: expected UTF-8"},
		{"GET", "/v1/origins?%zz", "", 400, "query: invalid URL escape"},
		{"GET", "/v1/watch?kind=", "", 400, "kind: expected a name"},
		{"GET", "/?from=-1", "", 400, "from: expected the number of a row"},
		{"POST", "/v1/node", "", 405, "POST is not possible here; GET, HEAD is"},
		{"POST", "/v1/origins/shop/a:1", "", 405, "DELETE, GET, HEAD, PUT"},
		{"PUT", "/v1/origins/shop/a", "", 400, "target: expected a port"},
		{"PUT", "/v1/origins/shop/a:1", `{"weight":65536}`, 400, `body: expected {"weight": 0 to 65535}`},
		{"PUT", "/v1/origins/shop/a:1", `{"wait":1}`, 400, `unknown field`},
		{"PUT", "/v1/origins/shop/a:1", `{} {}`, 400, "more than one value"},
		{"PUT", "/v1/origins/shop/a:1", strings.Repeat(" ", defaultBodyBytes+1), 413, "too large"},
		{"DELETE", "/v1/origins/shop/a:1", "", 404, "not known to this node"},
	} {
		w := ask(newTestServer(t, newFakeNode()), c.method, c.path, c.body)
		require.Equal(t, c.status, w.Code, "%s %s", c.method, c.path)
		require.Contains(t, errorOf(t, w.Body.String()), c.why)
		if c.status == http.StatusMethodNotAllowed {
			require.Contains(t, w.Header().Get("Allow"), "GET")
		}
	}
}

// A node that does not answer, or fails, is not the client's fault; what went wrong inside stays
// there.
func TestTroubleInsideTheNode(t *testing.T) {
	node := newFakeNode()
	s := newTestServer(t, node)
	node.fails = context.DeadlineExceeded
	w := ask(s, "GET", "/v1/node", "")
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.Equal(t, "1", w.Header().Get("Retry-After"))
	node.fails = view.ErrStopped
	for _, path := range []string{"/v1/node", "/v1/origins", "/v1/map", "/health", "/", "/v1/envoy/eds"} {
		w = ask(s, "GET", path, "")
		require.Equal(t, http.StatusServiceUnavailable, w.Code, path)
		require.JSONEq(t, `{"error":"the node has stopped"}`, w.Body.String(), path)
	}
	node.fails = errors.New("secret")
	w = ask(s, "GET", "/v1/node", "")
	require.Equal(t, http.StatusInternalServerError, w.Code)
	require.NotContains(t, w.Body.String(), "secret")
}

// "503 while the node has not joined": what a list would say is not yet known. The rest answers.
func TestOutputsWaitUntilTheNodeIsReady(t *testing.T) {
	node := newFakeNode()
	node.change(func(o *view.Overview) { o.Ready = false })
	s := newTestServer(t, node)
	outputs := []string{"/v1/health/service/shop", "/v1/prometheus/http_sd", "/v1/envoy/eds",
		"/v1/nginx/upstream?service=shop", "/health"}
	for _, path := range outputs {
		require.Equal(t, http.StatusServiceUnavailable, ask(s, "GET", path, "").Code, path)
	}
	require.Equal(t, http.StatusServiceUnavailable, ask(s, "PUT", "/v1/origins/shop/a:1", "").Code)
	get(t, s, "/v1/node")
	get(t, s, "/v1/members")
	require.Contains(t, get(t, s, "/"), "has not joined yet")
	node.change(func(o *view.Overview) { o.Ready = true })
	for _, path := range outputs {
		get(t, s, path)
	}
}

func TestHealthOfANodeThatLeaves(t *testing.T) {
	node := newFakeNode()
	node.change(func(o *view.Overview) { o.Leaving = true })
	w := ask(newTestServer(t, node), "GET", "/health", "")
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.JSONEq(t, `{"status":"unavailable","why":"the node is leaving"}`, w.Body.String())
}

func TestMetricsAndProfilesOnlyWhenAskedFor(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	require.Equal(t, 404, ask(s, "GET", "/metrics", "").Code)
	require.Equal(t, 404, ask(s, "GET", "/debug/pprof/", "").Code)

	registry := prometheus.NewRegistry()
	counter := prometheus.NewCounter(prometheus.CounterOpts{Name: "butterfly_probes_total"})
	registry.MustRegister(counter)
	counter.Add(3)
	s = newTestServer(t, newFakeNode(), func(c *Config) { c.Gatherer, c.Pprof = registry, true })
	require.Contains(t, get(t, s, "/metrics"), "butterfly_probes_total 3")
	require.Contains(t, get(t, s, "/debug/pprof/"), "goroutine")
}

func TestClosingEndsTheSubscription(t *testing.T) {
	node := newFakeNode()
	s := newTestServer(t, node)
	s.Close()
	s.Close()
	require.Eventually(t, func() bool {
		node.mutex.Lock()
		defer node.mutex.Unlock()
		return len(node.subscriptions) == 0
	}, 30*time.Second, time.Millisecond)
}
