package checkers

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
)

// nobodyKnows is the status of every origin where it does not matter.
func nobodyKnows(node.ID, uint32) (known, up bool) { return false, false }

func newTimeline(origins int, status Status) *Timeline {
	l := NewTimeline(second)
	l.Begin(origins, status)
	return l
}

func TestTimelineTellsACrashAndItsTakeover(t *testing.T) {
	l := newTimeline(2, nobodyKnows)
	s := play(t, l, 3)
	for host := range node.ID(3) {
		for member := range uint32(3) {
			s.emit(host, node.MemberAlive, member, 0)
		}
	}
	s.emit(0, node.CheckBegan, 0)
	s.emit(1, node.CheckBegan, 1)
	s.at(1500 * time.Millisecond).down(1)
	s.at(2500*time.Millisecond).emit(0, node.MemberDead, 1, 0)
	s.emit(0, node.CheckBegan, 1)
	s.emit(0, node.MapChanged, 0, 1, 77)
	s.at(4 * second).end()

	require.Equal(t, []Moment{
		{At: at(0), Up: 3, Sides: 1, Largest: 3, Held: Range{3, 3, 3}, Checked: 2, States: 1},
		{At: at(1), Up: 3, Sides: 1, Largest: 3, Held: Range{3, 3, 3}, Checked: 2, States: 1},
		{At: at(2), Up: 2, Sides: 1, Largest: 2, Held: Range{3, 3, 3}, Checked: 1, Unchecked: 1,
			States: 1, Stale: 2},
		{At: at(3), Up: 2, Sides: 1, Largest: 2, Held: Range{2, 2, 3}, Checked: 2, States: 2,
			Stale: 1},
		{At: at(4), Up: 2, Sides: 1, Largest: 2, Held: Range{2, 2, 3}, Checked: 2, States: 2,
			Stale: 1},
	}, l.Moments())
	require.Equal(t, Report{}, s.report, "a timeline judges nothing")
}

func at(seconds int) clock.Time { return clock.At(time.Duration(seconds) * second) }

func TestTimelineCountsEachSideOfAPartition(t *testing.T) {
	l := newTimeline(3, nobodyKnows)
	s := play(t, l, 3)
	s.emit(0, node.CheckBegan, 0)
	s.emit(1, node.CheckBegan, 0) // twice on the side of two
	s.emit(0, node.CheckBegan, 1)
	s.emit(2, node.CheckBegan, 1) // once on each side
	s.emit(2, node.CheckBegan, 2) // on the other side alone
	s.cut(1, 2)
	s.at(second / 2).end()
	require.Equal(t, []Moment{{
		Up: 3, Sides: 2, Largest: 2, Held: Range{1, 1, 1}, States: 1,
		Missing: 3 * 2, Unchecked: 1, Checked: 1, Doubled: 1, UncheckedElsewhere: 1, DoubledInAll: 2,
	}}, l.Moments())
}

func TestTimelineComparesBeliefsWithTheTruth(t *testing.T) {
	believed := map[node.ID]bool{}
	l := newTimeline(5, func(host node.ID, origin uint32) (known, up bool) {
		return true, origin != 3 || !believed[host]
	})
	s := play(t, l, 2)
	s.origin(3, false)
	s.at(1500 * time.Millisecond)
	believed[0] = true
	s.emit(0, node.MapChanged, 0, 1, 1)
	s.emit(0, node.HealthChanged, 3)
	s.at(2500 * time.Millisecond)
	believed[1] = true
	s.emit(1, node.MapChanged, 0, 1, 1)
	s.at(3500*time.Millisecond).origin(3, true)
	s.down(1)
	s.up(1) // with an empty replica
	s.at(4 * second).end()
	var down []int
	var ranges []Range
	for _, m := range l.Moments() {
		down, ranges = append(down, m.Down), append(ranges, m.BelievedDown)
	}
	require.Equal(t, []int{1, 1, 1, 1, 0}, down)
	require.Equal(t, []Range{{}, {}, {0, 0, 1}, {1, 1, 1}, {0, 0, 1}}, ranges)
}

func TestBeginDropsWhatWasRecorded(t *testing.T) {
	l := newTimeline(1, nobodyKnows)
	play(t, l, 1).at(5 * second).end()
	l.Begin(1, nobodyKnows)
	require.Empty(t, l.Moments())
	play(t, l, 1).at(second).end()
	require.Len(t, l.Moments(), 2)
}

// An instant is sampled after everything that happened in it, so the sample is what a replay of the
// whole history up to and including that instant finds.
func TestTimelineEqualsAReplayOfTheHistory(t *testing.T) {
	const hosts, origins = 5, 4
	plans := drawPlan(hosts, origins)
	rapid.Check(t, func(drawn *rapid.T) {
		l := newTimeline(origins, nobodyKnows)
		h := &history{}
		s := play(t, both{l, h}, hosts)
		follow(s, plans.Draw(drawn, "plan"), func(p step) {
			kinds := []node.EventKind{
				3: node.CheckBegan, 4: node.CheckEnded, 5: node.MemberAlive, 6: node.MemberSuspect,
				7: node.MemberDead, 8: node.MemberForgotten, 9: node.MapChanged,
			}
			s.emit(p.host, kinds[p.kind], p.value, uint64(p.value), uint64(p.value))
		})
		s.end()
		require.Len(drawn, l.Moments(), 1+int(s.now.Since()/second))
		for _, m := range l.Moments() {
			require.Equal(drawn, h.replay(m.At, hosts, origins), m)
		}
	})
}

// history keeps all observations, and the sides at each.
type history struct {
	seen  []Observation
	sides [][]int
}

func (h *history) Watches() Kind { return Event | topology }

func (h *history) Observe(o *Observation, view View, _ *Report) {
	h.seen = append(h.seen, *o)
	h.sides = append(h.sides, slices.Clone(view.(*script).side))
}

// replay builds the moment of an instant from nothing, in the most obvious way.
func (h *history) replay(until clock.Time, hosts, origins int) Moment {
	w := naiveWorld{
		side: make([]int, hosts), state: make([]uint64, hosts),
		checks: map[link]bool{}, holds: map[link]bool{},
	}
	for i := range h.seen {
		if h.seen[i].At <= until {
			w.side = h.sides[i]
			w.apply(&h.seen[i])
		}
	}
	m := Moment{At: until}
	w.countServers(&m)
	for origin := range uint32(origins) {
		w.countCheckers(origin, &m)
	}
	return m
}

// naiveWorld is what a [Timeline] keeps track of, kept by name.
type naiveWorld struct {
	side          []int
	state         []uint64
	checks, holds map[link]bool
	size          map[int]int // by side
	largest       int
}

// link is between a host and an origin, or another host.
type link struct{ host, subject uint32 }

func (w *naiveWorld) apply(o *Observation) {
	key := link{uint32(o.Host), o.Event.Subject}
	switch o.Event.Kind {
	case node.CheckBegan, node.CheckEnded:
		w.checks[key] = o.Event.Kind == node.CheckBegan
	case node.MemberAlive, node.MemberSuspect, node.MemberDead, node.MemberForgotten:
		w.holds[key] = o.Event.Kind <= node.MemberSuspect
	case node.MapChanged:
		w.state[o.Host] = o.Event.B
	}
	if o.Kind == HostDown {
		gone := func(l link, _ bool) bool { return l.host == uint32(o.Host) }
		maps.DeleteFunc(w.checks, gone)
		maps.DeleteFunc(w.holds, gone)
		w.state[o.Host] = 0
	}
}

func (w *naiveWorld) countServers(m *Moment) {
	w.size, w.largest = map[int]int{}, -1
	states, held := map[uint64]bool{}, []int{}
	for host, side := range w.side {
		if side < 0 {
			continue
		}
		m.Up++
		w.size[side]++
		states[w.state[host]] = true
		members := 1
		for other := range w.side {
			if other == host {
				continue
			}
			holds, up := w.holds[link{uint32(host), uint32(other)}], w.side[other] >= 0
			members += oneIf(holds)
			m.Missing += oneIf(!holds && up)
			m.Stale += oneIf(holds && !up)
		}
		held = append(held, members)
	}
	m.Sides, m.States = len(w.size), len(states)
	for side := range w.side {
		if w.size[side] > m.Largest {
			w.largest, m.Largest = side, w.size[side]
		}
	}
	if slices.Sort(held); len(held) > 0 {
		m.Held = Range{held[0], held[(len(held)-1)/2], held[len(held)-1]}
	}
}

func (w *naiveWorld) countCheckers(origin uint32, m *Moment) {
	checkers, total := map[int]int{}, 0 // by side, and in all
	for host, side := range w.side {
		if side >= 0 && w.checks[link{uint32(host), origin}] {
			checkers[side]++
			total++
		}
	}
	elsewhere := 0
	for side := range w.size {
		if side != w.largest && checkers[side] == 0 {
			elsewhere = 1
		}
	}
	m.UncheckedElsewhere += elsewhere
	*[]*int{&m.Unchecked, &m.Checked, &m.Doubled}[min(checkers[w.largest], 2)]++
	m.DoubledInAll += min(total/2, 1)
}
