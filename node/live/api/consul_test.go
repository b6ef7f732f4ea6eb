package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// The sample response of "List Service Instances for Service" (Consul API documentation, "Health
// HTTP Endpoint"), as clients decode it. Namespace is of the enterprise edition.
const consulSample = `{
  "Node": {"ID": "", "Node": "192.0.2.10", "Address": "192.0.2.10", "Datacenter": "west",
    "TaggedAddresses": {}, "Meta": {}},
  "Service": {"ID": "shop/192.0.2.10:80", "Service": "shop", "Tags": [], "Address": "192.0.2.10",
    "TaggedAddresses": {}, "Meta": {}, "Port": 80, "Weights": {"Passing": 3, "Warning": 1}},
  "Checks": [{"Node": "192.0.2.10", "CheckID": "service:shop/192.0.2.10:80", "Name": "butterfly",
    "Status": "passing", "Notes": "", "Output": "healthy", "ServiceID": "shop/192.0.2.10:80",
    "ServiceName": "shop", "ServiceTags": []}]
}`

func TestConsulShape(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	require.JSONEq(t, "["+consulSample+"]", get(t, s, "/v1/health/service/shop?passing"))
	shop := statuses(t, get(t, s, "/v1/health/service/shop"))
	require.Equal(t, []string{"passing", "critical", "critical"}, shop)
	mail := statuses(t, get(t, s, "/v1/health/service/mail?dc=west&stale"))
	require.Equal(t, []string{"passing"}, mail)
	require.Equal(t, "[]\n", get(t, s, "/v1/health/service/nothing"))
}

// "passing (bool: false) - Specifies that the server should return only nodes with all checks in
// the passing state." So one that fails open is passing: it is routed.
func TestConsulPassingIsWhatIsRouted(t *testing.T) {
	node := newFakeNode()
	node.put(origin("shop", "192.0.2.11:80", "unhealthy", true, 1))
	s := newTestServer(t, node)
	for query, want := range map[string]int{
		"?passing": 2, "?passing=true": 2, "?passing=1": 2, "?passing=false": 3, "": 3,
	} {
		require.Len(t, statuses(t, get(t, s, "/v1/health/service/shop"+query)), want, query)
	}
}

func statuses(t *testing.T, body string) (all []string) {
	var instances []instanceShape
	require.NoError(t, json.Unmarshal([]byte(body), &instances))
	for _, i := range instances {
		require.Len(t, i.Checks, 1)
		all = append(all, i.Checks[0].Status)
	}
	return all
}

func TestConsulRefusesWhatItWouldIgnore(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	for _, query := range []string{
		"filter=x", "tag=x", "node-meta=x", "passing=maybe", "index=-1", "index=x", "wait=5", "wait=-1s",
		"wait=forever",
	} {
		w := ask(s, "GET", "/v1/health/service/shop?"+query, "")
		require.Equal(t, http.StatusBadRequest, w.Code, query)
	}
}

// "the client can set the index query string parameter to the value of X-Consul-Index, indicating
// that the client wishes to wait for any changes subsequent to that index. When this is provided,
// the HTTP request will "hang" until a change in the system occurs, or the maximum timeout is
// reached." (Consul API documentation, "Blocking Queries")
func TestBlockingQueries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		node := newFakeNode()
		s := New(Config{Source: node})
		defer s.Close()
		answer := func(query string) (index string, took time.Duration) {
			began := time.Now()
			w := ask(s, "GET", "/v1/health/service/shop?"+query, "")
			require.Equal(t, http.StatusOK, w.Code)
			return w.Header().Get("X-Consul-Index"), time.Since(began)
		}
		emitLater := func(service string) {
			time.AfterFunc(7*time.Second, func() { node.emit(believed(service, "a:1", "unhealthy")) })
		}
		first, took := answer("")
		require.Zero(t, took)

		index, took := answer("wait=10s&index=" + first)
		require.Equal(t, first, index)
		require.Equal(t, 10*time.Second, took)
		_, took = answer("index=" + first)
		require.Equal(t, 5*time.Minute, took, "If not set, the wait time defaults to 5 minutes.")
		_, took = answer("wait=1h&index=" + first)
		require.Equal(t, 10*time.Minute, took, "This is limited to 10 minutes.")

		emitLater("shop")
		index, took = answer("wait=10s&index=" + first)
		require.Equal(t, 7*time.Second, took)
		require.Greater(t, number(t, index), number(t, first))

		emitLater("mail")
		_, took = answer("wait=10s&index=" + index)
		require.Equal(t, 10*time.Second, took, "a change of another service")

		_, took = answer("wait=10s&index=" + first)
		require.Zero(t, took, "a reader that is behind")
		_, took = answer("wait=10s&index=1")
		require.Zero(t, took, "a reader of another process")
	})
}

func number(t *testing.T, index string) uint64 {
	n, err := strconv.ParseUint(index, 10, 64)
	require.NoError(t, err)
	require.NotZero(t, n, `"the X-Consul-Index returned should always be greater than zero"`)
	return n
}

// Blocking queries are watchers: they are bounded as such, and end with the server.
func TestBlockingQueriesAreWatchers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Source: newFakeNode(), Limits: Limits{Watchers: 1}})
		path := "/v1/health/service/shop"
		path += "?index=" + ask(s, "GET", path, "").Header().Get("X-Consul-Index")
		var waiting sync.WaitGroup
		waiting.Go(func() { require.Equal(t, http.StatusOK, ask(s, "GET", path, "").Code) })
		synctest.Wait()
		require.Equal(t, http.StatusTooManyRequests, ask(s, "GET", path, "").Code)
		s.Close()
		waiting.Wait()
	})
}

func TestABlockingQueryEndsWithItsClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Source: newFakeNode()})
		defer s.Close()
		index := ask(s, "GET", "/v1/health/service/shop", "").Header().Get("X-Consul-Index")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		s.ServeHTTP(httptest.NewRecorder(),
			httptest.NewRequestWithContext(
				ctx, "GET", "http://127.0.0.1/v1/health/service/shop?index="+index, nil))
		require.Equal(t, time.Second, time.Since(began))
	})
}

func FuzzParseConsul(f *testing.F) {
	for _, raw := range []string{
		"", "passing", "passing=0", "index=5&wait=10s", "wait=1h", "wait=-1s", "filter", "%", ";",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		asked, err := parseConsul(raw)
		if err != nil {
			require.Equal(t, http.StatusBadRequest, refusalOf(err).status)
			return
		}
		require.GreaterOrEqual(t, asked.wait, time.Duration(0))
		require.LessOrEqual(t, asked.wait, longestWait)
	})
}
