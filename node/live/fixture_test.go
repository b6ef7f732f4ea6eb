package live_test

import (
	"context"
	"flag"
	"fmt"
	"hash/crc32"
	"log/slog"
	"net"
	"os"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"butterfly/node/health"
	"butterfly/node/live"
	"butterfly/node/live/seal"
	"butterfly/node/live/spec"
	"butterfly/node/live/view"
)

// Nodes wait most of the time, so more tests may run at once than there are processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "6"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// patience is how long a test waits for what takes a second or less on an idle machine.
const patience = 30 * time.Second

// quick returns the configuration of a node on loopback that lives several times as fast as a real
// one, and not so fast that a busy machine is taken for a dead one.
func quick(t testing.TB, name string, join ...string) live.Config {
	c := live.DefaultConfig()
	c.Name, c.Bind, c.Join, c.Capacity = name, "127.0.0.1:0", join, 256
	c.Keyring, c.Label = keyring(t, "test", 1), "test"
	c.Agent.JoinGrace = time.Second
	swim := &c.Agent.Swim
	swim.ProbeInterval, swim.ProbeTimeout = 400*time.Millisecond, 150*time.Millisecond
	swim.GossipInterval, swim.SyncInterval = 40*time.Millisecond, 2*time.Second
	swim.SuspicionMaxMult = 2
	swim.JoinRetry = 200 * time.Millisecond
	c.Agent.Gossip.Period = 200 * time.Millisecond
	c.Agent.Health.RankWait = 3 * time.Second
	if os.Getenv("BUTTERFLY_LOG") != "" {
		all := &slog.HandlerOptions{Level: slog.LevelDebug}
		c.Logger = slog.New(slog.NewTextHandler(os.Stderr, all))
	}
	return c
}

// keyring returns a ring with a key made of one byte, or without a key if that is 0.
func keyring(t testing.TB, label string, key byte) *seal.Keyring {
	var keys [][]byte
	if key != 0 {
		keys = [][]byte{make([]byte, seal.KeyBytes)}
		keys[0][0] = key
	}
	ring, err := seal.NewKeyring(label, keys)
	require.NoError(t, err)
	return ring
}

// check probes twice a second.
func check() health.Definition {
	d := health.DefaultDefinition()
	d.Interval, d.Timeout = 500*time.Millisecond, 400*time.Millisecond
	return d
}

// file returns an origins file with one service, "shop".
func file(targets ...string) spec.Origins {
	s := spec.Service{Name: "shop", Check: check()}
	for _, target := range targets {
		s.Origins = append(s.Origins, spec.Origin{Target: target, Weight: 1})
	}
	return spec.Origins{Services: []spec.Service{s}}
}

func start(t testing.TB, c live.Config) *live.Node {
	n, err := live.Start(context.Background(), c)
	require.NoError(t, err)
	t.Cleanup(n.Stop)
	return n
}

// startAll starts nodes with the same origins: all join through the first one.
func startAll(t testing.TB, count int, origins spec.Origins) []*live.Node {
	var nodes []*live.Node
	var join []string
	for i := range count {
		c := quick(t, fmt.Sprintf("node-%d", i), join...)
		c.Origins = origins
		if count > 8 { // many at that speed take all of the machine, and then time out
			c.Agent.Swim = live.DefaultConfig().Agent.Swim
			c.Agent.Gossip.Period = 500 * time.Millisecond
		}
		n := start(t, c)
		nodes = append(nodes, n)
		join = []string{nodes[0].Address().String()}
	}
	return nodes
}

// settled starts nodes with so many origins, and waits until all know each other and that all origins
// are healthy.
func settled(t testing.TB, count, origins int) (nodes []*live.Node, targets []string) {
	t.Helper()
	targets, _ = listenAll(t, origins)
	nodes = startAll(t, count, file(targets...))
	eventually(t, nodes, "all members", sees(count))
	eventually(t, nodes, "all origins are healthy", healthy(origins))
	return nodes, targets
}

// listen is an origin on loopback, listenAt one at an address: they accept connections until they are
// closed.
func listen(t testing.TB) net.Listener { return listenAt(t, "127.0.0.1:0") }

func listenAt(t testing.TB, address string) net.Listener {
	l, err := net.Listen("tcp4", address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			connection, err := l.Accept()
			if err != nil {
				return
			}
			_ = connection.Close()
		}
	}()
	return l
}

func listenAll(t testing.TB, count int) (targets []string, all []net.Listener) {
	for range count {
		l := listen(t)
		all, targets = append(all, l), append(targets, l.Addr().String())
	}
	return targets, all
}

// eventually waits until something holds at all nodes.
func eventually(t testing.TB, nodes []*live.Node, what string, holds func(n *live.Node) bool) {
	t.Helper()
	require.Eventually(t, func() bool {
		for _, n := range nodes {
			if !holds(n) {
				return false
			}
		}
		return true
	}, patience, 10*time.Millisecond, what)
}

// sees reports whether a node has so many members in the group.
func sees(members int) func(*live.Node) bool {
	return func(n *live.Node) bool { return overview(n).Members == members }
}

// believes reports whether a node takes an origin of the shop to have a status.
func believes(target, status string) func(*live.Node) bool {
	return func(n *live.Node) bool {
		o, err := n.Origin(context.Background(), view.Name{Service: "shop", Target: target})
		return err == nil && o.Status == status
	}
}

func overview(n *live.Node) view.Overview {
	o, _ := n.Overview(context.Background())
	return o
}

// state returns the state of a member by name, empty for none.
func state(n *live.Node, name string) string {
	members, _ := n.Members(context.Background())
	for _, m := range members {
		if m.Name == name {
			return m.State
		}
	}
	return ""
}

// checkers counts the nodes that check each origin.
func checkers(nodes []*live.Node) map[string]int {
	counts := map[string]int{}
	for _, n := range nodes {
		origins, _ := n.Origins(context.Background(), "")
		for _, o := range origins {
			if o.Checking {
				counts[o.Target]++
			}
		}
	}
	return counts
}

// requireOneCheckerEach waits until every origin has one node that checks it.
func requireOneCheckerEach(t *testing.T, nodes []*live.Node, targets []string) {
	require.Eventually(t, func() bool {
		counts := checkers(nodes)
		for _, target := range targets {
			if counts[target] != 1 {
				return false
			}
		}
		return true
	}, patience, 50*time.Millisecond, "one checker each")
}

// counted returns the value of a counter of a registry by the value of its label, 0 if it has none.
func counted(t testing.TB, r *prometheus.Registry, name, label string) int {
	families, err := r.Gather()
	require.NoError(t, err)
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == name && m.GetLabel()[0].GetValue() == label {
				return int(m.GetCounter().GetValue())
			}
		}
	}
	return 0
}

// free returns addresses that nobody listens at now, for what has to be known before it is bound. They
// are below those that systems give to whoever asks for any (32,768 and up on Linux, 49,152 elsewhere),
// so that nobody gets one of them by chance before a node takes it.
func free(t testing.TB, count int) (addresses []string) {
	const first, span = 10_000, 10_000
	start := os.Getpid() + int(crc32.ChecksumIEEE([]byte(t.Name()))%span)
	for i := 0; len(addresses) < count; i++ {
		require.Less(t, i, span, "no port is free")
		address := fmt.Sprintf("127.0.0.1:%d", first+(start+i)%span)
		stream, errStream := net.Listen("tcp", address)
		packets, errPackets := net.ListenPacket("udp", address)
		if errStream == nil {
			require.NoError(t, stream.Close())
		}
		if errPackets == nil {
			require.NoError(t, packets.Close())
		}
		if errStream == nil && errPackets == nil {
			addresses = append(addresses, address)
		}
	}
	return addresses
}
