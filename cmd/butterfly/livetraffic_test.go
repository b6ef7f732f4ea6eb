//go:build unix

package main

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

// traffic is requests to a balancer, one after the other.
type traffic struct {
	t     *testing.T
	mutex sync.Mutex
	// calm counts the requests since the last failure, which was at the time of last.
	calm, failures int
	last           time.Time
}

// begin sends requests until the test ends, from when the balancer answers.
func (b *balancing) begin() *traffic {
	r := &traffic{t: b.cluster.t}
	user := &http.Client{
		Timeout: 3 * time.Second, Transport: &http.Transport{DisableKeepAlives: true},
	}
	request := func() error {
		response, err := user.Get("http://" + b.front + "/")
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("status %s", response.Status)
		}
		return nil
	}
	within(r.t, patience, request)
	stop := make(chan struct{})
	var loop sync.WaitGroup
	loop.Go(func() {
		for {
			r.count(request())
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	})
	r.t.Cleanup(loop.Wait)
	r.t.Cleanup(func() { close(stop) })
	return r
}

func (r *traffic) count(err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.calm++
	if err != nil {
		r.calm, r.last = 0, time.Now()
		r.failures++
	}
}

func (r *traffic) failed() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.failures
}

func (r *traffic) lastFailure() time.Time {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.last
}

// awaitCalm waits until some hundred requests in a row have been answered from now on.
func (r *traffic) awaitCalm() {
	r.t.Helper()
	r.mutex.Lock()
	r.calm = 0
	r.mutex.Unlock()
	within(r.t, patience, func() error {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		if r.calm < 200 {
			return fmt.Errorf("%d requests since the last failure", r.calm)
		}
		return nil
	})
}

// awaitServed waits until an origin has answered some more of the requests.
func (r *traffic) awaitServed(o *standInOrigin) {
	r.t.Helper()
	before := o.served.Load()
	within(r.t, patience, func() error {
		if n := o.served.Load() - before; n < 20 {
			return fmt.Errorf("%s has answered %d requests", o.target, n)
		}
		return nil
	})
}
