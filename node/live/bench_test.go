package live

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/names"
	"butterfly/node/live/seal"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// lone returns a node without anybody, and the ring it opens with.
func lone(b testing.TB) (*Node, *seal.Keyring) {
	ring, err := seal.NewKeyring("bench", [][]byte{make([]byte, seal.KeyBytes)})
	require.NoError(b, err)
	c := DefaultConfig()
	c.Name, c.Bind, c.Keyring, c.Logger = "lone", "127.0.0.1:0", ring, slog.New(slog.DiscardHandler)
	n, err := Start(context.Background(), c)
	require.NoError(b, err)
	b.Cleanup(n.Stop)
	return n, ring
}

// pinger returns what receives a ping of another server, which is sealed, opened, parsed, and
// answered by a sealed datagram.
func pinger(n *Node, ring *seal.Keyring) func() {
	d, from := n.driver, names.Number("other")
	var ping wire.Message
	ping.Kind = wire.Swim
	ping.Swim.Kind, ping.Swim.Origin, ping.Swim.Target = swim.Ping, from, n.self.number
	plain := d.directory.AppendMessage(nil, &ping)
	d.frame.from = n.Address()
	sequence := uint64(0)
	return func() {
		sequence++
		d.frame.bytes = ring.Seal(d.frame.bytes[:0], plain, uint32(from), 1, sequence)
		d.receive()
	}
}

// "Hot paths allocate nothing in steady state": a datagram that is answered.
func TestADatagramAllocatesNothing(t *testing.T) {
	n, ring := lone(t)
	var allocations float64
	require.NoError(t, n.ask(context.Background(), func() {
		ping := pinger(n, ring)
		ping()
		allocations = testing.AllocsPerRun(100, ping)
	}))
	require.Zero(t, allocations)
}

func BenchmarkDatagram(b *testing.B) {
	b.ReportAllocs()
	n, ring := lone(b)
	require.NoError(b, n.ask(context.Background(), func() {
		ping := pinger(n, ring)
		for b.Loop() {
			ping()
		}
	}))
}

// A call of a server that has nothing to say, there and back: both ends in one process.
func BenchmarkCall(b *testing.B) {
	b.ReportAllocs()
	n, _ := lone(b)
	other, _ := lone(b)
	question := appendHello(nil, &n.self)
	for b.Loop() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		_, err := n.carrier.call(ctx, anyone, other.Address(), helloPath, question)
		cancel()
		require.NoError(b, err)
	}
}
