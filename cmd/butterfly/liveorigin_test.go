//go:build unix

package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// standInOrigin is an origin on loopback that notes when it was probed, and answers as it is told.
type standInOrigin struct {
	target  string // "host:port"
	server  *httptest.Server
	answers atomic.Pointer[http.HandlerFunc]
	served  atomic.Int64 // requests that were no probes

	mutex  sync.Mutex
	probes []time.Time
}

func newOrigin(t *testing.T) *standInOrigin {
	listener := listenAnywhere(t)
	o := &standInOrigin{target: listener.Addr().String()}
	o.answer(answersWell)
	o.listen(listener)
	t.Cleanup(func() { o.server.Close() })
	return o
}

// revive has an origin that died listen again.
func (o *standInOrigin) revive(t *testing.T) {
	listener, err := net.Listen("tcp", o.target)
	require.NoError(t, err)
	o.listen(listener)
}

func (o *standInOrigin) listen(listener net.Listener) {
	o.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: o}}
	o.server.Start()
}

// die has the origin refuse all connections.
func (o *standInOrigin) die() {
	o.server.CloseClientConnections()
	o.server.Close()
}

func (o *standInOrigin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/health" {
		o.served.Add(1)
		return
	}
	o.mutex.Lock()
	o.probes = append(o.probes, time.Now())
	o.mutex.Unlock()
	(*o.answers.Load())(w, r)
}

func newOrigins(t *testing.T, count int) (all []*standInOrigin) {
	for range count {
		all = append(all, newOrigin(t))
	}
	return all
}

// answer changes how the origin answers from now on.
func (o *standInOrigin) answer(how http.HandlerFunc) { o.answers.Store(&how) }

func answersWell(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }

func answersBadly(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusServiceUnavailable)
}

// answersNever waits until whoever asked has gone.
func answersNever(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// answersLate answers well, and later than any check of these tests waits.
func answersLate(w http.ResponseWriter, r *http.Request) {
	select {
	case <-time.After(500 * time.Millisecond):
		answersWell(w, r)
	case <-r.Context().Done():
	}
}

// cutsOff cuts the connection in place of an answer.
func cutsOff(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// flips returns one that answers well and badly in turn.
func flips() http.HandlerFunc {
	var asked atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1)%2 == 0 {
			answersWell(w, r)
		} else {
			answersBadly(w, r)
		}
	}
}

// awaitProbes waits until each of the origins has been probed so many times more.
func awaitProbes(t *testing.T, origins []*standInOrigin, more int) {
	t.Helper()
	before := map[*standInOrigin]int{}
	for _, o := range origins {
		before[o] = o.probed()
	}
	within(t, patience, func() error {
		for _, o := range origins {
			if n := o.probed() - before[o]; n < more {
				return fmt.Errorf("%s was probed %d times, expected %d", o.target, n, more)
			}
		}
		return nil
	})
}

func (o *standInOrigin) probed() int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return len(o.probes)
}

// longestGap is the longest time without a probe, between two moments.
func (o *standInOrigin) longestGap(from, until time.Time) (longest time.Duration) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	last := from
	for _, at := range o.probes {
		if at.After(from) && at.Before(until) {
			longest, last = max(longest, at.Sub(last)), at
		}
	}
	return max(longest, until.Sub(last))
}

// longestGap is the longest of several origins.
func longestGap(origins []*standInOrigin, from, until time.Time) (longest time.Duration) {
	for _, o := range origins {
		longest = max(longest, o.longestGap(from, until))
	}
	return longest
}
