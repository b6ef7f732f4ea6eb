package gossip

import (
	"testing"

	"butterfly/node"
)

// An idle round of one server of 64, each of which has written: the request, the answer that
// nothing is lacking, and the end of the call.
func BenchmarkIdleRound(b *testing.B) {
	for name, mode := range map[string]Mode{
		"pull": PullMode, "push": PushMode, "push-pull": PushPullMode,
	} {
		b.Run(name, func(b *testing.B) {
			g := newGroup(b, aligned(mode), 64)
			for id, s := range g.all {
				s.store.Put(uint32(id), 1)
				s.store.unwatched = true
			}
			g.calm()
			s := g.all[0]
			b.ReportAllocs()
			for b.Loop() {
				s.Wake(s.alarm, sink{&s.out})
				playOut(g.all, s, &g.reply)
			}
		})
	}
}

// A hundred writes, carried from one server to another.
func BenchmarkNews(b *testing.B) {
	g := newGroup(b, aligned(PullMode), 2)
	from, to := g.all[node.ID(1)], g.all[0]
	b.ReportAllocs()
	for b.Loop() {
		for key := range uint32(100) {
			from.store.Put(key, 1)
		}
		to.changed = to.changed[:0]
		to.Wake(to.alarm, sink{&to.out})
		playOut(g.all, to, &g.reply)
	}
}
