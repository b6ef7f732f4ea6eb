package cluster

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Plans for which a checker once blamed the servers for what nobody can do. "A false alarm costs more
// trust than a missed bug."

// holds demands that a small calm cluster with the given faults keeps all promises.
func holds(t *testing.T, set string, faults ...scenarios.Fault) {
	t.Helper()
	s := small(t, "calm", "servers=5", "duration=8m", set)
	s.Faults = faults
	require.NoError(t, s.Validate())
	r := Build(s, 1, Options{}).Run()
	require.Empty(t, r.Violations)
	require.Equal(t, world.Pass, r.Verdict)
}

// Eleven of a pool's twenty origins die, so that it panics; then operators remove ten of these. At the
// moment in which a server hears of it one dead origin of ten is left, the panic is over, and with it
// the requests to that one.
func TestAPanicEndsWithTheRemovalOfTheDead(t *testing.T) {
	var dead []uint32
	for origin := uint32(0); len(dead) < 11; origin += 3 {
		dead = append(dead, origin)
	}
	holds(t, "unregistered=0",
		scenarios.Fault{
			Kind: scenarios.OriginDown, At: minute, For: 3 * minute, Origins: dead,
		},
		scenarios.Fault{
			Kind: scenarios.Unregister, At: 2*minute + 30*second, Hosts: []node.ID{1}, Origins: dead[:10],
		},
	)
}

// unmet is how server 4 comes to meet nobody. It has left, and returns behind a cut, to the side of server
// 3. It asks the seeds, which are on the other side; and server 3, which took its leave at its word, does
// not ask for it.
func unmet(until scenarios.Span) []scenarios.Fault {
	return []scenarios.Fault{
		{Kind: scenarios.Leave, At: 30 * second, For: minute, Hosts: []node.ID{4}},
		{Kind: scenarios.Partition, At: minute, For: until - minute, Hosts: []node.ID{3, 4}},
	}
}

// So it never hears what server 3 is told, and when that crashes the word is lost, though they were on one
// side for long.
func TestAWordIsLostWithWhoeverMetNobodyToTell(t *testing.T) {
	holds(t, "unregistered=4", append(unmet(130*second),
		scenarios.Fault{
			Kind: scenarios.Register, At: 92 * second, Hosts: []node.ID{3}, Origins: []uint32{59},
		},
		scenarios.Fault{Kind: scenarios.Crash, At: 128 * second, For: 10 * second, Hosts: []node.ID{3}},
	)...)
}

// Nor does it know whether what it never heard of is up.
func TestWhoMetNobodyKnowsNothingOfWhatTheyWereTold(t *testing.T) {
	holds(t, "unregistered=4", append(unmet(4*minute),
		scenarios.Fault{
			Kind: scenarios.Register, At: 92 * second, Hosts: []node.ID{3}, Origins: []uint32{59},
		},
		scenarios.Fault{
			Kind: scenarios.OriginDown, At: 150 * second, For: minute, Origins: []uint32{59},
		},
	)...)
}

// Nor does server 3 hear of server 4: when most of its origins fail it cannot tell whether it is its own
// network, and has as good a reason to condemn none as if it were alone.
func TestWhoMeetsNobodyCannotTellWhatFails(t *testing.T) {
	most := make([]uint32, 40)
	for origin := range most {
		most[origin] = uint32(origin)
	}
	holds(t, "unregistered=0", append(unmet(4*minute),
		scenarios.Fault{
			Kind: scenarios.OriginDown, At: 85 * second, For: 2 * minute, Origins: most,
		},
	)...)
}

// Server 3 reaches server 1 only, whom all others reach, and holds all of them for alive. It asks one of the
// four at a time, and does not hit upon server 1 for half a minute: one seed in a thousand is so unlucky.
func TestNewsWaitsAtABridgeForLuck(t *testing.T) {
	c := plan(small(t, "bridge", "servers=5", "origins=50", "duration=10m"), 509)
	r := c.play(c.spec())
	require.Empty(t, r.Violations)
	require.Equal(t, world.Pass, r.Verdict)
	require.Greater(t, r.Metrics["known_max_seconds"], (c.bounds.Verdict + c.bounds.Spread).Seconds())
}
