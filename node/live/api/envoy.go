package api

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"

	"butterfly/node/live/endpoint"
	"butterfly/node/live/view"
)

// assignmentType is the type of the resources of Envoy's endpoint discovery.
const assignmentType = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment"

// discoveryResponse is an envoy.service.discovery.v3.DiscoveryResponse in the JSON of protocol
// buffers.
type discoveryResponse struct {
	VersionInfo string       `json:"version_info"`
	Resources   []assignment `json:"resources"`
	TypeURL     string       `json:"type_url"`
}

// assignment is an envoy.config.endpoint.v3.ClusterLoadAssignment: a service as a cluster.
type assignment struct {
	Type        string     `json:"@type"`
	ClusterName string     `json:"cluster_name"`
	Endpoints   []locality `json:"endpoints"`
}

type locality struct {
	Endpoints []lbEndpoint `json:"lb_endpoints"`
}

type lbEndpoint struct {
	Endpoint            envoyEndpoint `json:"endpoint"`
	HealthStatus        string        `json:"health_status"`
	LoadBalancingWeight uint16        `json:"load_balancing_weight,omitempty"` // "at least 1"
}

type envoyEndpoint struct {
	Address envoyAddress `json:"address"`
}

type envoyAddress struct {
	Socket socketAddress `json:"socket_address"`
}

type socketAddress struct {
	Address string `json:"address"`
	Port    uint16 `json:"port_value"`
}

func (s *Server) envoy(w http.ResponseWriter, r *http.Request) error {
	origins, err := s.originsAsked(r)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, discover(assign(origins)))
	return nil
}

// discover returns the response that has these resources. Its version is a digest of them, so that
// the same ones have the same version at any time and at any node.
func discover(resources []assignment) discoveryResponse {
	digest := fnv.New64a()
	// Neither fails: the values are plain, and a digest takes all bytes.
	_ = json.NewEncoder(digest).Encode(resources)
	return discoveryResponse{
		VersionInfo: fmt.Sprintf("%016x", digest.Sum64()), Resources: resources, TypeURL: assignmentType,
	}
}

// assign returns an assignment for each service of a list of origins sorted by service.
func assign(origins []view.Origin) []assignment {
	assignments := []assignment{}
	for start, end := 0, 0; start < len(origins); start = end {
		service := origins[start].Service
		for end = start; end < len(origins) && origins[end].Service == service; end++ {
		}
		assignments = append(assignments, assignService(service, origins[start:end]))
	}
	return assignments
}

// assignService returns the assignment of one service. Envoy wants "a direct IP address" of an
// endpoint and refuses the whole assignment for a name, so those by name are left out.
func assignService(service string, origins []view.Origin) assignment {
	endpoints := []lbEndpoint{}
	for _, o := range origins {
		if at, err := endpoint.Parse(o.Target); err == nil && at.Address.IsValid() {
			endpoints = append(endpoints, lbEndpoint{
				Endpoint:            envoyEndpoint{envoyAddress{socketAddress{at.Host, at.Port}}},
				HealthStatus:        envoyStatus(o),
				LoadBalancingWeight: o.Weight,
			})
		}
	}
	return assignment{assignmentType, service, []locality{{endpoints}}}
}

// envoyStatus returns an envoy.config.core.v3.HealthStatus.
func envoyStatus(o view.Origin) string {
	switch {
	case o.Routed:
		return "HEALTHY"
	case o.Weight == 0:
		return "DRAINING"
	}
	return "UNHEALTHY"
}
