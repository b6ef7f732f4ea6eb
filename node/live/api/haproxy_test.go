package api

import (
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

// "An agent health check is performed by making a TCP connection to the port set by the
// "agent-port" parameter and reading an ASCII string. The string is made of a series of words
// delimited by spaces, tabs or commas in any order, optionally terminated by '\r' and/or '\n',
// each consisting of: an ASCII representation of a positive integer percentage, ... the words
// "down", "failed", or "stopped", optionally followed by a description string after a sharp ('#'),
// ... the word "up"". (HAProxy Configuration Manual, section 5.2, "agent-check")
func TestAgentStates(t *testing.T) {
	for _, c := range []struct {
		status string
		routed bool
		weight uint16
		want   string
	}{
		{"healthy", true, 1, "up 100%\n"},
		{"healthy", true, 3, "up 300%\n"},
		{"unhealthy", true, 1, "up 100%\n"},
		{"unhealthy", false, 1, "down #unhealthy\n"},
		{"unhealthy", false, 0, "down #unhealthy\n"},
		{"healthy", false, 1, "down #healthy, not to be used yet\n"},
		{"unknown", false, 1, "down #unknown, not to be used yet\n"},
		{"healthy", false, 0, "up 0%\n"},
		{"unknown", false, 0, "up 0%\n"},
	} {
		answer := agentState(origin("shop", "a:1", c.status, c.routed, c.weight))
		require.Equal(t, c.want, answer)
		require.Regexp(t, regexp.MustCompile(`^(up \d+%|down #[a-z ,]+)\n$`), answer)
	}
}

// "If this option is specified, haproxy will send the given string (verbatim) to the agent server
// upon connection." ("agent-send")
func TestAgentChecks(t *testing.T) {
	node := newFakeNode()
	s := newTestServer(t, node)
	address, stop := serveAgentChecks(t, s)
	for sent, want := range map[string]string{
		"shop/192.0.2.10:80\n":          "up 300%\n",
		"shop/192.0.2.11:80\r\n":        "down #unhealthy\n",
		"shop/[2001:db8::1]:8080\n":     "up 0%\n",
		"shop/192.0.2.99:80\n":          "# not known to this node\n",
		"shop\n":                        "# expected SERVICE/HOST:PORT\n",
		"/\n":                           "# service: expected a name\n",
		"shop/\n":                       "# target: expected a name\n",
		strings.Repeat("x", agentBytes): "# expected SERVICE/HOST:PORT\n",
	} {
		require.Equal(t, want, askAgent(t, address, sent), sent)
	}
	// As long as the node knows nothing, "Parameters which are not advertised by the agent are not
	// changed."
	node.change(func(o *view.Overview) { o.Ready = false })
	s.ready.Store(false)
	answer := askAgent(t, address, "shop/192.0.2.10:80\n")
	require.Equal(t, "# the node has not joined yet; try again\n", answer)
	stop()
	_, err := net.Dial("tcp", address)
	require.Error(t, err)
}

func serveAgentChecks(t *testing.T, s *Server) (address string, stop func()) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.ServeAgentChecks(ctx, listener) }()
	return listener.Addr().String(), func() {
		cancel()
		require.NoError(t, <-ended)
	}
}

func askAgent(t *testing.T, address, sent string) string {
	connection, err := net.Dial("tcp", address)
	require.NoError(t, err)
	defer connection.Close()
	require.NoError(t, connection.SetDeadline(time.Now().Add(10*time.Second)))
	_, err = io.WriteString(connection, sent)
	require.NoError(t, err)
	answer, err := io.ReadAll(connection)
	require.NoError(t, err)
	return string(answer)
}

// Who connects and does not finish a line is let go after agentTimeout, with no answer.
func TestASilentAgentCheckIsLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Source: newFakeNode()})
		defer s.Close()
		ours, theirs := net.Pipe()
		go s.serveAgentCheck(t.Context(), ours)
		began := time.Now()
		_, err := io.WriteString(theirs, "shop/192.0.2.10")
		require.NoError(t, err)
		answer, err := io.ReadAll(theirs)
		require.NoError(t, err)
		require.Empty(t, answer)
		require.Equal(t, agentTimeout, time.Since(began))
	})
}

func FuzzParseAgentLine(f *testing.F) {
	for _, line := range []string{
		"shop/192.0.2.10:80\n", "a/b/[::1]:80\r\n", "/", "", "\n", "a/b\x00", "a/\xff",
	} {
		f.Add(line)
	}
	s := newTestServer(f, newFakeNode())
	f.Fuzz(func(t *testing.T, line string) {
		name, err := parseAgentLine(line)
		if err != nil {
			require.Equal(t, http.StatusBadRequest, refusalOf(err).status)
		} else {
			require.Equal(t, strings.TrimRight(line, "\r\n"), name.Service+"/"+name.Target)
			require.NotContains(t, name.Target, "/")
		}
		answer := s.agentAnswer(t.Context(), line)
		require.Equal(t, 1, strings.Count(answer, "\n"))
		require.True(t, strings.HasSuffix(answer, "\n"))
	})
}
