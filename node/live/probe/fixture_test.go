package probe

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/health"
)

// patience is how long a probe may take that nothing keeps from ending at once.
const patience = 10 * time.Second

func newProber(t testing.TB, change func(*Config)) *Prober {
	c := DefaultConfig()
	if change != nil {
		change(&c)
	}
	p := New(c)
	t.Cleanup(func() { require.NoError(t, p.Close(context.Background())) })
	return p
}

// look makes one probe and waits for its result.
func look(
	t testing.TB, p *Prober, target string, d health.Definition, timeout time.Duration,
) Report {
	reports := make(chan Report, 2)
	began := time.Now()
	p.Start(target, d, timeout, func(r Report) { reports <- r })
	r := <-reports
	require.LessOrEqual(t, r.Took, time.Since(began))
	require.NotEmpty(t, r.Detail)
	require.LessOrEqual(t, len(r.Detail), maxDetail)
	return r
}

func over(k health.Kind) health.Definition { return health.Definition{Kind: k} }

func expecting(body string) health.Definition {
	return health.Definition{Kind: health.HTTP, Body: body}
}

// serve starts an HTTP origin and returns its target.
func serve(t testing.TB, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

// listen starts an origin of which only the bytes are known, and returns its target.
func listen(t testing.TB, talk func(c *net.TCPConn)) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				talk(c.(*net.TCPConn))
			}()
		}
	}()
	return l.Addr().String()
}

// saying answers every request with the same bytes, and then keeps silent until the probe leaves.
func saying(text string) func(c *net.TCPConn) {
	return func(c *net.TCPConn) {
		readRequest(c)
		_, _ = io.WriteString(c, text)
		_, _ = io.Copy(io.Discard, c)
	}
}

func readRequest(r io.Reader) {
	request := make([]byte, 4096)
	_, _ = r.Read(request)
}

// closedPort returns a target where nobody listens.
func closedPort(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	return l.Addr().String()
}
