package api

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// The fields are those of envoy/service/discovery/v3/discovery.proto and
// envoy/config/endpoint/v3/endpoint.proto, in the JSON mapping of protocol buffers, which takes the
// names of the .proto file. Of the address: "For STATIC or EDS, it is expected to be a direct IP
// address". Of the weight: "at least 1".
func TestEndpointDiscovery(t *testing.T) {
	s := newTestServer(t, newFakeNode())
	var response map[string]any
	require.NoError(t, json.Unmarshal([]byte(get(t, s, "/v1/envoy/eds?service=shop")), &response))
	require.Regexp(t, "^[0-9a-f]{16}$", response["version_info"])
	require.Equal(t, assignmentType, response["type_url"])
	resources, err := json.Marshal(response["resources"])
	require.NoError(t, err)
	require.JSONEq(t, `[{
		"@type": "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
		"cluster_name": "shop",
		"endpoints": [{"lb_endpoints": [
			{"endpoint": {"address": {"socket_address": {"address": "192.0.2.10", "port_value": 80}}},
			 "health_status": "HEALTHY", "load_balancing_weight": 3},
			{"endpoint": {"address": {"socket_address": {"address": "192.0.2.11", "port_value": 80}}},
			 "health_status": "UNHEALTHY", "load_balancing_weight": 1},
			{"endpoint": {"address": {"socket_address": {"address": "2001:db8::1", "port_value": 8080}}},
			 "health_status": "DRAINING"}]}]}]`, string(resources))
}

// One assignment a service; those by name are left out.
func TestAllServicesAreDiscovered(t *testing.T) {
	assignments := assign(newFakeNode().list)
	require.Len(t, assignments, 2)
	require.Equal(t, "mail", assignments[0].ClusterName)
	require.Empty(t, assignments[0].Endpoints[0].Endpoints)
	require.Equal(t, "shop", assignments[1].ClusterName)
	require.Len(t, assignments[1].Endpoints[0].Endpoints, 3)
	require.Empty(t, assign(nil))
}

// "the same ones have the same version at any time and at any node".
func TestTheVersionIsThatOfTheContent(t *testing.T) {
	a, b := newFakeNode(), newFakeNode()
	require.Equal(t, discover(assign(a.list)), discover(assign(b.list)))
	b.put(origin("shop", "192.0.2.11:80", "healthy", true, 1))
	require.NotEqual(t, discover(assign(a.list)).VersionInfo, discover(assign(b.list)).VersionInfo)
}
