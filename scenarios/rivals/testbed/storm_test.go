package testbed_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/broadcast"
	"butterfly/scenarios/rivals/leader"
	"butterfly/scenarios/rivals/testbed"
	"butterfly/sim/rng"
)

// drawFaults draws what goes wrong between 10 s and 90 s. Operators talk to server 0, which does
// not crash: what they say to one that does may be lost.
func drawFaults(t *rapid.T) []scenarios.Fault {
	faults := make([]scenarios.Fault, rapid.IntRange(1, 8).Draw(t, "faults"))
	for i := range faults {
		f := scenarios.Fault{
			Kind: rapid.SampledFrom(kinds()).Draw(t, "kind"),
			At:   span(rapid.IntRange(10_000, 60_000).Draw(t, "at")),
			For:  span(rapid.IntRange(100, 30_000).Draw(t, "for")),
		}
		host := rapid.IntRange(1, testbed.Servers-1).Draw(t, "host")
		origins := []uint32{rapid.Uint32Range(0, testbed.Origins-1).Draw(t, "origin")}
		f.Hosts, f.Origins = []node.ID{node.ID(host)}, origins
		switch f.Kind {
		case scenarios.Register, scenarios.Unregister:
			f.Hosts = []node.ID{0}
		case scenarios.Loss, scenarios.BurstLoss:
			f.LossPPM = 300_000
		case scenarios.Duplicate, scenarios.Reorder, scenarios.Corrupt:
			f.SharePPM, f.By = 300_000, span(50)
		case scenarios.SlowLinks:
			f.Latency.Latency = netmodel.Constant(20 * time.Millisecond)
		case scenarios.Partition:
			f.OneWay = rapid.Bool().Draw(t, "one way")
		case scenarios.Slow:
			f.Cost = scenarios.Span(time.Millisecond)
		case scenarios.Clock:
			f.RatePPM = 200
		}
		faults[i] = f.Trimmed()
	}
	return faults
}

// kinds are those of all faults that need no bytes: messages of the testbed have none to forge.
func kinds() []scenarios.FaultKind {
	return slices.DeleteFunc(scenarios.FaultKinds(), func(kind scenarios.FaultKind) bool {
		return kind == scenarios.Forge
	})
}

func span(ms int) scenarios.Span { return scenarios.Span(time.Duration(ms) * time.Millisecond) }

// wanted is what operators want checked in the end.
func wanted(faults []scenarios.Fault) (wanted [testbed.Origins]bool) {
	latest := [testbed.Origins]scenarios.Span{}
	for origin := range wanted {
		wanted[origin] = origin < testbed.Configured
	}
	for _, f := range faults {
		if f.Operates() && f.At >= latest[f.Origins[0]] {
			latest[f.Origins[0]] = f.At
			wanted[f.Origins[0]] = f.Kind == scenarios.Register
		}
	}
	return wanted
}

// server is what the servers of all designs are to somebody who asks.
type server interface {
	Status(origin uint32) health.Status
}

func broadcasting(self node.ID, rand rng.Rand) node.Machine[broadcast.Message] {
	config := broadcast.DefaultConfig()
	config.Config = testbed.Config(testbed.Servers, testbed.Origins)
	return broadcast.New(config, self, rand)
}

func leading(self node.ID, rand rng.Rand) node.Machine[leader.Message] {
	config := leader.DefaultConfig()
	config.Config = testbed.Config(testbed.Servers, testbed.Origins)
	return leader.New(config, self, rand)
}

func TestWhateverGoesWrongBroadcastIsRightInTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		faults := drawFaults(t)
		requireRight(t, testbed.New(testbed.Spec(broadcasting, broadcast.Size, faults...)), faults)
	})
}

func TestWhateverGoesWrongALeaderIsRightInTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		faults := drawFaults(t)
		requireRight(t, testbed.New(testbed.Spec(leading, leader.Size, faults...)), faults)
	})
}

// requireRight plays to half a minute after all that went wrong is over. Then every origin that is
// to be checked is so by one server, and all servers know that it is healthy; of the others they
// know nothing.
func requireRight[M any](t *rapid.T, g *testbed.Group[M], faults []scenarios.Fault) {
	g.PlayTo(119_000)
	for origin, wanted := range wanted(faults) {
		checkers, want := 0, health.Unknown
		if wanted {
			checkers, want = 1, health.Healthy
		}
		require.Len(t, g.Checkers(uint32(origin)), checkers, "origin %d", origin)
		for id := range node.ID(testbed.Servers) {
			if s, up := g.Machine(id).(server); up {
				require.Equal(t, want, s.Status(uint32(origin)), "server %d, origin %d", id, origin)
			}
		}
	}
}
