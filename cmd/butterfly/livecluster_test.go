//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/agent"
	"butterfly/node/health"
	"butterfly/node/live/spec"
)

// lively is how the nodes of these tests are set up: several times as fast as real ones, and not so
// fast that a busy machine is taken for a dead one.
const lively = `label: test
tuning:
  probe_interval: 400ms
  probe_timeout: 150ms
  suspicion: 4
  longest_suspicion: 2
  rumour_interval: 50ms
  join_retry: 200ms
  gossip_interval: 200ms
  rank_wait: 3s
  join_grace: 1s
routing: {churn_window: 1s, debounce: 500ms}
`

// livelyCheck probes each origin five times a second, and takes a second to condemn one, in which a
// busy machine comes round to everybody.
const livelyCheck = "{kind: http, path: /health, interval: 200ms, timeout: 200ms, rise: 2, fall: 5}"

// patience is how long a test waits for what takes a few seconds on an idle machine.
const patience = 60 * time.Second

// liveCluster is live nodes that are processes, on loopback.
type liveCluster struct {
	t      *testing.T
	folder string
	nodes  []*process
}

// newCluster starts so many nodes called n0, n1 and so on, that check the same origins, and waits
// until all take part.
func newCluster(t *testing.T, size int, origins ...*standInOrigin) *liveCluster {
	c := &liveCluster{t: t, folder: t.TempDir()}
	c.write("node.yaml", lively)
	c.writeOrigins(origins...)
	for range size {
		c.add()
	}
	for _, n := range c.nodes {
		n.awaitMembers(c.names()...)
		n.await("/v1/node", `"ready":true`)
	}
	return c
}

// add starts one more node, with flags on top of those that all have.
func (c *liveCluster) add(flags ...string) *process {
	n := c.process(fmt.Sprintf("n%d", len(c.nodes)), flags...)
	c.nodes = append(c.nodes, n)
	n.start()
	return n
}

// process is a node that joins through the first one, and has not been started.
func (c *liveCluster) process(name string, flags ...string) *process {
	servers, api := freeAddress(c.t), freeAddress(c.t)
	flags = append([]string{"node", "-config", "node.yaml", "-origins", "origins.yaml", "-name", name,
		"-bind", servers, "-http", api, "-log", "json"}, flags...)
	if len(c.nodes) > 0 {
		flags = append(flags, "-join", c.nodes[0].servers)
	}
	return &process{
		t: c.t, folder: c.folder, name: name, flags: flags, servers: servers, api: api,
	}
}

func (c *liveCluster) write(name, text string) {
	require.NoError(c.t, os.WriteFile(filepath.Join(c.folder, name), []byte(text), 0o600))
}

func (c *liveCluster) writeOrigins(origins ...*standInOrigin) {
	var targets []string
	for _, o := range origins {
		targets = append(targets, o.target)
	}
	c.write("origins.yaml", fmt.Sprintf("services:\n  shop:\n    check: %s\n    origins: [%s]\n",
		livelyCheck, strings.Join(targets, ", ")))
}

func (c *liveCluster) names() (names []string) {
	for _, n := range c.nodes {
		names = append(names, n.name)
	}
	return names
}

// others are all nodes but one.
func (c *liveCluster) others(but *process) []*process {
	return slices.DeleteFunc(slices.Clone(c.nodes), func(n *process) bool { return n == but })
}

// awaitHealthy waits until all nodes of a list take all origins to be healthy.
func awaitHealthy(nodes []*process, origins []*standInOrigin) {
	for _, n := range nodes {
		n.await("/v1/node", fmt.Sprintf(`"healthy":%d,`, len(origins)))
	}
}

// config is how the machine of each node is configured.
func (c *liveCluster) config() agent.Config {
	n, err := spec.ParseNode("node.yaml", []byte(lively))
	require.NoError(c.t, err)
	text, err := os.ReadFile(filepath.Join(c.folder, "origins.yaml"))
	require.NoError(c.t, err)
	origins, err := spec.ParseOrigins("origins.yaml", text)
	require.NoError(c.t, err)
	n.Agent.Health.Definitions = []health.Definition{origins.Services[0].Check}
	return n.Agent
}

// gapBound is for how long an origin may go without a probe when a node is gone or comes back: that
// one has to be noticed, or to join, before package health counts.
func (c *liveCluster) gapBound() health.Gap {
	config := c.config()
	return health.GapBound(config.Swim.DetectionBound(len(c.nodes))+config.JoinGrace, config.Health)
}

// within waits until nothing is wrong any more, and fails with what still is after the limit.
func within(t *testing.T, limit time.Duration, wrong func() error) {
	t.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		err := wrong()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			require.NoError(t, err, "still after %v", limit)
		}
	}
}

// freeAddress is an address on loopback that nobody listens at, for a process to listen at.
func freeAddress(t *testing.T) string {
	listener := listenAnywhere(t)
	require.NoError(t, listener.Close())
	return listener.Addr().String()
}

// testPorts are those that tests of this process are given, none of them twice. They are above those that the
// tests of package live take, which run at the same time.
var testPorts = newPorts(rand.IntN(lastPort))

// listenAnywhere listens at an address on loopback that the system gives to nobody who asks for any, as it
// may after it has been free for a moment. Live servers of other tests may take one in that moment.
func listenAnywhere(t *testing.T) net.Listener {
	for range 1000 {
		port, err := testPorts.take()
		require.NoError(t, err)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return listener
		}
	}
	require.FailNow(t, "no address is free")
	return nil
}
