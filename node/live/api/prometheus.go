package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"butterfly/node/live/endpoint"
	"butterfly/node/live/view"
)

// targetGroup is an element of the list that Prometheus wants of an HTTP service discovery
// (Prometheus documentation, "Writing HTTP Service Discovery").
type targetGroup struct {
	Targets []string          `json:"targets"`
	Labels  map[string]string `json:"labels"`
}

// prometheus answers with all origins, each in a group of its own, for its labels are.
func (s *Server) prometheus(w http.ResponseWriter, r *http.Request) error {
	origins, err := s.originsAsked(r)
	if err != nil {
		return err
	}
	groups := []targetGroup{}
	for _, o := range origins {
		if _, err := endpoint.Parse(o.Target); err == nil {
			groups = append(groups, shapeTargetGroup(o))
		}
	}
	writeJSON(w, http.StatusOK, groups)
	return nil
}

// shapeTargetGroup labels an origin. Labels that begin with __meta_ are for relabelling and are
// dropped after it.
func shapeTargetGroup(o view.Origin) targetGroup {
	return targetGroup{
		Targets: []string{o.Target},
		Labels: map[string]string{
			"__meta_butterfly_service": o.Service,
			"__meta_butterfly_status":  o.Status,
			"__meta_butterfly_routed":  strconv.FormatBool(o.Routed),
			"__meta_butterfly_weight":  strconv.Itoa(int(o.Weight)),
			"__meta_butterfly_checker": o.Checker,
		},
	}
}

// originsAsked returns the origins of the service that the query names, of all if it names none.
func (s *Server) originsAsked(r *http.Request) ([]view.Origin, error) {
	query, err := parseQuery(r, "service")
	if err != nil {
		return nil, err
	}
	service, err := serviceOf(query)
	if err != nil {
		return nil, err
	}
	return s.originsOrNone(r.Context(), service)
}

// originsOrNone returns the origins of a service, none for a service that there is not: readers of
// a list take an error to mean that nothing has changed.
func (s *Server) originsOrNone(ctx context.Context, service string) ([]view.Origin, error) {
	origins, err := s.source.Origins(ctx, service)
	if errors.Is(err, view.ErrUnknown) {
		return nil, nil
	}
	return origins, err
}
