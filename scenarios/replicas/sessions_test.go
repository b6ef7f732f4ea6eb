package replicas

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/sim/rng"
)

// "A map without coordination keeps both promises to clients that are pinned to their server, and
// to no others": in one and the same run without any fault, a client that goes to another server
// every five seconds misses its own writes there, and what it has read before.
func TestSessionsBreakWhenTheirClientMoves(t *testing.T) {
	for stay, want := range map[time.Duration][]string{
		0:               {},
		5 * time.Second: {checkers.PropertyReadYourWrites, checkers.PropertyMonotonicReads},
	} {
		g := newGroup(small(t, "map-steady", "writes=20"), 1)
		history := checkers.NewMapHistory(checkers.MapPromise{Replicas: g.witness})
		spec := g.spec(Options{})
		spec.Checkers = []checkers.Checker{history, checkers.NewSessions(
			history, rng.Stream(1, "clients", 0), checkers.Client{Host: 0, Stay: stay},
		)}
		broken := map[string]bool{}
		for _, v := range g.start(spec).Run().Violations {
			broken[v.Property] = true
		}
		require.Len(t, broken, len(want), "%v", broken)
		for _, property := range want {
			require.True(t, broken[property], property)
		}
	}
}
