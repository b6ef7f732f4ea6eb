package api

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/live/view"
)

// edsHealth returns the states in a service's file, nil if it is not there or not whole.
func edsHealth(folder, service string) map[string]string {
	text, err := os.ReadFile(filepath.Join(folder, service+".json"))
	var response discoveryResponse
	if err != nil || json.Unmarshal(text, &response) != nil {
		return nil
	}
	states := map[string]string{}
	for _, e := range response.Resources[0].Endpoints[0].Endpoints {
		states[e.Endpoint.Address.Socket.Address] = e.HealthStatus
	}
	return states
}

func TestEDSFilesFollowTheNode(t *testing.T) {
	node, folder := newFakeNode(), t.TempDir()
	s := newTestServer(t, node)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.WriteEDS(ctx, folder) }()
	becomes := func(service string, want map[string]string) {
		require.EventuallyWithT(t, func(t *assert.CollectT) {
			require.Equal(t, want, edsHealth(folder, service))
		}, 30*time.Second, 5*time.Millisecond)
	}
	becomes("shop", map[string]string{
		"192.0.2.10": "HEALTHY", "192.0.2.11": "UNHEALTHY", "2001:db8::1": "DRAINING",
	})
	before, err := os.Stat(filepath.Join(folder, "shop.json"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o644), before.Mode().Perm())

	node.put(origin("shop", "192.0.2.11:80", "healthy", true, 1))
	node.emit(believed("shop", "192.0.2.11:80", "healthy"))
	becomes("shop", map[string]string{
		"192.0.2.10": "HEALTHY", "192.0.2.11": "HEALTHY", "2001:db8::1": "DRAINING",
	})

	// "Envoy will only watch the file path for moves": it is another file by the same name.
	after, err := os.Stat(filepath.Join(folder, "shop.json"))
	require.NoError(t, err)
	require.False(t, os.SameFile(before, after))

	// "When a service is gone its file has no endpoints any more".
	require.NoError(t, node.Unregister(ctx, view.Name{Service: "mail", Target: "mx.example.org:25"}))
	node.put(origin("new", "192.0.2.20:80", "healthy", true, 1))
	shop, err := node.Origins(ctx, "shop")
	require.NoError(t, err)
	for _, o := range shop {
		require.NoError(t, node.Unregister(ctx, o.Name))
	}
	node.emit(view.Event{Kind: "origin-forgotten", Service: "shop"})
	becomes("new", map[string]string{"192.0.2.20": "HEALTHY"})
	becomes("shop", map[string]string{})

	cancel()
	require.NoError(t, <-ended)
	left, err := filepath.Glob(filepath.Join(folder, ".*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// A node that has not joined knows less than the files.
func TestEDSFilesAreLeftAloneUntilTheNodeIsReady(t *testing.T) {
	node, folder := newFakeNode(), t.TempDir()
	node.change(func(o *view.Overview) { o.Ready = false })
	s := newTestServer(t, node)
	files := edsFiles{folder: folder, written: map[string][]byte{}}
	require.NoError(t, s.updateEDS(t.Context(), &files))
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, entries)
	node.change(func(o *view.Overview) { o.Ready = true })
	require.NoError(t, s.updateEDS(t.Context(), &files))
	require.NotNil(t, edsHealth(folder, "shop"))
}

func TestEDSFilesNeedAFolder(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	missing := filepath.Join(t.TempDir(), "missing")
	require.ErrorContains(t, s.WriteEDS(t.Context(), missing), "missing")
	require.NoError(t, os.WriteFile(missing, nil, 0o600))
	require.ErrorContains(t, s.WriteEDS(t.Context(), missing), "is not a folder")
}

// Who looks for an origin by name in the files finds in the log why it is not there, once.
func TestOriginsByNameAreReported(t *testing.T) {
	var log bytes.Buffer
	s := newTestServer(t, newFakeNode(), func(c *Config) {
		c.Logger = slog.New(slog.NewTextHandler(&log, nil))
	})
	files := edsFiles{folder: t.TempDir(), written: map[string][]byte{}}
	for range 2 {
		require.NoError(t, s.updateEDS(t.Context(), &files))
	}
	require.Equal(t, 1, strings.Count(log.String(), "event=eds-origins-left-out origins=1"))
}

// One service that cannot be written keeps none of the others from it.
func TestATooLongServiceIsReportedAndTheOthersWritten(t *testing.T) {
	folder := t.TempDir()
	files := edsFiles{folder: folder, written: map[string][]byte{}}
	long := strings.Repeat("x", fileNameBytes+1)
	err := files.update([]view.Origin{
		origin(long, "192.0.2.1:1", "healthy", true, 1),
		origin("shop", "192.0.2.1:1", "healthy", true, 1),
	})
	require.ErrorContains(t, err, "too long for a file")
	require.NotNil(t, edsHealth(folder, "shop"))
}

// Whatever a service is called, its file lies in the folder, is not hidden, and is nobody else's.
func TestFileNames(t *testing.T) {
	require.Equal(t, "shop-1_a.b", fileName("shop-1_a.b"))
	require.Equal(t, "%2E.%2Fetc%2Fpasswd", fileName("../etc/passwd"))
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		require.Equal(t, a == b, fileName(a) == fileName(b))
		require.NotContains(t, fileName(a), "/")
		require.False(t, strings.HasPrefix(fileName(a), "."))
	})
}
