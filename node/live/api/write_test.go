package api

import (
	"encoding/json"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

// errorOf returns why a request was refused.
func errorOf(t *testing.T, body string) string {
	var said map[string]string
	require.NoError(t, json.Unmarshal([]byte(body), &said), body)
	require.Len(t, said, 1)
	return said["error"]
}

func TestRegisteringAndRemoving(t *testing.T) {
	node := newFakeNode()
	s := newTestServer(t, node)
	w := ask(s, "PUT", "/v1/origins/shop/192.0.2.12:80", `{"weight": 5}`)
	require.Equal(t, http.StatusOK, w.Code)
	require.JSONEq(t, `{"service":"shop","target":"192.0.2.12:80","weight":5}`, w.Body.String())
	registered := node.find(view.Name{Service: "shop", Target: "192.0.2.12:80"})
	require.EqualValues(t, 5, node.list[registered].Weight)

	w = ask(s, "PUT", "/v1/origins/shop/192.0.2.13:80", "")
	require.JSONEq(t, `{"service":"shop","target":"192.0.2.13:80","weight":1}`, w.Body.String())
	for _, trailing := range []string{`{"weight":1}]`, `{"weight":1}x`, `{}{}`} {
		require.Equal(t, http.StatusBadRequest, ask(s, "PUT", "/v1/origins/shop/a:1", trailing).Code)
	}
	w = ask(s, "DELETE", "/v1/origins/shop/192.0.2.13:80", "")
	require.Equal(t, http.StatusNoContent, w.Code)
	require.Negative(t, node.find(view.Name{Service: "shop", Target: "192.0.2.13:80"}))
}

// "401: a write without the token". "Reading needs no token."
func TestWritersShowTheToken(t *testing.T) {
	s := newTestServer(t, newFakeNode(), func(c *Config) { c.Token = "s3cret" })
	for _, header := range []string{
		"", "s3cret", "Bearer ", "Bearer s3cre", "Bearer s3cret2", "Basic s3cret",
	} {
		w := ask(s, "PUT", "/v1/origins/shop/a:1", "", "Authorization", header)
		require.Equal(t, http.StatusUnauthorized, w.Code, header)
		require.Contains(t, w.Header().Get("WWW-Authenticate"), "Bearer")
	}
	require.Equal(t, http.StatusOK,
		ask(s, "PUT", "/v1/origins/shop/a:1", "", "Authorization", "Bearer s3cret").Code)
	get(t, s, "/v1/origins")
}

// "403: a write from another site's page, or to a name that may be another site's".
func TestPagesOfOtherSitesDoNotWrite(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	put := func(headers ...string) int {
		return ask(s, "PUT", "/v1/origins/shop/a:1", "", headers...).Code
	}
	require.Equal(t, http.StatusOK, put("Sec-Fetch-Site", "same-origin"))
	require.Equal(t, http.StatusForbidden, put("Sec-Fetch-Site", "cross-site"))
	require.Equal(t, http.StatusForbidden, put("Origin", "https://evil.example"))
}

// "WritesPerSecond bounds the registrations and removals of all clients together, on average over a
// second".
func TestWritesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Source: newFakeNode(), Limits: Limits{WritesPerSecond: 10}})
		defer s.Close()
		put := func() int { return ask(s, "PUT", "/v1/origins/shop/a:1", "").Code }
		for range 10 {
			require.Equal(t, http.StatusOK, put())
		}
		require.Equal(t, http.StatusTooManyRequests, put())
		time.Sleep(100 * time.Millisecond)
		require.Equal(t, http.StatusOK, put())
		require.Equal(t, http.StatusTooManyRequests, put())
	})
}

// However the asking is spread, no more than the rate and one second of it are admitted.
func TestPaceHoldsTheRate(t *testing.T) {
	p := newPace(7)
	admitted := 0
	for i := range 10_000 {
		if p.admit(noon.Add(time.Duration(i) * time.Millisecond)) {
			admitted++
		}
	}
	require.InDelta(t, 7*10+7, admitted, 1)
}

func FuzzParseWeight(f *testing.F) {
	for _, body := range []string{
		"", "{}", `{"weight":0}`, `{"weight":-1}`, `{"weight":1e3}`, "[", `{"weight":1}x`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		weight, err := parseWeight(body)
		if err != nil {
			require.Equal(t, http.StatusBadRequest, refusalOf(err).status)
			require.Zero(t, weight)
		}
	})
}
