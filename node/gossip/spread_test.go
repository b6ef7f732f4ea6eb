package gossip

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// Whatever is lost, however contacts overlap and whichever way news travels: when everybody has
// talked to everybody often enough, all have the same.
func TestAllModesConverge(t *testing.T) {
	const servers = 4
	rapid.Check(t, func(rt *rapid.T) {
		config := aligned(Mode(rapid.IntRange(0, 2).Draw(rt, "mode")))
		config.FanOut = rapid.IntRange(1, 3).Draw(rt, "fan-out")
		config.MaxEntries = rapid.SampledFrom([]int{0, 1, 2}).Draw(rt, "max entries")
		g := newGroup(t, config, servers)
		for step, event := range rapid.SliceOfN(rapid.IntRange(0, 6*servers-1), 0, 80).Draw(rt, "plan") {
			g.disturb(step, event)
		}
		g.calm()
		for _, s := range g.all {
			require.Equal(rt, g.all[0].store.VersionHash(), s.store.VersionHash(), "server %d", s.id)
			require.Equal(rt, g.all[0].store.StateHash(), s.store.StateHash(), "server %d", s.id)
		}
	})
}

// disturb writes or removes at a server, or lets it begin a round, of which some is lost.
func (g *group) disturb(step, event int) {
	s := g.all[event%len(g.all)]
	switch event / len(g.all) {
	case 0:
		s.store.Put(uint32(step%5), uint64(step))
	case 1:
		s.store.Remove(uint32(step % 5))
	case 2:
		g.round(int(s.id))
	case 3: // the requests are lost
		for _, c := range s.round(g.now) {
			s.Returned(g.now, c.To, c.ID, nil, sink{&s.out})
		}
	case 4: // the replies are lost
		for _, c := range s.round(g.now) {
			g.reply.Reset()
			g.all[c.To].Serve(g.now, s.id, &c.Message, &g.reply)
			s.Returned(g.now, c.To, c.ID, nil, sink{&s.out})
		}
	case 5: // the requests arrive twice, and late
		calls := s.round(g.now)
		g.round(int(s.id+1) % len(g.all))
		for i := range calls {
			g.reply.Reset()
			g.all[calls[i].To].Serve(g.now, s.id, &calls[i].Message, &g.reply)
			g.carryOut(s, &calls[i])
		}
		for _, c := range s.take() { // and what follows from them is lost
			s.Returned(g.now, c.To, c.ID, nil, sink{&s.out})
		}
	}
}

// calm lets every server talk to every other until nothing more can come of it.
func (g *group) calm() {
	for range 100 {
		for id := range g.all {
			g.round(id)
		}
	}
}

// "MaxEntries is the most entries one answer or push has": the next round brings the next, and here
// 10 entries take four.
func TestWhatIsCutShortContinuesNextRound(t *testing.T) {
	for _, mode := range []Mode{PullMode, PushMode, PushPullMode} {
		config := aligned(mode)
		config.MaxEntries = 3
		g := newGroup(t, config, 2)
		from, to := g.all[0], g.all[1]
		if mode == PullMode {
			from, to = to, from
		}
		for key := range uint32(10) {
			from.store.Put(key, 1)
		}
		for _, held := range []int{3, 6, 9, 10, 10} {
			g.round(0)
			require.Equal(t, held, to.store.Len(), "mode %d", mode)
		}
		require.Equal(t, from.seen(), to.seen())
	}
}

// A push that is under way when its target restarts does the new life no harm.
func TestPushesToALifeThatIsGone(t *testing.T) {
	g := newGroup(t, aligned(PushPullMode), 2)
	g.all[0].store.Put(1, 1)
	g.round(0)
	g.all[0].store.Put(2, 2)
	calls := g.all[0].round(g.now)
	g.carryOut(g.all[0], &calls[0])
	pushes := g.all[0].take()
	g.all[1] = begin(t, aligned(PushPullMode), node.ID(1), 2, 2)
	g.carryOut(g.all[0], &pushes[0])
	require.Zero(t, g.all[1].store.Len())
	g.round(1)
	require.Equal(t, 2, g.all[1].store.Len())
}
