package swim

import (
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// pair is a prober and its peers' acks, answered on the spot: one period of the steady state.
type pair struct {
	s   *Swim
	out effects
	now clock.Time
	ack Message
}

func newPair(n int) *pair {
	p := &pair{s: New(DefaultConfig(), 0, rng.New(1))}
	p.s.Start(0, nil, &p.out)
	for id := node.ID(1); id < node.ID(n); id++ {
		p.s.hear(0, Update{Member: id, State: Alive, From: id, Incarnation: 1}, &p.out)
	}
	p.out.Reset()
	for range 20 * n { // until all news is told
		p.period()
	}
	return p
}

// period is a probe of another, its ack, and a ping from another.
func (p *pair) period() {
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

func TestSteadyStateAllocatesNothing(t *testing.T) {
	p := newPair(100)
	require.Empty(t, p.s.queue.heap)
	require.Zero(t, testing.AllocsPerRun(1000, p.period))
	require.Equal(t, 100, p.s.Len())
}

func TestEntryIsSmall(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(entry{}), uintptr(32))
}

func TestViews(t *testing.T) {
	s, out := alone(DefaultConfig())
	for _, id := range []node.ID{7, 3, 5, 9} {
		s.hear(0, claim(id, Alive, 1), out)
	}
	s.hear(0, claim(3, Suspect, 1), out)
	s.hear(0, claim(9, Dead, 1), out)
	require.Equal(t, []node.ID{0, 3, 5, 7}, s.AliveMembers(nil))
	require.Equal(t, 4, s.Len())
	require.Equal(t, node.ID(0), s.Self())
	require.True(t, s.Alive(3), "a suspect is still in the group")
	require.False(t, s.Alive(9))
	require.False(t, s.Alive(1<<19))

	rand, drawn := rng.New(1), make(map[node.ID]int)
	for range 300 {
		id, found := s.RandomAlive(&rand)
		require.True(t, found)
		drawn[id]++
	}
	require.Len(t, drawn, 3, "3, 5 and 7")
	require.NotContains(t, drawn, node.ID(0))

	lonely, _ := alone(DefaultConfig())
	_, found := lonely.RandomAlive(&rand)
	require.False(t, found)
	require.True(t, lonely.Joined(), "there is nobody to join")
}

func TestNewRefusesNonsense(t *testing.T) {
	require.Panics(t, func() { New(Config{}, 0, rng.New(1)) })
	require.Panics(t, func() { New(DefaultConfig(), 1<<14, rng.New(1)) })
}

func TestNames(t *testing.T) {
	require.Equal(t, "suspect", Suspect.String())
	require.Equal(t, "state?", State(99).String())
}

func TestMessageReset(t *testing.T) {
	m := Message{Kind: Ack, Sequence: 1, Origin: 2, Target: 3, Updates: make([]Update, 4)}
	m.Reset()
	require.Equal(t, 4, cap(m.Updates))
	require.Empty(t, m.Updates)
	m.Updates = nil
	require.Equal(t, Message{}, m)
}

// One period of one member of 100: a probe, its ack, a ping answered.
func BenchmarkStep(b *testing.B) {
	p := newPair(100)
	b.ReportAllocs()
	for b.Loop() {
		p.period()
	}
}

// The same while there is more news than fits on a datagram.
func BenchmarkStepUnderChurn(b *testing.B) {
	p := newPair(100)
	b.ReportAllocs()
	for b.Loop() {
		if len(p.s.queue.heap) < p.s.config.MaxUpdates {
			for id := node.ID(1); id < 100; id++ {
				p.s.queue.put(id)
			}
		}
		p.period()
	}
}
