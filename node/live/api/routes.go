package api

import (
	"context"
	"fmt"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// handler answers a request, or returns why it cannot.
type handler func(w http.ResponseWriter, r *http.Request) error

// table has a row for every path of the API.
func (s *Server) table() *http.ServeMux {
	routes := http.NewServeMux()
	add := func(pattern string, h handler) { routes.Handle(pattern, s.answer(h)) }
	soon := func(pattern string, h handler) { add(pattern, inTime(h)) }

	soon("GET /{$}", s.statusPage)
	soon("GET /status.js", asset("text/javascript; charset=utf-8", statusScript))
	soon("GET /status.css", asset("text/css; charset=utf-8", statusStyle))
	soon("GET /health", s.health)

	soon("GET /v1/node", s.node)
	soon("GET /v1/members", s.members)
	soon("GET /v1/services", s.services)
	soon("GET /v1/origins", s.origins)
	soon("GET /v1/origins/{service}/{target}", s.origin)
	soon("PUT /v1/origins/{service}/{target}", s.write(s.register))
	soon("DELETE /v1/origins/{service}/{target}", s.write(s.unregister))
	soon("GET /v1/map", s.replica)
	add("GET /v1/watch", s.watch)

	add("GET /v1/health/service/{service}", s.whenReady(s.consul))
	soon("GET /v1/prometheus/http_sd", s.whenReady(s.prometheus))
	soon("GET /v1/envoy/eds", s.whenReady(s.envoy))
	soon("GET /v1/nginx/upstream", s.whenReady(s.nginx))

	if s.gatherer != nil {
		routes.Handle("GET /metrics", promhttp.HandlerFor(s.gatherer, promhttp.HandlerOpts{
			MaxRequestsInFlight: 4, Timeout: sourceTimeout, ErrorHandling: promhttp.HTTPErrorOnError,
		}))
	}
	if s.pprof {
		routes.HandleFunc("GET /debug/pprof/", pprof.Index)
		routes.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		routes.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
		routes.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return routes
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	if r.ContentLength != 0 {
		s.boundBody(w, r)
	}
	if err := s.checkHost(r); err != nil {
		s.fail(w, r, err)
		return
	}
	if _, pattern := s.routes.Handler(r); pattern == "" {
		s.refuseRoute(w, r)
		return
	}
	s.routes.ServeHTTP(w, r)
}

// boundBody bounds the size of a body, and the time that it may take to come: the server reads
// what a handler leaves of it, and would wait for that.
func (s *Server) boundBody(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, int64(s.limits.BodyBytes))
	// Not supported by writers that are no connection, which need no deadline.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTimeout))
}

// refuseRoute says in JSON what the routes would say in plain text.
func (s *Server) refuseRoute(w http.ResponseWriter, r *http.Request) {
	said := &silent{header: w.Header()}
	s.routes.ServeHTTP(said, r)
	why := "no such path; see /v1/node, /v1/origins or /"
	if said.status == http.StatusMethodNotAllowed {
		why = fmt.Sprintf("%s is not possible here; %s is", r.Method, w.Header().Get("Allow"))
	}
	s.fail(w, r, refusal{said.status, why})
}

// silent is a response of which only the header counts.
type silent struct {
	header http.Header
	status int
}

func (s *silent) Header() http.Header         { return s.header }
func (s *silent) WriteHeader(status int)      { s.status = status }
func (s *silent) Write(b []byte) (int, error) { return len(b), nil }

// inTime bounds how long a handler waits for the node.
func inTime(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), sourceTimeout)
		defer cancel()
		return h(w, r.WithContext(ctx))
	}
}

// whenReady refuses to answer from a node that does not know yet what it will know in a moment.
func (s *Server) whenReady(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := s.mustBeReady(r.Context()); err != nil {
			return err
		}
		return h(w, r)
	}
}

func (s *Server) mustBeReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, sourceTimeout)
	defer cancel()
	ready, err := s.isReady(ctx)
	if err == nil && !ready {
		err = refusal{http.StatusServiceUnavailable, "the node has not joined yet; try again"}
	}
	return err
}
