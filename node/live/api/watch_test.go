package api

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/view"
)

// watcher reads an event stream line by line.
type watcher struct {
	lines *bufio.Scanner
	close func()
}

// watch connects to a server; all that is emitted after it returns is seen.
func watch(t testing.TB, url string, headers ...string) *watcher {
	r, err := http.NewRequest("GET", url, nil)
	require.NoError(t, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	w := &watcher{bufio.NewScanner(response.Body), func() { response.Body.Close() }}
	require.Len(t, w.message(), 2) // retry and id
	return w
}

// message returns the lines of the next message, nil at the end.
func (w *watcher) message() []string {
	var lines []string
	for w.lines.Scan() {
		if w.lines.Text() == "" {
			return lines
		}
		lines = append(lines, w.lines.Text())
	}
	return nil
}

func TestWatchersSeeWhatTheyAskFor(t *testing.T) {
	node := newFakeNode()
	server := httptest.NewServer(newTestServer(t, node))
	defer server.Close()
	all := watch(t, server.URL+"/v1/watch")
	defer all.close()
	some := watch(t, server.URL+"/v1/watch?service=shop&kind=believed&kind=routed")
	defer some.close()

	node.emit(view.Event{At: noon, Kind: "member-dead", Member: "bob"},
		believed("mail", "mx.example.org:25", "unhealthy"),
		view.Event{At: noon, Kind: "check-began", Service: "shop", Target: "192.0.2.10:80"},
		believed("shop", "192.0.2.10:80", "unhealthy"))
	require.Equal(t, `data: {"at":"2026-03-01T12:00:00Z","kind":"member-dead","member":"bob"}`,
		all.message()[1])
	for range 2 {
		all.message()
	}
	last := all.message()
	require.Equal(t, `data: {"at":"2026-03-01T12:00:00Z","kind":"believed","service":"shop",`+
		`"target":"192.0.2.10:80","detail":"unhealthy"}`, last[1])
	require.Equal(t, last, some.message())
}

// "A watcher that comes back with Last-Event-ID goes on where it was, as long as the journal has
// it".
func TestAWatcherComesBack(t *testing.T) {
	node := newFakeNode()
	s := newTestServer(t, node)
	server := httptest.NewServer(s)
	defer server.Close()
	first := watch(t, server.URL+"/v1/watch")
	node.emit(believed("shop", "192.0.2.10:80", "unhealthy"))
	id, _ := strings.CutPrefix(first.message()[0], "id: ")
	first.close()

	node.emit(believed("shop", "192.0.2.10:80", "healthy"))
	again := watch(t, server.URL+"/v1/watch", "Last-Event-ID", id)
	require.Contains(t, again.message()[1], `"detail":"healthy"`)
	again.close()

	before := s.journal.end()
	for range journalEntries + 5 {
		s.journal.add([]view.Event{believed("shop", "192.0.2.10:80", "healthy")}, 0)
	}
	late := watch(t, server.URL+"/v1/watch", "Last-Event-ID", fmt.Sprint(before-1))
	defer late.close()
	require.Equal(t, []string{"event: dropped", `data: {"dropped":5}`}, late.message()[1:])
	require.Contains(t, late.message()[1], "believed")
}

// "A comment comes every 15 s".
func TestHeartbeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Source: newFakeNode()})
		ctx, cancel := context.WithCancel(t.Context())
		recorder := httptest.NewRecorder()
		var ended sync.WaitGroup
		ended.Go(func() {
			s.ServeHTTP(recorder, httptest.NewRequestWithContext(ctx, "GET", "http://127.0.0.1/v1/watch", nil))
		})
		time.Sleep(61 * time.Second)
		cancel()
		ended.Wait()
		s.Close()
		require.Equal(t, 4, strings.Count(recorder.Body.String(), ": heartbeat\n\n"))
	})
}

// "429: more watchers than the limits allow". Who leaves makes room.
func TestWatchersAreBounded(t *testing.T) {
	s := newTestServer(t, newFakeNode(), func(c *Config) { c.Limits.Watchers = 1 })
	server := httptest.NewServer(s)
	defer server.Close()
	first := watch(t, server.URL+"/v1/watch")
	w := ask(s, "GET", "/v1/watch", "")
	require.Equal(t, http.StatusTooManyRequests, w.Code)
	require.Equal(t, "1", w.Header().Get("Retry-After"))
	first.close()
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, httptest.NewRequestWithContext(ctx, "GET", "http://127.0.0.1/v1/watch", nil))
		return recorder.Code == http.StatusOK
	}, 30*time.Second, 5*time.Millisecond)
}

// A HEAD request would be a watcher that nobody can see.
func TestHeadDoesNotWatch(t *testing.T) {
	require.Equal(t, http.StatusOK, ask(newTestServer(t, newFakeNode()), "HEAD", "/v1/watch", "").Code)
}

// "A watcher never makes the source wait, nor another watcher." One of them never reads; what it
// should have read is dropped for it alone.
func TestFiveHundredWatchersAndOneThatDoesNotRead(t *testing.T) {
	const watchers, events = 500, 40
	node := newFakeNode()
	s := newTestServer(t, node)
	server := httptest.NewServer(s)
	defer server.Close()
	stuck := watch(t, server.URL+"/v1/watch")
	defer stuck.close()

	var watching, done sync.WaitGroup
	watching.Add(watchers)
	counts := make([]int, watchers)
	for i := range watchers {
		done.Go(func() {
			w := watch(t, server.URL+"/v1/watch?kind=believed")
			defer w.close()
			watching.Done()
			for ; counts[i] < events && w.message() != nil; counts[i]++ {
			}
		})
	}
	watching.Wait()
	began := time.Now()
	for i := range events {
		node.emit(believed("shop", "192.0.2.10:80", fmt.Sprint(i)))
	}
	emitted := time.Since(began)
	done.Wait()
	t.Logf("%d events given away in %v, read by %d watchers in %v", events, emitted, watchers,
		time.Since(began))
	for i := range counts {
		require.Equal(t, events, counts[i])
	}
	require.Less(t, emitted, time.Second, "the source has waited")
	require.Len(t, node.subscriptions, 1, "the node is asked for its events once")
}

// A watcher whose connection takes no more is cut off after writeTimeout, and leaves no goroutine.
func TestAWatcherThatDoesNotReadIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Source: newFakeNode()})
		defer s.Close()
		stuck := &stuckWriter{header: http.Header{}}
		began := time.Now()
		s.ServeHTTP(stuck, httptest.NewRequest("GET", "http://127.0.0.1/v1/watch", nil))
		require.Equal(t, writeTimeout, time.Since(began))
	})
}

// stuckWriter is a connection whose other end does not read: writing takes until the deadline.
type stuckWriter struct {
	header   http.Header
	deadline time.Time
}

func (w *stuckWriter) Header() http.Header { return w.header }
func (w *stuckWriter) WriteHeader(int)     {}
func (w *stuckWriter) Write([]byte) (int, error) {
	time.Sleep(time.Until(w.deadline))
	return 0, context.DeadlineExceeded
}

func (w *stuckWriter) SetWriteDeadline(t time.Time) error {
	w.deadline = t
	return nil
}

// BenchmarkWatch is the cost of one event to 500 watchers, from the node to the last of them,
// without the connections.
func BenchmarkWatch(b *testing.B) {
	const watchers = 500
	node := newFakeNode()
	s := newTestServer(b, node)
	ctx, cancel := context.WithCancel(b.Context())
	var arrived, ended sync.WaitGroup
	arrived.Add(watchers)
	for range watchers {
		ended.Go(func() {
			sink := &countingWriter{header: http.Header{}, arrived: &arrived}
			s.ServeHTTP(sink, httptest.NewRequestWithContext(ctx, "GET", "http://127.0.0.1/v1/watch", nil))
		})
	}
	arrived.Wait() // the first message of each
	b.ReportAllocs()
	for b.Loop() {
		arrived.Add(watchers)
		node.emit(believed("shop", "192.0.2.10:80", "healthy"))
		arrived.Wait()
	}
	cancel()
	ended.Wait()
}

type countingWriter struct {
	header  http.Header
	arrived *sync.WaitGroup
}

func (w *countingWriter) Header() http.Header         { return w.header }
func (w *countingWriter) WriteHeader(int)             {}
func (w *countingWriter) Write(b []byte) (int, error) { return len(b), nil }
func (w *countingWriter) Flush()                      { w.arrived.Done() }
