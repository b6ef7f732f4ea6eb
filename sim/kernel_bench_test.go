package sim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

// rally is a ping-pong among all hosts: each hit goes to a random host after 0.1 to 1.1 ms, pushes
// out a time-out that never goes off, and resets an alarm that does.
type rally struct {
	*sim.Kernel[[4]uint64]
	hosts int
	rand  rng.Rand
	ball  [4]uint64
	step  sim.Step[[4]uint64]
}

// newRally has one ball a host in play, and has been playing for long enough to need no more
// memory.
func newRally(hosts int) *rally {
	r := &rally{Kernel: sim.New[[4]uint64](hosts, sim.Options{}), hosts: hosts, rand: rng.New(1)}
	for id := range node.ID(hosts) {
		r.Start(id)
	}
	for id := range node.ID(hosts) {
		r.hit(id)
	}
	for range 1000 * hosts {
		r.play()
	}
	return r
}

func (r *rally) hit(from node.ID) {
	delay := 100*time.Microsecond + time.Duration(r.rand.Below(uint64(time.Millisecond)))
	r.Deliver(r.Pack(from, &r.ball, 32), node.ID(r.rand.Intn(r.hosts)), delay)
	r.SetTimer(from, 0, r.Now().Add(time.Second))
	r.SetTimer(from, 1, r.Now().Add(2*time.Millisecond))
}

func (r *rally) play() {
	r.Next(clock.Never, &r.step)
	if r.step.Kind == sim.Deliver {
		r.hit(r.step.Host)
	}
}

// Invariant 4: "in the steady state a step allocates nothing".
func TestAStepAllocatesNothing(t *testing.T) {
	r := newRally(32)
	require.Zero(t, testing.AllocsPerRun(10_000, r.play))
}

func BenchmarkKernelStep(b *testing.B) {
	for _, hosts := range []int{2, 32, 1024} {
		b.Run(fmt.Sprintf("hosts=%d", hosts), func(b *testing.B) {
			r := newRally(hosts)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				r.play()
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkFold is what the fingerprint adds to a step of [BenchmarkKernelStep]: one record folded.
func BenchmarkFold(b *testing.B) {
	r := trace.Record{At: 1, Seq: 2, Cause: 1, Kind: trace.Deliver, Host: 3, Peer: 4, Size: 32}
	var fingerprint trace.Fingerprint
	b.ReportAllocs()
	for b.Loop() {
		r.Seq++
		fingerprint.Fold(&r)
	}
}
