package swim

import (
	"container/heap"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// A stage is a small deterministic network on which a test has everything in its hands: who starts,
// stops and sleeps, and what becomes of each datagram. Every datagram takes a millisecond, and so
// does each direction of a stream.
type stage struct {
	t      *testing.T
	config Config // of the members started from now on
	seed   uint64
	now    clock.Time
	agenda agenda
	births uint64
	actors []*actor
	rules  []rule // what they lose is lost
	luck   rng.Rand

	// What the members say and do, as it happens: for those who watch.
	onSend  func(p packet)
	onEvent func(by *actor, e node.Event)
	history []occurrence
}

// An actor is one process. Its name is the ID it uses, and a letter if another uses it too: "2b".
type actor struct {
	name   string
	id     node.ID
	number uint64
	member *Swim
	life   int // odd while it runs
	asleep bool
	missed []happening // to be caught up on when it wakes
	alarms [Timers]clock.Time
	disk   []byte
	out    effects
	heard  []Received
}

type occurrence struct {
	at    clock.Time
	by    *actor
	event node.Event
}

// A happening is something to come at an actor: void if its life is another one by then, unless the
// life does not matter.
type happening struct {
	at     clock.Time
	birth  uint64
	actor  *actor
	life   int
	happen func()
}

// anyLife is the life of a happening that comes to whichever life there is.
const anyLife = -1

func newStage(t *testing.T, config Config, seed uint64) *stage {
	return &stage{
		t: t, config: config, seed: seed, luck: rng.Stream(seed, "stage", 0),
		onSend: func(packet) {}, onEvent: func(*actor, node.Event) {},
	}
}

// actor returns the actor of a name, a new one if there is none.
func (s *stage) actor(name string) *actor {
	for _, a := range s.actors {
		if a.name == name {
			return a
		}
	}
	id := s.parseID(strings.TrimRight(name, "abcdefghijklmnopqrstuvwxyz"))
	a := &actor{name: name, id: id, number: uint64(len(s.actors))}
	s.actors = append(s.actors, a)
	return a
}

// names returns the names from first up to before end.
func names(first, end int) (names []string) {
	for id := first; id < end; id++ {
		names = append(names, strconv.Itoa(id))
	}
	return names
}

func (s *stage) parseID(text string) node.ID {
	id, err := strconv.ParseUint(text, 10, 20)
	require.NoError(s.t, err)
	return node.ID(id)
}

func (a *actor) up() bool { return a.life%2 == 1 }

// start begins a life of an actor, with its disk or without.
func (s *stage) start(a *actor, saved []byte) {
	require.False(s.t, a.up(), "%s runs already", a.name)
	a.life++
	a.asleep = false
	a.alarms = [Timers]clock.Time{}
	a.member = New(s.config, a.id, rng.Named(s.seed, "swim").At2(a.number, uint64(a.life)))
	a.member.Start(s.now, saved, &a.out)
	s.carryOut(a)
}

func (s *stage) crash(a *actor) {
	require.True(s.t, a.up(), "%s does not run", a.name)
	a.life++
}

// restart begins a life after a crash or a leave.
func (s *stage) restart(a *actor, disk bool) {
	if a.up() {
		require.True(s.t, a.member.departed, "%s has not left", a.name)
		s.crash(a)
	}
	if disk {
		s.start(a, a.disk)
		return
	}
	s.start(a, nil)
}

// wake lets a sleeping actor catch up on all that it missed: first on its alarms, as a process does
// that finds out the time before it gets to its sockets.
func (s *stage) wake(a *actor) {
	a.asleep = false
	missed := a.missed
	a.missed = nil
	slices.SortStableFunc(missed, func(g, h happening) int { return h.life - g.life })
	for _, h := range missed {
		s.happen(h)
	}
}

// do carries out what act makes a running actor do.
func (s *stage) do(a *actor, act func(*Swim, *effects)) {
	require.True(s.t, a.up(), "%s does not run", a.name)
	act(a.member, &a.out)
	s.carryOut(a)
}

// run lets the given time pass.
func (s *stage) run(span time.Duration) {
	s.runUntil(span, func() bool { return false })
}

// runUntil lets time pass until done, but no more than limit, and reports whether it was done.
func (s *stage) runUntil(limit time.Duration, done func() bool) bool {
	end := s.now.Add(limit)
	for len(s.agenda) > 0 && s.agenda[0].at <= end {
		h := heap.Pop(&s.agenda).(happening)
		s.now = h.at
		s.happen(h)
		if done() {
			return true
		}
	}
	s.now = end
	return false
}

func (s *stage) happen(h happening) {
	switch {
	case !h.actor.up() || h.life != anyLife && h.life != h.actor.life:
	case h.actor.asleep:
		h.actor.missed = append(h.actor.missed, h)
	default:
		h.happen()
		s.carryOut(h.actor)
	}
}

func (s *stage) after(span time.Duration, a *actor, life int, happen func()) {
	s.births++
	heap.Push(&s.agenda, happening{s.now.Add(span), s.births, a, life, happen})
}

// carryOut does what an actor asked for in its last step.
func (s *stage) carryOut(a *actor) {
	checkInvariants(s.t, a.member)
	out := a.out
	a.out = effects{}
	a.heard = slices.Clone(a.member.TakeBroadcasts())
	for _, e := range out.Events {
		s.history = append(s.history, occurrence{s.now, a, e})
		s.onEvent(a, e)
	}
	for i := range out.Sends {
		s.send(packet{from: a, to: out.Sends[i].To, m: &out.Sends[i].Message})
	}
	for i := range out.Calls {
		s.call(a, &out.Calls[i])
	}
	for t := range node.TimerID(Timers) {
		if at, set := out.Alarmed(t); set {
			s.setAlarm(a, t, at)
		}
	}
	if out.HasSave {
		a.disk = out.Saved
	}
}

func (s *stage) setAlarm(a *actor, t node.TimerID, at clock.Time) {
	a.alarms[t] = at
	if at == clock.Never {
		return
	}
	s.after(at.Sub(s.now), a, a.life, func() {
		if a.alarms[t] == at {
			a.alarms[t] = clock.Never
			a.member.Wake(s.now, t, &a.out)
		}
	})
}

type agenda []happening

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at < a[j].at || a[i].at == a[j].at && a[i].birth < a[j].birth
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(happening)) }
func (a *agenda) Pop() any {
	last := len(*a) - 1
	h := (*a)[last]
	*a = (*a)[:last]
	return h
}
