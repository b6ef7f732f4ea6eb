package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// "each answers 200 until it is told otherwise by PUT", on any path.
func TestTrialOriginsAnswerAsTheyAreTold(t *testing.T) {
	origin := newTrialOrigin()
	ask := func(method, body string) (status int, text string) {
		w := httptest.NewRecorder()
		origin.ServeHTTP(w, httptest.NewRequest(method, "/health", strings.NewReader(body)))
		return w.Code, w.Body.String()
	}
	status, _ := ask(http.MethodGet, "")
	require.Equal(t, 200, status)
	for _, wrong := range []string{"", "well", "199", "600", "5030", "-503"} {
		status, text := ask(http.MethodPut, wrong)
		require.Equal(t, 400, status, wrong)
		require.Equal(t, "expected a status in the body, 200 to 599\n", text)
	}
	status, _ = ask(http.MethodPut, "503\n")
	require.Equal(t, 503, status)
	status, text := ask(http.MethodGet, "")
	require.Equal(t, 503, status)
	require.Equal(t, "503 Service Unavailable\n", text)
}

// They listen until they are told to end, and what is wrong with an address is said.
func TestTrialOriginsListenUntilTheyEnd(t *testing.T) {
	reader, writer := io.Pipe()
	run := func(ctx context.Context, addresses ...string) error {
		a := &app{out: writer, err: io.Discard, build: func() string { return "test" }}
		return a.command().Run(ctx, append([]string{"butterfly", "node", "origins"}, addresses...))
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	origin := httptest.NewServer(http.NotFoundHandler()) // for an address that is free when it closes
	taken := origin.Listener.Addr().String()
	require.ErrorContains(t, run(ctx, taken), taken+": listen tcp ")
	origin.Close()
	require.ErrorContains(t, run(ctx), "needs addresses to listen at")
	require.ErrorContains(t, run(ctx, "127.0.0.1"), "expected host:port")

	go func() { ended <- run(ctx, taken) }()
	said := make([]byte, 1000)
	n, err := reader.Read(said)
	require.NoError(t, err)
	require.Equal(t, "1 origin up, each with status 200; to change that of the first: "+
		"curl -X PUT -d 503 http://"+taken+"\n", string(said[:n]))
	response, err := http.Get("http://" + taken)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, 200, response.StatusCode)
	cancel()
	require.NoError(t, <-ended)
}
