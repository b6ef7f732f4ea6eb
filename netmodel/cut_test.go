package netmodel_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/node"
)

func perfect(hosts int) *netmodel.Net { return netmodel.New(seed, hosts, netmodel.Config{}) }

func TestCutBlocksBothWaysBetweenItsGroupsOnly(t *testing.T) {
	net := perfect(5)
	net.Cut(netmodel.Cut{A: []node.ID{0, 1}, B: []node.ID{2}})
	require.True(t, net.Blocked(0, 2))
	require.True(t, net.Blocked(2, 1))
	require.False(t, net.Blocked(0, 1), "within a group")
	require.False(t, net.Blocked(3, 2), "outside both groups")
	require.Equal(t, netmodel.Fate{Drop: netmodel.Partition}, net.Datagram(2, 0, 1))
	_, ok := net.Segment(0, 2, 1)
	require.False(t, ok)
}

func TestOneWayCutLetsTheWayBackPass(t *testing.T) {
	net := perfect(2)
	net.Cut(netmodel.Cut{A: []node.ID{0}, B: []node.ID{1}, OneWay: true})
	require.True(t, net.Blocked(0, 1))
	require.False(t, net.Blocked(1, 0))
}

func TestCutWithoutBPartsAFromTheRest(t *testing.T) {
	net := perfect(4)
	net.Cut(netmodel.Cut{A: []node.ID{1, 2}})
	require.True(t, net.Blocked(1, 0))
	require.True(t, net.Blocked(3, 2))
	require.False(t, net.Blocked(1, 2))
	require.False(t, net.Blocked(0, 3))
}

func TestCutOfAGroupFromItselfIsolatesEachHost(t *testing.T) {
	net := perfect(4)
	trio := []node.ID{0, 1, 2}
	net.Cut(netmodel.Cut{A: trio, B: trio})
	require.True(t, net.Blocked(0, 1))
	require.False(t, net.Blocked(0, 3))
	require.False(t, net.Blocked(1, 1), "a host always reaches itself")
}

func TestCutWithAnEmptyGroupBlocksNothing(t *testing.T) {
	net := perfect(2)
	net.Cut(netmodel.Cut{A: []node.ID{0}, B: []node.ID{}})
	net.Cut(netmodel.Cut{})
	require.False(t, net.Blocked(0, 1))
	require.False(t, net.Blocked(1, 0))
}

// "Faults ... act on messages in flight too": sent before the cut, blocked on arrival.
func TestCutTouchesMessagesInFlight(t *testing.T) {
	net := netmodel.New(seed, 2, netmodel.Config{Latency: netmodel.Constant(time.Second)})
	require.Equal(t, 1, net.Datagram(0, 1, 1).Copies)
	id := net.Cut(netmodel.Cut{A: []node.ID{0}})
	net.Datagram(0, 1, 1)
	net.Segment(1, 0, 1)
	require.True(t, net.DropInFlight(0, 1))
	require.Equal(t, netmodel.CutStats{AtSend: 2, InFlight: 1}, net.Heal(id))
	require.False(t, net.DropInFlight(0, 1), "it is healed")
	require.Equal(t, int64(1), net.Totals().CutInFlight)
	require.Zero(t, net.Heal(id), "it is not in force any more")
}

func TestEachOfOverlappingCutsCountsAndHealsByItself(t *testing.T) {
	net := perfect(3)
	wide := net.Cut(netmodel.Cut{A: []node.ID{0}})
	narrow := net.Cut(netmodel.Cut{A: []node.ID{0}, B: []node.ID{1}})
	net.Datagram(0, 1, 1)
	net.Datagram(0, 2, 1)
	require.Equal(t, netmodel.CutStats{AtSend: 2}, net.Heal(wide))
	require.False(t, net.Blocked(0, 2))
	require.True(t, net.Blocked(0, 1))
	require.Equal(t, netmodel.CutStats{AtSend: 1}, net.Heal(narrow))
	require.False(t, net.Blocked(0, 1))
	require.Equal(t, int64(2), net.Totals().CutAtSend, "each message once")
}

// model is the network's cuts written down the slow way.
type model struct {
	hosts int
	cuts  []modelCut
}

type modelCut struct {
	id  netmodel.CutID
	cut netmodel.Cut
}

func (m *model) blocked(from, to node.ID) bool {
	for _, c := range m.cuts {
		if from != to && (parts(c.cut, from, to) || !c.cut.OneWay && parts(c.cut, to, from)) {
			return true
		}
	}
	return false
}

func parts(c netmodel.Cut, a, b node.ID) bool {
	if c.B == nil {
		return slices.Contains(c.A, a) && !slices.Contains(c.A, b)
	}
	return slices.Contains(c.A, a) && slices.Contains(c.B, b)
}

// step heals one of the cuts in force, or makes a new one.
type step struct {
	Heal int // the how-manieth, -1 for a new cut
	Cut  netmodel.Cut
}

func drawSteps(t *rapid.T, hosts, steps int) []step {
	group := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) node.ID {
		return node.ID(rapid.IntRange(0, hosts-1).Draw(t, "host"))
	}), 0, hosts)
	one := rapid.Custom(func(t *rapid.T) step {
		s := step{Heal: rapid.IntRange(-3, 5).Draw(t, "heal")}
		s.Cut.A = group.Draw(t, "a")
		if rapid.Bool().Draw(t, "has b") {
			s.Cut.B = group.Draw(t, "b")
		}
		s.Cut.OneWay = rapid.Bool().Draw(t, "one way")
		return s
	})
	return rapid.SliceOfN(one, 0, steps).Draw(t, "steps")
}

func (m *model) apply(s step, net *netmodel.Net) {
	if s.Heal < 0 {
		m.cuts = append(m.cuts, modelCut{net.Cut(s.Cut), s.Cut})
	} else if s.Heal < len(m.cuts) {
		net.Heal(m.cuts[s.Heal].id)
		m.cuts = slices.Delete(m.cuts, s.Heal, s.Heal+1)
	}
}

func TestBlockedAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{hosts: rapid.IntRange(1, 6).Draw(t, "hosts")}
		net := perfect(m.hosts)
		for _, s := range drawSteps(t, m.hosts, 12) {
			m.apply(s, net)
			for from := range node.ID(m.hosts) {
				for to := range node.ID(m.hosts) {
					require.Equal(t, m.blocked(from, to), net.Blocked(from, to), "%d to %d", from, to)
				}
			}
		}
	})
}

func TestManyCutsAtOnce(t *testing.T) {
	const hosts = 100 // more cuts than fit one word of lanes, or two
	net := perfect(hosts)
	ids := make([]netmodel.CutID, hosts-1)
	for i := range ids {
		ids[i] = net.Cut(netmodel.Cut{A: []node.ID{node.ID(i)}, B: []node.ID{node.ID(i + 1)}})
	}
	for i, id := range ids {
		a, b := node.ID(i), node.ID(i+1)
		require.True(t, net.Blocked(a, b))
		net.Datagram(b, a, 1)
		require.Equal(t, netmodel.CutStats{AtSend: 1}, net.Heal(id))
		require.False(t, net.Blocked(a, b))
	}
}
