package netmodel_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// naiveSides floods from each host that has no side yet.
func (m *model) naiveSides(up []bool) (side []int, count int) {
	side = make([]int, m.hosts)
	for h := range side {
		side[h] = -1
	}
	for h := range side {
		if up[h] && side[h] < 0 {
			m.flood(node.ID(h), count, up, side)
			count++
		}
	}
	return side, count
}

func (m *model) flood(from node.ID, number int, up []bool, side []int) {
	side[from] = number
	for to := range node.ID(m.hosts) {
		if up[to] && side[to] < 0 && !m.blocked(from, to) && !m.blocked(to, from) {
			m.flood(to, number, up, side)
		}
	}
}

func TestSidesAgainstFlooding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{hosts: rapid.IntRange(1, 9).Draw(t, "hosts")}
		up := rapid.SliceOfN(rapid.Bool(), m.hosts, m.hosts).Draw(t, "up")
		net := perfect(m.hosts)
		side := make([]int, m.hosts)
		for _, s := range drawSteps(t, m.hosts, 12) {
			m.apply(s, net)
			want, wantCount := m.naiveSides(up)
			require.Equal(t, wantCount, net.Sides(func(h node.ID) bool { return up[h] }, side))
			require.Equal(t, want, side)
		}
	})
}

func everyHost(node.ID) bool { return true }

// Hosts 0 and 1 cannot talk directly; host 2 talks to both.
func TestSidesConnectThroughOthers(t *testing.T) {
	net := perfect(3)
	net.Cut(netmodel.Cut{A: []node.ID{0}, B: []node.ID{1}})
	side := make([]int, 3)
	require.Equal(t, 1, net.Sides(everyHost, side))
	bridgeDown := func(h node.ID) bool { return h != 2 }
	require.Equal(t, 2, net.Sides(bridgeDown, side))
	require.Equal(t, []int{0, 1, -1}, side)
}

func TestOneWayCutPartsSides(t *testing.T) {
	net := perfect(4)
	net.Cut(netmodel.Cut{A: []node.ID{0, 2}, OneWay: true})
	side := make([]int, 4)
	require.Equal(t, 2, net.Sides(everyHost, side))
	require.Equal(t, []int{0, 1, 0, 1}, side)
}

func TestLossDoesNotPartSides(t *testing.T) {
	net := netmodel.New(seed, 2, netmodel.Config{Loss: rng.Always})
	require.Equal(t, 1, net.Sides(everyHost, make([]int, 2)))
}

func TestNoSidesWhenEveryHostIsDown(t *testing.T) {
	side := make([]int, 2)
	require.Zero(t, perfect(2).Sides(func(node.ID) bool { return false }, side))
	require.Equal(t, []int{-1, -1}, side)
}
