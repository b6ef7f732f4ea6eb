package broadcast

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios"
)

// drawFaults draws what goes wrong between 10 s and 90 s. Operators talk to server 0, which does
// not crash: what they say to one that does may be lost.
func drawFaults(t *rapid.T) []scenarios.Fault {
	faults := make([]scenarios.Fault, rapid.IntRange(1, 8).Draw(t, "faults"))
	for i := range faults {
		f := scenarios.Fault{
			Kind: rapid.SampledFrom(scenarios.FaultKinds()).Draw(t, "kind"),
			At:   span(rapid.IntRange(10_000, 60_000).Draw(t, "at")),
			For:  span(rapid.IntRange(100, 30_000).Draw(t, "for")),
		}
		host := rapid.IntRange(1, servers-1).Draw(t, "host")
		origins := []uint32{rapid.Uint32Range(0, origins-1).Draw(t, "origin")}
		switch f.Kind {
		case scenarios.Register, scenarios.Unregister:
			f.For, f.Hosts, f.Origins = 0, []node.ID{0}, origins
		case scenarios.OriginDown:
			f.Origins = origins
		case scenarios.Loss:
			f.LossPPM = 300_000
		case scenarios.Partition:
			f.OneWay = rapid.Bool().Draw(t, "one way")
			f.Hosts = []node.ID{node.ID(host)}
		default:
			f.Hosts = []node.ID{node.ID(host)}
		}
		faults[i] = f
	}
	return faults
}

func span(ms int) scenarios.Span { return scenarios.Span(time.Duration(ms) * time.Millisecond) }

// wanted is what operators want checked in the end.
func wanted(faults []scenarios.Fault) (wanted [origins]bool) {
	latest := [origins]scenarios.Span{}
	for origin := range wanted {
		wanted[origin] = origin < origins-2
	}
	for _, f := range faults {
		if f.Operates() && f.At >= latest[f.Origins[0]] {
			latest[f.Origins[0]] = f.At
			wanted[f.Origins[0]] = f.Kind == scenarios.Register
		}
	}
	return wanted
}

// Whatever went wrong: half a minute after it is over every origin that is to be checked is so
// by one server, and all servers know that it is healthy; of the others they know nothing.
func TestWhateverGoesWrongItIsRightInTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		faults := drawFaults(t)
		g := newGroup(faults...)
		g.advance(119_000)
		for origin, wanted := range wanted(faults) {
			checkers, want := 0, health.Unknown
			if wanted {
				checkers, want = 1, health.Healthy
			}
			require.Len(t, g.checkers(uint32(origin)), checkers, "origin %d", origin)
			for id := range node.ID(servers) {
				if g.server(id) != nil {
					require.Equal(t, want, g.server(id).Status(uint32(origin)),
						"server %d, origin %d", id, origin)
				}
			}
		}
	})
}
