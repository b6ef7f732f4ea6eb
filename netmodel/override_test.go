package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

func TestOverrideReplacesOneDirectedLink(t *testing.T) {
	config := netmodel.Config{Latency: netmodel.Constant(time.Millisecond), MTU: 100}
	net := netmodel.New(seed, 3, config)
	net.Override(0, 1, netmodel.Config{Latency: netmodel.Constant(time.Second)})
	require.Equal(t, time.Second, net.Datagram(0, 1, 200).Delay[0], "the MTU is replaced as well")
	require.Equal(t, time.Millisecond, net.Datagram(1, 0, 100).Delay[0])
	require.Equal(t, time.Millisecond, net.Datagram(0, 2, 100).Delay[0])

	net.Override(0, 1, netmodel.Config{Latency: netmodel.Constant(time.Minute)})
	require.Equal(t, time.Minute, net.Datagram(0, 1, 100).Delay[0], "the last override counts")
	net.ClearOverride(0, 1)
	require.Equal(t, time.Millisecond, net.Datagram(0, 1, 100).Delay[0])
}

func TestDegradationAddsToAnOverrideAndCutBeatsBoth(t *testing.T) {
	net := netmodel.New(seed, 2, netmodel.Config{})
	net.Override(0, 1, netmodel.Config{Latency: netmodel.Constant(time.Second)})
	net.Degrade(netmodel.Degradation{Latency: netmodel.Constant(time.Minute)})
	require.Equal(t, 61*time.Second, net.Datagram(0, 1, 100).Delay[0])
	net.Degrade(netmodel.Degradation{Loss: rng.Always})
	require.Equal(t, netmodel.Loss, net.Datagram(0, 1, 100).Drop)
	net.Cut(netmodel.Cut{A: []node.ID{0}})
	require.Equal(t, netmodel.Partition, net.Datagram(0, 1, 100).Drop)
	net.Override(0, 1, netmodel.Config{MTU: 50})
	require.Equal(t, netmodel.TooBig, net.Datagram(0, 1, 100).Drop)
}

func TestOverridesOfManyLinksDoNotMix(t *testing.T) {
	const hosts = 40
	net := netmodel.New(seed, hosts, netmodel.Config{})
	for from := range node.ID(hosts) {
		for to := range node.ID(hosts) {
			net.Override(from, to, netmodel.Config{
				Latency: netmodel.Constant(time.Duration(from*hosts + to)),
			})
		}
	}
	for from := range node.ID(hosts) {
		for to := range node.ID(hosts) {
			require.Equal(t, time.Duration(from*hosts+to), net.Datagram(from, to, 1).Delay[0])
		}
	}
}
