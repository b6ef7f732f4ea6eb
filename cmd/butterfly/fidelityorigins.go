package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"butterfly/node/health"
	"butterfly/node/live/spec"
	"butterfly/scenarios/fidelity"
)

// testOrigins are origins that answer checks at addresses of their own, write down when, and fail
// on demand.
type testOrigins struct {
	targets []string // by number
	failing []atomic.Bool
	server  *http.Server
	serving sync.WaitGroup

	mutex sync.Mutex
	seen  []fidelity.Check
}

// serviceName is what the origins are called together.
const serviceName = "fidelity"

// originNumber is the key under which the context of a connection has the origin's number.
type originNumber struct{}

// openOrigins opens so many origins on a host, each at a port of its own.
func openOrigins(host string, count int) (*testOrigins, error) {
	o := &testOrigins{failing: make([]atomic.Bool, count)}
	o.server = &http.Server{
		Handler: http.HandlerFunc(o.answer), ReadHeaderTimeout: time.Second,
		BaseContext: func(l net.Listener) context.Context {
			return context.WithValue(context.Background(), originNumber{}, l.(*numbered).number)
		},
	}
	for number := range uint32(count) {
		l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
		if err != nil {
			return nil, errors.Join(err, o.close())
		}
		o.targets = append(o.targets, l.Addr().String())
		o.serving.Go(func() { _ = o.server.Serve(&numbered{l, number}) }) // until it is closed
	}
	return o, nil
}

// numbered is a listener that knows for which origin it listens.
type numbered struct {
	net.Listener
	number uint32
}

// answer answers a check.
func (o *testOrigins) answer(w http.ResponseWriter, r *http.Request) {
	number := r.Context().Value(originNumber{}).(uint32)
	check := fidelity.Check{At: instant(time.Now()), Origin: number}
	o.mutex.Lock()
	o.seen = append(o.seen, check)
	o.mutex.Unlock()
	if o.failing[number].Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// fail has an origin fail all checks from now on.
func (o *testOrigins) fail(number uint32) { o.failing[number].Store(true) }

// checks returns the checks that there have been.
func (o *testOrigins) checks() []fidelity.Check {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.seen
}

// originsFileOf is the origins file of all servers.
func originsFileOf(targets []string, check health.Definition) spec.Origins {
	service := spec.Service{Name: serviceName, Check: check}
	for _, target := range targets {
		service.Origins = append(service.Origins, spec.Origin{Target: target, Weight: 1})
	}
	return spec.Origins{Services: []spec.Service{service}}
}

func (o *testOrigins) close() error {
	err := o.server.Close()
	o.serving.Wait()
	return err
}
