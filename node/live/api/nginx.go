package api

import (
	"fmt"
	"net"
	"net/http"
	"strconv"

	"butterfly/node/live/endpoint"
	"butterfly/node/live/view"
)

// nginx answers with the lines of an upstream block (ngx_http_upstream_module, "server").
func (s *Server) nginx(w http.ResponseWriter, r *http.Request) error {
	query, err := parseQuery(r, "service")
	if err != nil {
		return err
	}
	service := query.Get("service")
	if err := checkName("service", service); err != nil {
		return err
	}
	// An unknown service is an error here: nginx does not start with an upstream of no servers.
	origins, err := s.source.Origins(r.Context(), service)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	for _, o := range origins {
		if at, err := endpoint.Parse(o.Target); err == nil {
			_, _ = fmt.Fprintln(w, nginxLine(o, at))
		}
	}
	return nil
}

// nginxLine returns an origin as a line of an upstream block. The name of an endpoint has no
// character that means anything to nginx.
func nginxLine(o view.Origin, at endpoint.Endpoint) string {
	address := net.JoinHostPort(at.Host, strconv.Itoa(int(at.Port)))
	if !o.Routed {
		return fmt.Sprintf("server %s down;", address)
	}
	return fmt.Sprintf("server %s weight=%d;", address, max(1, o.Weight))
}
