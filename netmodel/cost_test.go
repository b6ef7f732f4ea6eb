package netmodel_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// busy returns a network with everything in use.
func busy(hosts, cuts int) *netmodel.Net {
	config := datacentre()
	config.Latency = netmodel.LogNormal(500_000, 800)
	net := netmodel.New(seed, hosts, config)
	for i := range cuts {
		net.Cut(netmodel.Cut{A: []node.ID{node.ID(i)}, B: []node.ID{node.ID(i + 1)}})
	}
	return net
}

func TestMessagesAllocateNothing(t *testing.T) {
	for _, hosts := range []int{64, 10_000} {
		net := busy(hosts, 3)
		net.Degrade(netmodel.Degradation{Loss: rng.Percent(1), Latency: netmodel.Constant(1)})
		net.Degrade(netmodel.Degradation{Corrupt: rng.Percent(1), Burst: wifi})
		net.Degrade(netmodel.Degradation{
			Reorder: rng.Percent(1), ReorderBy: 1, Duplicate: rng.Percent(1), DuplicateBy: 1,
		})
		net.Override(2, 3, netmodel.Config{})
		net.Filter(netmodel.Filter{A: []node.ID{1}, B: []node.ID{2}})
		net.Clog(netmodel.Clog{A: []node.ID{0}})
		net.Limit(netmodel.Limit{BytesPerSecond: netmodel.MaxBytesPerSecond})
		to := node.ID(0)
		send := func() {
			net.Datagram(0, to, 100)
			net.Segment(0, to, 100)
			net.Queue(0, 0, to, 100, netmodel.Datagrams)
			net.DropInFlight(0, to)
			net.FilterInFlight(0, to, netmodel.Streams)
			net.HoldInFlight(0, to)
			to = (to + 1) % 60
		}
		for range 60 {
			send() // the first message of a link may make room for its counters
		}
		require.Zero(t, testing.AllocsPerRun(200, send), "%d hosts", hosts)
	}
}

func BenchmarkDatagram(b *testing.B) {
	for _, hosts := range []int{64, 10_000} {
		for _, cuts := range []int{0, 3} {
			b.Run(fmt.Sprintf("hosts=%d/cuts=%d", hosts, cuts), func(b *testing.B) {
				net := busy(hosts, cuts)
				peers := rng.New(seed)
				b.ReportAllocs()
				for b.Loop() {
					link := peers.Below(1 << 12) // 4,096 links in use
					net.Datagram(node.ID(link%64), node.ID(link/64)*node.ID(hosts/64), 100)
				}
			})
		}
	}
}

// BenchmarkBurst is about what bursts add to a datagram, by their lengths.
func BenchmarkBurst(b *testing.B) {
	for _, burst := range []netmodel.Burst{
		wifi, {Loss: rng.Always, Good: netmodel.MaxGoodLength, Bad: netmodel.MaxBadLength},
	} {
		b.Run(fmt.Sprintf("good=%d/bad=%d", burst.Good, burst.Bad), func(b *testing.B) {
			net := bursting(2, burst)
			b.ReportAllocs()
			for b.Loop() {
				net.Datagram(0, 1, 100)
			}
		})
	}
}

func BenchmarkSides(b *testing.B) {
	for _, hosts := range []int{64, 10_000} {
		b.Run(fmt.Sprintf("hosts=%d/cuts=3", hosts), func(b *testing.B) {
			net, side := busy(hosts, 3), make([]int, hosts)
			b.ReportAllocs()
			for b.Loop() {
				net.Sides(everyHost, side)
			}
		})
	}
}
