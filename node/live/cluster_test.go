package live_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/live"
	"butterfly/node/live/spec"
	"butterfly/node/live/view"
)

// Three nodes find each other through one, and what one of them finds out about an origin reaches
// all.
func TestThreeNodesFindEachOtherAndShareResults(t *testing.T) {
	t.Parallel()
	targets, listeners := listenAll(t, 5)
	nodes := startAll(t, 3, file(targets...))
	eventually(t, nodes, "three members", sees(3))
	for _, target := range targets {
		eventually(t, nodes, target+" is healthy", believes(target, "healthy"))
	}
	requireOneCheckerEach(t, nodes, targets)

	require.NoError(t, listeners[2].Close())
	eventually(t, nodes, "the origin that went is unhealthy", believes(targets[2], "unhealthy"))
	for i, target := range targets {
		if i != 2 {
			eventually(t, nodes, target+" is still healthy", believes(target, "healthy"))
		}
	}
}

// "64 nodes in one process on loopback must work for tests".
func TestManyNodesOnLoopbackConverge(t *testing.T) {
	t.Parallel()
	count := 16
	if os.Getenv("BUTTERFLY_FULL") != "" {
		count = 64
	}
	settled(t, count, 2*count)
}

// A node that is gone without a word is found dead by all, and what it checked is checked by
// others, no later than the bound of package health says, which is the sum of what the detection
// takes and of two intervals and a timeout. What else the machine is busy with makes it later: for
// that it is given some seconds on top.
func TestTheOriginsOfANodeThatDiedAreTakenOver(t *testing.T) {
	t.Parallel()
	nodes, targets := settled(t, 4, 12)
	require.Eventually(t, func() bool { return len(checkers(nodes)) == len(targets) }, patience,
		10*time.Millisecond)

	config := quick(t, "bound")
	config.Agent.Health.Definitions = []health.Definition{check()}
	detection := config.Agent.Swim.DetectionTerms(len(nodes)).Total()
	bound := health.GapBound(detection, config.Agent.Health).Total()
	nodes[3].Stop()
	stopped := time.Now()
	rest := nodes[:3]
	eventually(t, rest, "it is dead", func(n *live.Node) bool {
		return state(n, "node-3") == "dead"
	})
	require.Eventually(t, func() bool { return len(checkers(rest)) == len(targets) }, patience,
		10*time.Millisecond)
	const slack = 5 * time.Second
	require.Less(t, time.Since(stopped), bound+slack)
}

// A node that stands still, for long enough to be suspected or found dead, goes on as if nothing had
// been: it is back, each origin has its one checker, and nobody has taken an origin for unhealthy
// meanwhile.
func TestANodeThatStoodStillGoesOn(t *testing.T) {
	t.Parallel()
	nodes, targets := settled(t, 3, 9)
	var watches []*view.Subscription
	for _, n := range nodes {
		watch := n.Subscribe(1000)
		defer watch.Close()
		watches = append(watches, watch)
	}
	nodes[2].Stand(4 * time.Second)
	eventually(t, nodes, "all are back", func(n *live.Node) bool {
		return sees(3)(n) && state(n, "node-2") == "alive"
	})
	requireOneCheckerEach(t, nodes, targets)
	for _, watch := range watches {
		events, _ := watch.Take()
		for _, e := range events {
			require.NotEqual(t, "unhealthy", e.Detail, "%s %s", e.Kind, e.Target)
		}
	}
}

// Who leaves is not suspected first, and what it checked is checked by others when it stops.
func TestANodeThatLeavesHandsOver(t *testing.T) {
	t.Parallel()
	nodes, targets := settled(t, 3, 12)
	watch := nodes[0].Subscribe(1000)
	defer watch.Close()
	require.NoError(t, nodes[2].Leave(context.Background()))
	rest := nodes[:2]
	eventually(t, rest, "it has left", func(n *live.Node) bool {
		return state(n, "node-2") == "left"
	})
	require.Eventually(t, func() bool { return len(checkers(rest)) == len(targets) }, patience,
		10*time.Millisecond)
	events, dropped := watch.Take()
	require.Zero(t, dropped)
	for _, e := range events {
		require.NotEqual(t, "member-dead", e.Kind, e.Member)
	}
}

// A node finds a seed that comes up later than itself.
func TestSeedsMayComeUpLater(t *testing.T) {
	t.Parallel()
	address := free(t, 1)[0]
	early := quick(t, "early", address)
	early.JoinTime = 50 * time.Millisecond
	nodes := []*live.Node{start(t, early)}
	require.Equal(t, 1, overview(nodes[0]).Members)
	late := quick(t, "late", nodes[0].Address().String())
	late.Bind = address
	nodes = append(nodes, start(t, late))
	eventually(t, nodes, "each other", sees(2))
	eventually(t, nodes, "by name", func(n *live.Node) bool {
		return state(n, "early") == "alive" && state(n, "late") == "alive"
	})
}

// All may begin at once, each with all as seeds, itself among them: nobody was there first.
func TestAllMayBeginAtOnce(t *testing.T) {
	t.Parallel()
	join := free(t, 3)
	nodes := make([]*live.Node, len(join))
	var all sync.WaitGroup
	for i := range nodes {
		c := quick(t, fmt.Sprintf("node-%d", i), join...)
		c.Bind = join[i]
		all.Go(func() {
			var err error
			if nodes[i], err = live.Start(context.Background(), c); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, n := range nodes {
		t.Cleanup(n.Stop)
	}
	eventually(t, nodes, "each other", sees(3))
}

// "A collision (another live member with our number and another name) is an error at join".
func TestANumberThatIsTakenIsAnError(t *testing.T) {
	t.Parallel()
	nodes := startAll(t, 2, spec.Origins{})
	eventually(t, nodes, "each other by name", func(n *live.Node) bool {
		return state(n, "node-0") == "alive" && state(n, "node-1") == "alive"
	})
	for _, n := range nodes {
		c := quick(t, "other", nodes[0].Address().String())
		c.Number = node.ID(overview(n).Number)
		_, err := live.Start(context.Background(), c)
		require.ErrorContains(t, err, fmt.Sprintf("%q lives under this node's number %d: choose "+
			"another -name or set -number", overview(n).Name, c.Number))
	}
	eventually(t, nodes, "nobody was harmed", sees(2))
}
