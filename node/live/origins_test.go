package live_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"butterfly/node/health"
	"butterfly/node/live"
	"butterfly/node/live/view"
)

// "added origins are registered, removed ones unregistered (spreads through the map, so reloading
// one node is enough and reloading all does no harm)".
func TestAReloadAtOneNodeReachesAll(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 4)
	nodes := startAll(t, 3, file(targets[:3]...))
	eventually(t, nodes, "the origins of the file", healthy(3))
	require.NoError(t, nodes[1].Reload(context.Background(), file(targets[1:]...)))
	has := func(want ...string) func(*live.Node) bool {
		return func(n *live.Node) bool {
			origins, _ := n.Origins(context.Background(), "shop")
			var got []string
			for _, o := range origins {
				if o.Status == "healthy" {
					got = append(got, o.Target)
				}
			}
			slices.Sort(got)
			return slices.Equal(slices.Sorted(slices.Values(want)), got)
		}
	}
	eventually(t, nodes, "the origins of the new file", has(targets[1:]...))
	for _, n := range nodes {
		require.NoError(t, n.Reload(context.Background(), file(targets[1:]...)))
	}
	eventually(t, nodes, "the same as before", has(targets[1:]...))

	faster := file(targets[1:]...)
	faster.Services[0].Check.Fall = 9
	require.NoError(t, nodes[0].Reload(context.Background(), faster))
	eventually(t, nodes, "another check", func(n *live.Node) bool {
		services, _ := n.Services(context.Background())
		return len(services) == 1 && services[0].Check == "tcp, every 500ms, within 400ms, "+
			"up after 2, down after 9"
	})
}

// A node whose file has other origins than that of others makes them known; one without a file gets
// to know all.
func TestFilesMayDiffer(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 3)
	nodes := startAll(t, 1, file(targets[:2]...))
	other := quick(t, "other", nodes[0].Address().String())
	other.Origins = file(targets[1:]...)
	none := quick(t, "none", nodes[0].Address().String())
	nodes = append(nodes, start(t, other), start(t, none))
	eventually(t, nodes, "all origins", healthy(3))
}

// "What has been taken away since a node began it does not bring back", even if the file of that node
// has it still and somebody begins with another file.
func TestWhatWasTakenAwayStaysAway(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 3)
	nodes := startAll(t, 2, file(targets[0]))
	for _, n := range nodes { // so that it is in a file and yet not what the node began with
		require.NoError(t, n.Reload(context.Background(), file(targets[:2]...)))
	}
	eventually(t, nodes, "both", healthy(2))
	require.NoError(t, nodes[0].Reload(context.Background(), file(targets[0])))
	eventually(t, nodes, "one is gone", healthy(1))
	other := quick(t, "other", nodes[0].Address().String())
	other.Origins = file(targets[2])
	nodes = append(nodes, start(t, other))
	eventually(t, nodes, "that of the first file and that of the newcomer", healthy(2))
	for _, n := range nodes {
		_, err := n.Origin(context.Background(), view.Name{Service: "shop", Target: targets[1]})
		require.Equal(t, view.ErrUnknown, err)
	}
}

// An origin that answers otherwise than it should is unhealthy, and the last probe says why.
func TestAnOriginIsJudgedByWhatItAnswers(t *testing.T) {
	t.Parallel()
	status := make(chan int, 1)
	status <- http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := <-status
		status <- now
		w.WriteHeader(now)
	}))
	defer server.Close()
	target := server.Listener.Addr().String()
	c := quick(t, "a")
	c.Origins = file(target)
	c.Origins.Services[0].Check.Kind, c.Origins.Services[0].Check.Path = health.HTTP, "/health"
	n := start(t, c)
	eventually(t, []*live.Node{n}, "up", believes(target, "healthy"))
	<-status
	status <- http.StatusServiceUnavailable
	eventually(t, []*live.Node{n}, "down", believes(target, "unhealthy"))
	name := view.Name{Service: "shop", Target: target}
	detail, err := n.Origin(context.Background(), name)
	require.NoError(t, err)
	require.Equal(t, "failed", detail.LastProbe.Outcome)
	require.Contains(t, detail.LastProbe.Detail, "503")
	require.Len(t, detail.History, 2)
	require.Equal(t, "http, GET /health, every 500ms, within 400ms, up after 2, down after 3",
		detail.Check)
}

// A registration at any node reaches all, with a weight of its own, and so does its end.
func TestOriginsAreRegisteredByHand(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	targets, _ := listenAll(t, 2)
	nodes := startAll(t, 2, file(targets[0]))
	eventually(t, nodes, "the origin of the file", healthy(1))
	name := view.Name{Service: "shop", Target: targets[1]}
	require.NoError(t, nodes[0].Register(ctx, view.Registration{Name: name, Weight: 3}))
	eventually(t, nodes, "both", healthy(2))
	detail, err := nodes[1].Origin(ctx, name)
	require.NoError(t, err)
	require.EqualValues(t, 3, detail.Weight)
	require.True(t, detail.Routed)
	require.Equal(t, "tcp, every 500ms, within 400ms, up after 2, down after 3", detail.Check)
	require.Len(t, detail.Ranking, 2)
	require.Greater(t, detail.Ranking[0].Score, detail.Ranking[1].Score)
	latest := detail.History[len(detail.History)-1]
	require.Equal(t, view.Change{
		At: detail.Since, Status: detail.Status, Checker: latest.Checker,
	}, latest)
	require.Contains(t, []string{"node-0", "node-1"}, latest.Checker)

	require.NoError(t, nodes[1].Unregister(ctx, name))
	eventually(t, nodes, "the first alone", func(n *live.Node) bool {
		_, err := n.Origin(ctx, name)
		return err == view.ErrUnknown && overview(n).Origins == 1
	})
	require.Equal(t, view.ErrUnknown, nodes[0].Unregister(ctx, name))
	_, err = nodes[0].Origins(ctx, "else")
	require.Equal(t, view.ErrUnknown, err)

	var refused *view.RefusedError
	for field, name := range map[string]view.Name{
		"service": {Service: "-", Target: "a:1"}, "target": {Service: "shop", Target: "nowhere"},
	} {
		require.ErrorAs(t, nodes[0].Register(ctx, view.Registration{Name: name}), &refused)
		require.Equal(t, field, refused.Field)
	}
}

// "Capacity is how many origins there may be": more are refused and change nothing.
func TestMoreOriginsThanThereIsRoomForAreRefused(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 3)
	c := quick(t, "a")
	c.Capacity, c.Origins = 2, file(targets...)
	_, err := live.Start(t.Context(), c)
	require.ErrorContains(t, err, "live: origins: names: the directory is full: it has 2 origins")
	c.Origins = file(targets[:2]...)
	n := start(t, c)
	require.Error(t, n.Reload(context.Background(), file(targets...)))
	eventually(t, []*live.Node{n}, "as before", healthy(2))
}

// The metrics of a node follow the rules of their format, have the levels that the views have, and
// go with the node.
func TestMetricsAreThereAsLongAsTheNode(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 2)
	registry := prometheus.NewPedanticRegistry()
	c := quick(t, "a")
	c.Origins, c.Registerer = file(targets...), registry
	n := start(t, c)
	eventually(t, []*live.Node{n}, "healthy", healthy(2))
	problems, err := testutil.GatherAndLint(registry)
	require.NoError(t, err)
	require.Empty(t, problems)
	families, err := registry.Gather()
	require.NoError(t, err)
	levels := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if m.GetGauge() != nil && len(m.GetLabel()) > 0 {
				levels[f.GetName()+" "+m.GetLabel()[0].GetValue()] = m.GetGauge().GetValue()
			}
		}
	}
	require.EqualValues(t, 2, levels["butterfly_origins healthy"])
	require.EqualValues(t, 1, levels["butterfly_members alive"])
	require.Positive(t, counted(t, registry, "butterfly_probes_total", "succeeded"))
	n.Stop()
	families, err = registry.Gather()
	require.NoError(t, err)
	require.Empty(t, families)
	_, err = n.Overview(context.Background())
	require.Equal(t, view.ErrStopped, err)
}

func healthy(count int) func(*live.Node) bool {
	return func(n *live.Node) bool {
		o := overview(n)
		return o.Healthy == count && o.Origins == count
	}
}
