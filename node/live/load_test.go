package live_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"butterfly/node/live"
	"butterfly/node/live/view"
)

// "one node handles 2,000 probes a second to local origins and 500 API watchers on one core, with the
// queue depths bounded". By default it is a small part of that; BUTTERFLY_FULL=1 takes all, and GOMAXPROCS=1
// the one core.
func TestAnOrdinaryDayOfProbesAndWatchers(t *testing.T) {
	origins, watchers, deviation := 50, 50, 0.5 // beside other tests, on a busy machine
	if os.Getenv("BUTTERFLY_FULL") != "" {
		origins, watchers, deviation = 1000, 500, 0.15
	} else {
		t.Parallel()
	}
	listener := listenAt(t, "0.0.0.0:0") // every address of loopback
	registry := prometheus.NewRegistry()
	c := quick(t, "busy")
	c.Capacity, c.Registerer = origins, registry
	c.Origins = file(loopback(origins, listener.Addr().(*net.TCPAddr).Port)...)
	c.Agent.Routing.ChurnWindow = 0
	n := start(t, c)
	eventually(t, []*live.Node{n}, "all are healthy", healthy(origins))

	var all sync.WaitGroup
	told := make([]int, watchers)
	for i := range told {
		watch := n.Subscribe(2 * origins)
		defer watch.Close()
		all.Go(func() { told[i] = followUnhealthy(watch, origins) })
	}
	const span = 3 * time.Second
	before, deepest := counted(t, registry, "butterfly_probes_total", "succeeded"), 0
	began := time.Now()
	for ; time.Since(began) < span; time.Sleep(100 * time.Millisecond) {
		deepest = max(deepest, depth(t, registry))
	}
	made := counted(t, registry, "butterfly_probes_total", "succeeded") - before
	took := time.Since(began)
	require.InEpsilon(t, float64(origins)*took.Seconds()/check().Interval.Seconds(), made,
		deviation)
	require.LessOrEqual(t, deepest, origins)
	t.Logf("%d probes in %v, at most %d inputs waiting", made, took, deepest)

	require.NoError(t, listener.Close())
	all.Wait()
	for _, count := range told {
		require.Equal(t, origins, count)
	}
}

// followUnhealthy reads events until so many origins are unhealthy, or patience is over, and returns
// how many are.
func followUnhealthy(watch *view.Subscription, origins int) (unhealthy int) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for unhealthy < origins && ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-watch.News():
		}
		events, _ := watch.Take()
		for _, e := range events {
			if e.Kind == "believed" && e.Detail == "unhealthy" {
				unhealthy++
			}
		}
	}
	return unhealthy
}

// loopback returns so many addresses of loopback, all with that port.
func loopback(count, port int) (targets []string) {
	for i := range count {
		targets = append(targets, fmt.Sprintf("127.0.%d.%d:%d", i/250, i%250+1, port))
	}
	return targets
}

// depth returns how many inputs wait now, in all queues.
func depth(t testing.TB, r *prometheus.Registry) (waiting int) {
	families, err := r.Gather()
	require.NoError(t, err)
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "butterfly_queue_depth" {
				waiting += int(m.GetGauge().GetValue())
			}
		}
	}
	return waiting
}
