package probe

import (
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

func TestAConnectionThatStandsIsASuccess(t *testing.T) {
	p := newProber(t, nil)
	r := look(t, p, listen(t, saying("")), over(health.TCP), patience)
	require.Equal(t, node.Succeeded, r.Outcome)
	require.Equal(t, "connected", r.Detail)
	require.Positive(t, r.Took)
}

// "an origin that greets whoever connects sees an end and no reset"
func TestAnOriginThatGreetsSeesNoReset(t *testing.T) {
	ends := make(chan error, 1)
	target := listen(t, func(c *net.TCPConn) {
		_, _ = c.Write(make([]byte, 1000))
		_, err := io.Copy(io.Discard, c)
		ends <- err
	})
	require.Equal(t, node.Succeeded,
		look(t, newProber(t, nil), target, over(health.TCP), patience).Outcome)
	require.NoError(t, <-ends)
}

func TestWhatIsNoTargetIsNotProbed(t *testing.T) {
	p := newProber(t, nil)
	for _, c := range []struct {
		target, path string
		want         string
	}{
		{"127.0.0.1", "", `target "127.0.0.1" is not host:port`},
		{":80", "", `target ":80" is not host:port`},
		{"127.0.0.1:80", "health", `path "health" cannot be asked for`},
		{"127.0.0.1:80", "http://elsewhere/", `path "http://elsewhere/" cannot be asked for`},
		{"127.0.0.1:80", "/a\r\nHost: b", `path "/a\r\nHost: b" cannot be asked for`},
		{"a\r\nb:80", "", `cannot resolve "a\r\nb": no such host`},
	} {
		r := look(t, p, c.target, health.Definition{Kind: health.HTTP, Path: c.path}, patience)
		require.Equal(t, node.Unable, r.Outcome)
		require.Equal(t, c.want, r.Detail)
	}
}

// hanging is an origin that answers nobody until it is let go.
func hanging(t *testing.T) (target string, asked *atomic.Int64, letGo func()) {
	asked, held := new(atomic.Int64), make(chan struct{})
	letGo = sync.OnceFunc(func() { close(held) })
	target = serve(t, func(http.ResponseWriter, *http.Request) {
		asked.Add(1)
		<-held
	})
	t.Cleanup(letGo)
	return target, asked, letGo
}

func TestNoMoreProbesThanThereIsRoomFor(t *testing.T) {
	a, _, letA := hanging(t)
	b, _, letB := hanging(t)
	p := newProber(t, func(c *Config) { c.MaxConcurrent, c.MaxPerTarget = 3, 2 })
	results := make(chan Report, 3)
	start := func(target string) {
		p.Start(target, over(health.HTTP), patience, func(r Report) { results <- r })
	}
	start(a)
	start(a)
	r := look(t, p, a, over(health.HTTP), patience)
	require.Equal(t, Report{Detail: "not probed: 2 probes of this target under way already"}, r)
	start(b)
	r = look(t, p, b, over(health.HTTP), patience)
	require.Equal(t, Report{Detail: "not probed: 3 probes under way already"}, r)
	require.Equal(t, 3, p.UnderWay())

	letA()
	letB()
	for range 3 {
		require.Equal(t, node.Succeeded, (<-results).Outcome)
	}
	require.Eventually(t, func() bool { return p.UnderWay() == 0 }, patience, time.Millisecond)
	require.Equal(t, node.Succeeded, look(t, p, a, over(health.HTTP), patience).Outcome)
}

func TestClosingWaitsForThoseUnderWay(t *testing.T) {
	target, asked, letGo := hanging(t)
	p := New(DefaultConfig())
	results := make(chan Report, 1)
	p.Start(target, over(health.HTTP), patience, func(r Report) { results <- r })
	require.Eventually(t, func() bool { return asked.Load() == 1 }, patience, time.Millisecond)

	expired, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, p.Close(expired), context.Canceled)
	require.Equal(t, Report{Detail: "not probed: closing"},
		look(t, p, target, over(health.HTTP), patience))
	require.Empty(t, results)

	letGo()
	require.NoError(t, p.Close(context.Background()))
	require.Len(t, results, 1)
	require.NoError(t, p.Close(context.Background()), "It may be called more than once.")
}

// "Each Start is followed by exactly one result", and nothing is left behind.
func TestEveryProbeEndsOnceAndLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	targets := []string{
		listen(t, saying("HTTP/1.1 200 OK\r\n\r\n")), listen(t, resetting), closedPort(t),
		listen(t, func(c *net.TCPConn) { _, _ = io.Copy(io.Discard, c) }),
		"nowhere", "169.254.1.1:80",
	}
	listeners := 4
	p := New(Config{MaxConcurrent: 60, MaxPerTarget: 30})
	const probes = 600
	var ended [probes]atomic.Int64
	for i := range probes {
		p.Start(targets[i%len(targets)], over(health.Kind(i%3)), 20*time.Millisecond,
			func(Report) { ended[i].Add(1) })
		if i%60 == 59 {
			time.Sleep(5 * time.Millisecond)
		}
	}
	require.NoError(t, p.Close(context.Background()))
	require.Eventually(t, func() bool {
		return runtime.NumGoroutine() <= before+listeners
	}, patience, time.Millisecond)
	for i := range ended {
		require.EqualValues(t, 1, ended[i].Load(), "probe %d", i)
	}
}

// resetting ends a connection the hard way.
func resetting(c *net.TCPConn) {
	readRequest(c)
	_ = c.SetLinger(0)
}
