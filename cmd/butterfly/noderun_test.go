//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/record"
	"butterfly/node/live/seal"
	"butterfly/node/live/spec"
)

// hasty is a configuration in which little time passes.
const hasty = `tuning:
  probe_interval: 200ms
  probe_timeout: 60ms
  gossip_interval: 100ms
  rumour_interval: 50ms
  join_retry: 100ms
  join_grace: 1s
  rank_wait: 1s
`

// liveNode is the command, running in this process.
type liveNode struct {
	servers, api string // the address and the URL
	stop         func() error
	log          *lockedBuffer
}

// lockedBuffer is written and read at the same time.
type lockedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}

// startNode runs "butterfly node" until the test ends or it is stopped, and waits for its greeting.
func startNode(t *testing.T, folder string, flags ...string) *liveNode {
	reader, writer := io.Pipe()
	n := &liveNode{log: &lockedBuffer{}}
	a := &app{out: writer, err: n.log, program: "butterfly", build: func() string { return "test" }}
	arguments := append([]string{"butterfly", "node", "-config", filepath.Join(folder, "node.yaml"),
		"-bind", "127.0.0.1:0", "-http", "127.0.0.1:0", "-log", "json"}, flags...)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- a.command().Run(ctx, arguments)
		_ = writer.Close()
	}()
	n.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { _ = n.stop() })
	greeting, _ := bufio.NewReader(reader).ReadString('\n')
	found := regexp.MustCompile(`^Node .* is up, for other servers at (\S+); look at (https?://\S+)\n$`).
		FindStringSubmatch(greeting)
	require.NotNil(t, found, "%s%s", greeting, n.log)
	n.servers, n.api = found[1], found[2]
	return n
}

// says reports whether the API's answer to a request has all of the words in it.
func (n *liveNode) says(path string, words ...string) func() bool {
	return func() bool {
		response, err := http.Get(n.api + path)
		if err != nil {
			return false
		}
		defer func() { _ = response.Body.Close() }()
		text, err := io.ReadAll(response.Body)
		for _, w := range words {
			if err != nil || !strings.Contains(string(text), w) {
				return false
			}
		}
		return true
	}
}

func eventually(t *testing.T, condition func() bool, logs ...*liveNode) {
	t.Helper()
	require.Eventually(t, condition, 30*time.Second, 20*time.Millisecond, "%v", logs)
}

func write(t *testing.T, folder, name, text string) string {
	path := filepath.Join(folder, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// target is the "host:port" of a server.
func target(s *httptest.Server) string { return s.Listener.Addr().String() }

func originsFile(targets ...string) string {
	return fmt.Sprintf("services:\n  shop:\n    check: {kind: http, interval: 100ms, timeout: 90ms}\n"+
		"    origins: [%s]\n", strings.Join(targets, ", "))
}

// Two nodes find each other, check real origins, take over what SIGHUP has them read, and say goodbye.
func TestNodesLiveReloadAndLeave(t *testing.T) {
	one := httptest.NewServer(http.NotFoundHandler())
	defer one.Close()
	other := httptest.NewServer(http.RedirectHandler("/", http.StatusNoContent))
	defer other.Close()
	folder := t.TempDir()
	write(t, folder, "node.yaml", hasty)
	keys := write(t, folder, "keys", seal.NewKey()+"\n")
	origins := write(t, folder, "origins.yaml", originsFile(target(one)))

	recording := filepath.Join(folder, "recording")
	a := startNode(t, folder, "-name", "a", "-origins", origins, "-key-file", keys, "-record", recording)
	b := startNode(t, folder, "-name", "b", "-join", a.servers, "-key-file", keys,
		"-eds-dir", filepath.Join(folder, "eds"), "-data", filepath.Join(folder, "data"))
	eventually(t, b.says("/v1/members", `"a"`, `"b"`), a, b)
	eventually(t, b.says("/v1/origins", target(one), `"unhealthy"`), a, b)

	write(t, folder, "origins.yaml", originsFile(target(one), target(other)))
	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
	eventually(t, b.says("/v1/origins", target(other), `"healthy"`), a, b)

	write(t, folder, "origins.yaml", "shop\n")
	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
	eventually(t, func() bool { return strings.Contains(a.log.String(), "reload-refused") }, a)
	require.True(t, b.says("/v1/origins", target(other))())

	require.NoError(t, b.stop())
	eventually(t, a.says("/v1/members", `"left"`), a, b)
	require.NoError(t, a.stop())
	require.FileExists(t, filepath.Join(folder, "eds", "shop.json"))
	for _, n := range []*liveNode{a, b} {
		requireStructured(t, n.log.String())
	}
	requireReplayed(t, recording)
}

// "if an earlier life has left that, one beside it with the time in its name".
func TestEachLifeHasARecordingOfItsOwn(t *testing.T) {
	now := time.Date(2026, 11, 21, 23, 5, 7, 9_000_000, time.FixedZone("", 3600))
	recording := filepath.Join(t.TempDir(), "a.life")
	require.Empty(t, recordingOf("", now))
	require.Equal(t, recording, recordingOf(recording, now))
	require.NoError(t, os.WriteFile(recording, nil, 0o600))
	require.Equal(t, recording+"-20261121T220507.009Z", recordingOf(recording, now))
}

func requireReplayed(t *testing.T, recording string) {
	r, err := record.Open(recording)
	require.NoError(t, err)
	defer r.Close()
	result, err := record.Replay(r, nil)
	require.NoError(t, err)
	require.Equal(t, record.Closed, result.End)
	require.Nil(t, result.Difference)
	require.Greater(t, result.Inputs, uint64(10))
}

// "Logs by slog, each line carrying node and event."
func requireStructured(t *testing.T, log string) {
	require.NotEmpty(t, log)
	for line := range strings.Lines(log) {
		var entry struct{ Node, Event string }
		require.NoError(t, json.Unmarshal([]byte(line), &entry), line)
		require.NotEmpty(t, entry.Node, line)
		require.NotEmpty(t, entry.Event, line)
	}
}

// The API speaks TLS with the certificate it is given, and lets nobody write without the token.
func TestTheAPIOfANodeIsGuarded(t *testing.T) {
	model := httptest.NewTLSServer(http.NotFoundHandler()) // for its certificate and its client
	defer model.Close()
	folder := t.TempDir()
	write(t, folder, "node.yaml", hasty)
	certificate, key := writePair(t, folder, model.TLS.Certificates[0])
	token := write(t, folder, "token", "a-token-of-20-letters\n")
	n := startNode(t, folder, "-name", "a", "-tls-cert", certificate, "-tls-key", key, "-api-token-file", token)

	put := func(authorization string) int {
		request, err := http.NewRequest(http.MethodPut, n.api+"/v1/origins/shop/127.0.0.1:9", nil)
		require.NoError(t, err)
		request.Header.Set("Authorization", authorization)
		response, err := model.Client().Do(request)
		require.NoError(t, err)
		defer func() { _ = response.Body.Close() }()
		return response.StatusCode
	}
	require.True(t, strings.HasPrefix(n.api, "https://"))
	require.Equal(t, http.StatusUnauthorized, put("Bearer another"))
	eventually(t, func() bool { return put("Bearer a-token-of-20-letters") < 300 }, n)
	require.NoError(t, n.stop())
	require.Contains(t, n.log.String(), `"event":"no-key"`)
}

// "by default none on loopback, and any elsewhere": what browsers of this machine can be made to ask.
func TestTheAPIAnswersToItsNames(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "node.yaml", hasty)
	status := func(n *liveNode, host string) int {
		request, err := http.NewRequest(http.MethodGet, n.api+"/v1/node", nil)
		require.NoError(t, err)
		request.Host = host
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		defer func() { _ = response.Body.Close() }()
		return response.StatusCode
	}
	for _, c := range []struct {
		flags          []string
		known, unknown int
	}{
		{[]string{}, 421, 421},
		{[]string{"-http-names", "x.example,node-1.example"}, 200, 421},
		{[]string{"-http", "0.0.0.0:0"}, 200, 200},
		{[]string{"-http", "0.0.0.0:0", "-http-names", "node-1.example"}, 200, 421},
	} {
		n := startNode(t, folder, append([]string{"-name", "a"}, c.flags...)...)
		require.Equal(t, c.known, status(n, "node-1.example:7980"), c.flags)
		require.Equal(t, c.unknown, status(n, "evil.example"), c.flags)
		require.Equal(t, 200, status(n, "localhost:7980"), c.flags)
		require.Equal(t, 200, status(n, ""), "by address")
	}
}

// A name to listen at is one to be asked by.
func TestTheNameToListenAtIsKnown(t *testing.T) {
	n := spec.DefaultNode()
	require.Empty(t, namesOf(&n))
	n.HTTP, n.HTTPNames = "node-1:7980", []string{"shop.example"}
	require.Equal(t, []string{"shop.example", "node-1"}, namesOf(&n))
	for _, none := range []string{"", ":7980", "[::]:7980"} {
		n.HTTP, n.HTTPNames = none, nil
		require.Empty(t, namesOf(&n), none)
	}
}

// writePair writes a certificate and its key as files of PEM.
func writePair(t *testing.T, folder string, pair tls.Certificate) (certificate, key string) {
	private, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	require.NoError(t, err)
	block := func(kind string, bytes []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}))
	}
	return write(t, folder, "cert.pem", block("CERTIFICATE", pair.Certificate[0])),
		write(t, folder, "key.pem", block("PRIVATE KEY", private))
}

// A node that is asked to end while it waits for others has nobody to say goodbye to.
func TestANodeThatIsAskedToEndAsItStarts(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a := &app{out: io.Discard, err: io.Discard, build: func() string { return "test" }}
	require.NoError(t, a.command().Run(ctx, []string{"butterfly", "node", "-name", "a",
		"-bind", "127.0.0.1:0", "-http", "127.0.0.1:0", "-join", "127.0.0.1:1"}))
}

// A node that cannot have its address says so, and leaves nothing behind.
func TestANodeWithoutItsAddress(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "node.yaml", hasty)
	a := startNode(t, folder, "-name", "a")
	taken := strings.TrimPrefix(a.api, "http://")
	for _, flags := range [][]string{{"-http", taken}, {"-bind", a.servers}, {"-agent-check", taken}} {
		second := &app{out: io.Discard, err: io.Discard, build: func() string { return "test" }}
		err := second.command().Run(t.Context(), append([]string{"butterfly", "node", "-name", "b",
			"-bind", "127.0.0.1:0", "-http", "127.0.0.1:0"}, flags...))
		require.ErrorContains(t, err, "address already in use")
		require.Equal(t, exitUsage, exitCode(err))
	}
	require.NoError(t, a.stop())
}
