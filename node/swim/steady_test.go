package swim

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// steady is a prober whose peers answer on the spot: one period of the steady state.
type steady struct {
	s   *Swim
	out effects
	now clock.Time
	ack Message
}

func newSteady(n int) *steady {
	p := &steady{s: New(DefaultConfig(), 0, rng.New(1))}
	p.s.Start(0, nil, &p.out)
	for id := node.ID(1); id < node.ID(n); id++ {
		p.s.hear(0, Update{Member: id, State: Alive, From: id, Incarnation: 1}, nil, &p.out)
	}
	p.out.Reset()
	for !p.s.queue.empty() {
		p.period()
	}
	return p
}

// period is a probe of another, its ack, and a ping from another.
func (p *steady) period() {
	p.now = p.now.Add(time.Second)
	p.s.Wake(p.now, PeriodTimer, &p.out)
	ping := &p.out.Sends[0]
	p.ack.Kind, p.ack.Sequence, p.ack.Target = Ack, ping.Message.Sequence, ping.To
	peer := ping.To
	p.s.Receive(p.now, peer, &p.ack, &p.out)
	p.ack.Kind, p.ack.Target, p.ack.Origin = Ping, 0, peer
	p.s.Receive(p.now, peer, &p.ack, &p.out)
	p.ack.Origin = 0
	p.out.Reset()
}

// churn is a period in which a tenth of the members are suspected and refute, with the rounds of
// gossip that this takes, until all of it is told.
func (p *steady) churn() {
	for id := node.ID(1); id < 10; id++ {
		i := p.s.members.at(id).incarnation
		p.s.hear(p.now, Update{Member: id, State: Suspect, From: 20, Incarnation: i}, nil, &p.out)
		p.s.hear(p.now, Update{Member: id, State: Suspect, From: 21, Incarnation: i}, nil, &p.out)
		p.s.hear(p.now, Update{Member: id, State: Alive, From: id, Incarnation: i + 1}, nil, &p.out)
		p.out.Reset()
	}
	for p.s.gossiping {
		p.now = p.now.Add(p.s.config.GossipInterval)
		p.s.Wake(p.now, GossipTimer, &p.out)
		p.out.Reset()
	}
	p.period()
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	p := newSteady(100)
	require.Zero(t, testing.AllocsPerRun(1000, p.period))
	require.Equal(t, 100, p.s.Len())
}

func TestGossipUnderChurnAllocatesNothing(t *testing.T) {
	p := newSteady(100)
	p.churn()
	require.Zero(t, testing.AllocsPerRun(200, p.churn))
	require.Greater(t, p.s.members.at(1).incarnation, Incarnation(200))
}

// A probe that nobody answers allocates nothing either: helpers, the call, the accusation, and the
// refutation.
func TestFailedProbeAllocatesNothing(t *testing.T) {
	p := newSteady(100)
	fail := func() {
		p.now = p.now.Add(time.Second)
		p.s.Wake(p.now, PeriodTimer, &p.out)
		target := p.s.probe.target
		p.s.Wake(p.now.Add(300*time.Millisecond), ProbeTimer, &p.out)
		p.now = p.now.Add(time.Second)
		p.s.Wake(p.now, PeriodTimer, &p.out)
		p.s.hear(p.now, Update{
			Member: target, State: Alive, From: target, Incarnation: p.s.members.at(target).incarnation + 1,
		}, nil, &p.out)
		p.out.Reset()
	}
	for range 200 {
		fail()
	}
	require.Zero(t, testing.AllocsPerRun(200, fail))
}

// One period of one member: a probe, its ack, a ping answered. The work does not depend on the size of
// the group, but for the reach of the caches.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			p := newSteady(n)
			b.ReportAllocs()
			for b.Loop() {
				p.period()
			}
		})
	}
}

// The same while there is more news than fits on a datagram.
func BenchmarkStepUnderChurn(b *testing.B) {
	p := newSteady(100)
	b.ReportAllocs()
	for b.Loop() {
		if len(p.s.queue.heap) < 60 {
			for id := node.ID(1); id < 100; id++ {
				p.s.queue.put(id)
			}
		}
		p.period()
	}
}

// A choice of three helpers.
func BenchmarkChoose(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			s, _ := grouped(DefaultConfig(), n)
			b.ReportAllocs()
			for b.Loop() {
				s.choose(3, 5)
			}
		})
	}
}
