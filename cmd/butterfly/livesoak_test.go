//go:build unix

package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// load is what a node bears on one processor.
type load struct {
	origins, watchers int
	lasts             time.Duration
}

// soakInterval is how often each origin is probed.
const soakInterval = 500 * time.Millisecond

// soakLoad is "2,000 probes a second to local origins and 500 API watchers" in full, for as long as
// BUTTERFLY_SOAK says, and a part of that for a moment otherwise.
func soakLoad(t *testing.T) load {
	full := load{origins: 1000, watchers: 500, lasts: 12 * time.Second}
	if text := os.Getenv("BUTTERFLY_SOAK"); text != "" {
		var err error
		full.lasts, err = time.ParseDuration(text)
		require.NoError(t, err, "BUTTERFLY_SOAK")
		return full
	}
	if os.Getenv("BUTTERFLY_FULL") != "" {
		return full
	}
	return load{origins: 200, watchers: 100, lasts: 2 * time.Second}
}

// "one node handles 2,000 probes a second to local origins and 500 API watchers on one core, with the
// queue depths bounded; memory steady": an hour of it by
//
//	BUTTERFLY_SOAK=1h go test ./cmd/butterfly -run '^TestSoak$' -v -timeout 2h
//
// It is not run beside other tests, which it would disturb.
func TestSoak(t *testing.T) {
	l := soakLoad(t)
	flapping := &atomic.Bool{}
	targets := l.listen(t, flapping)
	c := &liveCluster{t: t, folder: t.TempDir()}
	c.write("node.yaml", lively+"capacity: 2000\n")
	c.write("origins.yaml", fmt.Sprintf("services:\n  shop:\n    check: "+
		"{kind: http, interval: %v, timeout: %v}\n    origins: [%s]\n", soakInterval, soakInterval,
		strings.Join(targets, ", ")))
	n := c.process("n0")
	n.environment = []string{"GOMAXPROCS=1"}
	n.start()
	n.await("/v1/node", fmt.Sprintf(`"healthy":%d,`, l.origins))
	events := l.watch(t, n)

	soak := soaking{t: t, node: n, deepest: map[string]float64{}}
	soak.run(l.lasts, flapping, events)
	soak.require(l, events)
}

// listen runs origins, of which each hundredth answers badly while the flag is set.
func (l load) listen(t *testing.T, ill *atomic.Bool) (targets []string) {
	server := &http.Server{}
	t.Cleanup(func() { _ = server.Close() })
	flapping := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if ill.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})}
	t.Cleanup(func() { _ = flapping.Close() })
	server.Handler = http.HandlerFunc(answersWell)
	for i := range l.origins {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		targets = append(targets, listener.Addr().String())
		serving := server
		if i%100 == 0 {
			serving = flapping
		}
		go func() { _ = serving.Serve(listener) }()
	}
	return targets
}

// watch has so many watch the node, and returns how many events each of them has seen.
func (l load) watch(t *testing.T, n *process) []atomic.Int64 {
	events := make([]atomic.Int64, l.watchers)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	var all sync.WaitGroup
	t.Cleanup(all.Wait)
	for i := range events {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
			"http://"+n.api+"/v1/watch", nil)
		require.NoError(t, err)
		all.Go(func() {
			response, err := transport.RoundTrip(request)
			if err != nil {
				return
			}
			defer func() { _ = response.Body.Close() }()
			for lines := bufio.NewScanner(response.Body); lines.Scan(); {
				if strings.HasPrefix(lines.Text(), "data: ") {
					events[i].Add(1)
				}
			}
		})
	}
	return events
}

// soaking is what is seen of a node under load, from its metrics.
type soaking struct {
	t       *testing.T
	node    *process
	deepest map[string]float64 // the longest that each queue was
	// At the beginning, and so far: probes, and seconds of processor time.
	first, last struct {
		at          time.Time
		probes, cpu float64
	}
	memory []float64 // resident bytes, one for each look
	missed int       // looks that were not answered within two seconds
}

// run looks at the node about once a second, and has some origins go down and come back meanwhile,
// until the time is over and every watcher has been told of it.
func (s *soaking) run(lasts time.Duration, ill *atomic.Bool, events []atomic.Int64) {
	s.look()
	require.NotEmpty(s.t, s.memory, "the API has not answered in time")
	s.first = s.last
	for ill.Store(true); ; ill.Store(len(s.memory)/3%2 == 0) {
		took := time.Since(s.first.at)
		if took >= lasts && fewest(events) > 0 || took >= lasts+patience {
			return
		}
		time.Sleep(time.Second)
		s.look()
	}
}

// fewest is how many events that watcher has seen that has seen the fewest.
func fewest(events []atomic.Int64) int64 {
	least := events[0].Load()
	for i := range events {
		least = min(least, events[i].Load())
	}
	return least
}

func (s *soaking) look() {
	text := s.node.get("/metrics")
	if text == "" {
		s.missed++
		return
	}
	s.last.at, s.last.probes = time.Now(), 0
	for line := range strings.Lines(text) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		var value float64
		if _, err := fmt.Sscan(rest, &value); err != nil {
			continue
		}
		switch {
		case strings.HasPrefix(name, "butterfly_queue_depth{"):
			s.deepest[name] = max(s.deepest[name], value)
		case strings.HasPrefix(name, "butterfly_probes_total{"):
			s.last.probes += value
		case name == "process_cpu_seconds_total":
			s.last.cpu = value
		case name == "process_resident_memory_bytes":
			s.memory = append(s.memory, value)
		}
	}
}

// require demands that the node kept up, within its bounds.
func (s *soaking) require(l load, events []atomic.Int64) {
	t, took := s.t, s.last.at.Sub(s.first.at).Seconds()
	rate := (s.last.probes - s.first.probes) / took
	wanted := float64(l.origins) / soakInterval.Seconds()
	watched := int64(0)
	for i := range events {
		watched += events[i].Load()
	}
	require.LessOrEqual(t, s.missed, 1+len(s.memory)/100, "the API has not answered in time")
	half, whole := s.memory[len(s.memory)/2], s.memory[len(s.memory)-1]
	t.Logf("%.0f probes a second of %.0f, %.2f of a processor, %.1f MB after half the time and %.1f "+
		"after %.0f s, %d watchers saw %.0f events a second, the queues held at most %v, and %d of %d "+
		"looks were missed", rate, wanted, (s.last.cpu-s.first.cpu)/took, half/1e6, whole/1e6, took,
		l.watchers, float64(watched)/took, s.deepest, s.missed, s.missed+len(s.memory))
	require.Greater(t, rate, 0.75*wanted, "the rest for what else the machine does")
	require.Positive(t, fewest(events), "a watcher has seen nothing")
	require.Less(t, whole, 1.2*half+8e6)
	require.NotEmpty(t, s.deepest)
	for queue, depth := range s.deepest {
		require.LessOrEqual(t, depth, float64(max(64, l.origins)), queue)
	}
}
