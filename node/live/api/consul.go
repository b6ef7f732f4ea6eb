package api

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"butterfly/node/live/endpoint"
	"butterfly/node/live/view"
)

// The waits of blocking queries, as Consul has them (API documentation, "Blocking Queries"): "This
// is limited to 10 minutes. If not set, the wait time defaults to 5 minutes."
const (
	defaultWait = 5 * time.Minute
	longestWait = 10 * time.Minute
)

// consul answers in the shape of Consul's "List Service Instances for Service".
func (s *Server) consul(w http.ResponseWriter, r *http.Request) error {
	service := r.PathValue("service")
	if err := checkName("service", service); err != nil {
		return err
	}
	asked, err := parseConsul(r.URL.RawQuery)
	if err != nil {
		return err
	}
	index, err := s.awaitChange(r.Context(), service, asked)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), sourceTimeout)
	defer cancel()
	instances, err := s.instances(ctx, service, asked.passing)
	if err != nil {
		return err
	}
	// The deadline of the server was set before the wait.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTimeout))
	w.Header().Set("X-Consul-Index", strconv.FormatUint(index, 10))
	writeJSON(w, http.StatusOK, instances)
	return nil
}

// consulQuery is what a reader of the health API asks for.
type consulQuery struct {
	passing bool
	index   uint64 // 0 for an answer at once
	wait    time.Duration
}

// parseConsul takes the query of a request apart. Parameters that choose a data centre or a
// consistency mean nothing here and are let pass; those that would leave instances out are
// refused, since who asks relies on it.
func parseConsul(raw string) (consulQuery, error) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return consulQuery{}, badRequest("query: " + err.Error())
	}
	for _, chooses := range []string{"filter", "tag", "node-meta"} {
		if query.Has(chooses) {
			return consulQuery{}, badRequest(chooses + ": not supported; origins have no such attributes")
		}
	}
	asked := consulQuery{passing: query.Has("passing"), wait: defaultWait}
	if value := query.Get("passing"); value != "" {
		if asked.passing, err = strconv.ParseBool(value); err != nil {
			return consulQuery{}, badRequest("passing: expected true or false")
		}
	}
	if value := query.Get("index"); value != "" {
		if asked.index, err = strconv.ParseUint(value, 10, 64); err != nil {
			return consulQuery{}, badRequest("index: expected a number")
		}
	}
	if value := query.Get("wait"); value != "" {
		if asked.wait, err = time.ParseDuration(value); err != nil || asked.wait < 0 {
			return consulQuery{}, badRequest(`wait: expected a duration such as "10s" or "5m"`)
		}
	}
	asked.wait = min(asked.wait, longestWait)
	return asked, nil
}

// awaitChange returns the number of the last change of a service, once that is not the one that the
// reader knows, or the wait is over.
func (s *Server) awaitChange(
	ctx context.Context, service string, asked consulQuery,
) (uint64, error) {
	index, news := s.journal.lastChange(service)
	if asked.index == 0 || index != asked.index {
		return index, nil
	}
	leave, err := s.admitWatcher()
	if err != nil {
		return 0, err
	}
	defer leave()
	over := time.NewTimer(asked.wait)
	defer over.Stop()
	for index == asked.index {
		select {
		case <-news:
			index, news = s.journal.lastChange(service)
		case <-over.C:
			return index, nil
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-s.closing:
			return index, nil
		}
	}
	return index, nil
}

// instances returns the origins of a service, only those that are routed if passing. As in Consul,
// a service that there is not has none.
func (s *Server) instances(
	ctx context.Context, service string, passing bool,
) ([]instanceShape, error) {
	overview, err := s.source.Overview(ctx)
	if err != nil {
		return nil, err
	}
	origins, err := s.originsOrNone(ctx, service)
	if err != nil {
		return nil, err
	}
	instances := []instanceShape{}
	for _, o := range origins {
		if at, err := endpoint.Parse(o.Target); err == nil && (o.Routed || !passing) {
			instances = append(instances, shapeInstance(o, at, overview.Label))
		}
	}
	return instances, nil
}

// The shapes are those of the sample response in Consul's API documentation, "Health HTTP
// Endpoint".

type instanceShape struct {
	Node    consulNode
	Service consulService
	Checks  []consulCheck
}

type consulNode struct {
	ID              string
	Node            string
	Address         string
	Datacenter      string
	TaggedAddresses map[string]string
	Meta            map[string]string
}

type consulService struct {
	ID              string
	Service         string
	Tags            []string
	Address         string
	TaggedAddresses map[string]string
	Meta            map[string]string
	Port            uint16
	Weights         consulWeights
}

type consulWeights struct{ Passing, Warning uint16 }

type consulCheck struct {
	Node        string
	CheckID     string
	Name        string
	Status      string
	Notes       string
	Output      string
	ServiceID   string
	ServiceName string
	ServiceTags []string
}

// shapeInstance returns an origin as an instance of a service, on a node by the name of its host.
func shapeInstance(o view.Origin, at endpoint.Endpoint, label string) instanceShape {
	id := o.Service + "/" + o.Target
	none := map[string]string{}
	return instanceShape{
		Node: consulNode{
			Node: at.Host, Address: at.Host, Datacenter: label, TaggedAddresses: none, Meta: none,
		},
		Service: consulService{
			ID: id, Service: o.Service, Tags: []string{}, Address: at.Host, Port: at.Port,
			TaggedAddresses: none, Meta: none,
			Weights: consulWeights{Passing: o.Weight, Warning: 1},
		},
		Checks: []consulCheck{{
			Node: at.Host, CheckID: "service:" + id, Name: "butterfly", Status: consulStatus(o.Routed),
			Output: o.Status, ServiceID: id, ServiceName: o.Service, ServiceTags: []string{},
		}},
	}
}

func consulStatus(routed bool) string {
	if routed {
		return "passing"
	}
	return "critical"
}
