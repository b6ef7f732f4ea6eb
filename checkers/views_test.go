package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// watched shows its views every observation of a script.
type watched struct{ views views }

func (w *watched) Watches() Kind                                { return viewed }
func (w *watched) Observe(o *Observation, view View, _ *Report) { w.views.observe(o, view) }

var memberEvents = [...]node.EventKind{
	node.MemberAlive, node.MemberSuspect, node.MemberDead, node.MemberLeft, node.MemberForgotten,
	node.Founded, node.Yielded,
}

// emitMembers makes the host of a drawn step say something about members.
func emitMembers(s *script, p step) {
	kind := memberEvents[(int(p.value)+p.kind)%len(memberEvents)]
	s.emit(p.host, kind, p.value%uint32(s.Hosts()), uint64(p.value)%uint64(s.Hosts()+2))
}

// The invariants on the type, against a count from the start.
func TestViewsCountWhatTheyHold(t *testing.T) {
	const hosts = 4
	rapid.Check(t, func(t2 *rapid.T) {
		w := &watched{}
		s := play(t, w, hosts)
		follow(s, drawPlan(hosts, 28).Draw(t2, "plan"), func(p step) {
			emitMembers(s, p)
			requireCounted(t2, &w.views)
		})
		requireCounted(t2, &w.views)
	})
}

func requireCounted(t *rapid.T, v *views) {
	missing := 0
	for observer := range v.members {
		members := 1
		for subject := range v.members {
			held := v.of(node.ID(observer), node.ID(subject)).member()
			members += oneIf(held)
			missing += oneIf(observer != subject && !held &&
				v.present[observer] && v.present[subject])
		}
		require.Equal(t, members, v.members[observer], "members of %d", observer)
	}
	require.Equal(t, missing, v.missing, "missing pairs")
}

func TestViewsStartAndEndWithALife(t *testing.T) {
	w := &watched{}
	s := play(t, w, 3)
	require.Equal(t, 6, w.views.missing)
	for host := range node.ID(3) {
		s.emit(host, node.Founded, uint32(host), 3)
	}
	require.Equal(t, []int{3, 3, 3}, w.views.members)
	require.Zero(t, w.views.missing)

	s.emit(1, node.MemberLeft, 1, 7) // itself: it goes on running, but nobody misses it any more
	s.emit(0, node.MemberDead, 1, 7)
	require.Zero(t, w.views.missing)
	require.Equal(t, []int{2, 3}, w.views.sizes())
	s.down(1)
	s.up(1)
	require.Equal(t, 1, w.views.members[1], "a new life holds nobody")
	require.Equal(t, 3, w.views.missing, "1 holds neither, and 0 does not hold 1")
}

// "What the run has no hosts for is left out."
func TestViewsIgnoreFoundersBeyondTheRun(t *testing.T) {
	w := &watched{}
	play(t, w, 2).emit(0, node.Founded, 0, 1<<40)
	require.Equal(t, []int{2, 1}, w.views.members)
}
