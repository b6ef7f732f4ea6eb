package api

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// serveHTTP serves on a port of its own, and returns the address and how to end it.
func serveHTTP(t *testing.T, s *Server, tlsConfig *tls.Config) (address string, stop func() error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener, tlsConfig) }()
	return listener.Addr().String(), func() error {
		cancel()
		return <-ended
	}
}

// "Then it closes the server, watchers first, and returns when the answers under way are finished".
func TestServeEndsWithItsContext(t *testing.T) {
	address, stop := serveHTTP(t, newTestServer(t, newFakeNode()), nil)
	body, response := fetch(t, "http://"+address+"/health")
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.JSONEq(t, `{"status":"ok"}`, body)
	w := watch(t, "http://"+address+"/v1/watch")
	defer w.close()
	require.NoError(t, stop())
	require.Nil(t, w.message())
	_, err := net.Dial("tcp", address)
	require.Error(t, err)
}

func TestServeByTLS(t *testing.T) {
	model := httptest.NewUnstartedServer(nil) // for its certificate and its client
	model.EnableHTTP2 = true
	model.StartTLS()
	defer model.Close()
	certificates := &tls.Config{Certificates: model.TLS.Certificates}
	address, stop := serveHTTP(t, newTestServer(t, newFakeNode()), certificates)
	client := model.Client()
	response, err := client.Get("https://" + address + "/health")
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, 2, response.ProtoMajor)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.NoError(t, stop())
}

// "who sends it by the byte, to keep connections busy (slow-loris), is cut off": neither the head
// of a request nor a body may take for ever. Both are timed by the fake clock, over a listener of
// pipes.
func TestSlowClientsAreCutOff(t *testing.T) {
	put := "PUT /v1/origins/shop/a:1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n"
	for name, c := range map[string]struct {
		sent  string
		after time.Duration
	}{
		"head":   {"GET /v1/node HTTP/1.1\r\nHost: 127.0.0.1\r\nX-", headerTimeout},
		"body":   {put, bodyTimeout},
		"unread": {strings.Replace(put, "PUT /v1/origins/shop/a:1", "GET /v1/node", 1), bodyTimeout},
		"idle":   {"GET /v1/node HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", idleTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := New(Config{Source: newFakeNode()})
				listener := newPipeListener()
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error)
				go func() { ended <- s.Serve(ctx, listener, nil) }()
				client := listener.dial()
				began := time.Now()
				go func() {
					_, _ = io.WriteString(client, c.sent)
					for range 50 { // a byte now and then does not help
						time.Sleep(2 * time.Second)
						if name == "idle" {
							return
						}
						_, _ = io.WriteString(client, "x")
					}
				}()
				_, err := io.Copy(io.Discard, client)
				require.NoError(t, err)
				require.InDelta(t, c.after.Seconds(), time.Since(began).Seconds(), 1)
				client.Close()
				cancel()
				require.NoError(t, <-ended)
				time.Sleep(2 * time.Minute)
			})
		})
	}
}

// pipeListener is a listener whose connections are in memory, so that their deadlines follow the
// fake clock.
type pipeListener struct {
	dialled chan net.Conn
	closed  chan struct{}
}

func newPipeListener() *pipeListener {
	return &pipeListener{make(chan net.Conn, 10), make(chan struct{})}
}

func (l *pipeListener) dial() net.Conn {
	ours, theirs := net.Pipe()
	l.dialled <- ours
	return theirs
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.dialled:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { close(l.closed); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// The head of a request is bounded: "431 Request Header Fields Too Large" (RFC 6585, section 5).
func TestALargeHeadIsRefused(t *testing.T) {
	address, stop := serveHTTP(t, newTestServer(t, newFakeNode()), nil)
	connection, err := net.Dial("tcp", address)
	require.NoError(t, err)
	defer connection.Close()
	long := strings.Repeat("x", 2*headerBytes)
	fmt.Fprintf(connection, "GET /v1/node HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n", long)
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusRequestHeaderFieldsTooLarge, response.StatusCode)
	require.NoError(t, stop())
}
