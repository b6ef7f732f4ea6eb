package world_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const ms = time.Millisecond

// note is the message of these tests.
type note struct{ text string }

// diary is a machine that writes down what happens to it. What it does is up to its wake function:
// it wakes every 10 ms.
type diary struct {
	self  node.ID
	wake  func(d *diary, now clock.Time, out *node.Out[note])
	lines *[]string
	due   clock.Time
	count int
}

func (d *diary) write(now clock.Time, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	*d.lines = append(*d.lines, fmt.Sprintf("%v %d: %s", now.Since(), d.self, text))
}

func (d *diary) Start(now clock.Time, saved []byte, out *node.Out[note]) {
	d.write(now, "start %q", saved)
	d.arm(now, out)
}

func (d *diary) arm(now clock.Time, out *node.Out[note]) {
	d.due = now.Add(10 * ms)
	out.Alarm(0, d.due)
}

func (d *diary) Wake(now clock.Time, _ node.TimerID, out *node.Out[note]) {
	if now > d.due {
		d.write(now, "woken late by %v", now.Sub(d.due))
	}
	d.arm(now, out)
	d.count++
	if d.wake != nil {
		d.wake(d, now, out)
	}
}

func (d *diary) Receive(now clock.Time, from node.ID, m *note, _ *node.Out[note]) {
	d.write(now, "%s from %d", m.text, from)
}

func (d *diary) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *note, failure node.Failure,
	_ *node.Out[note],
) {
	if failure != node.OK {
		d.write(now, "call %d to %d: %v", call, from, failure)
		return
	}
	d.write(now, "call %d to %d: %s", call, from, reply.text)
}

func (d *diary) Probed(now clock.Time, result node.ProbeResult, _ *node.Out[note]) {
	d.write(now, "origin %d %v", result.Origin, result.Outcome)
}

func (d *diary) Register(now clock.Time, origin uint32, definition uint16, out *node.Out[note]) {
	d.write(now, "register origin %d by %d", origin, definition)
	out.Emit(node.Event{Kind: node.OriginLearned, Subject: origin})
}

func (d *diary) Unregister(now clock.Time, origin uint32, out *node.Out[note]) {
	d.write(now, "unregister origin %d", origin)
	out.Emit(node.Event{Kind: node.OriginForgotten, Subject: origin})
}

func (d *diary) Leave(now clock.Time, out *node.Out[note]) {
	d.write(now, "leave")
	out.Send(0).text = "goodbye"
}

// story is a run of diaries.
type story struct {
	world.Spec[note]
	lines []string
}

// tell returns a story of two hosts, a link of 1 ms and a second; wake is what each does every 10
// ms.
func tell(wake func(d *diary, now clock.Time, out *node.Out[note])) *story {
	s := &story{}
	s.Spec = world.Spec[note]{
		Name: "story", Seed: 1, Hosts: 2, Duration: time.Second,
		Network: netmodel.Config{Latency: netmodel.Constant(ms)},
		Size:    func(m *note) int { return len(m.text) },
		Machine: func(self node.ID, _ rng.Rand) node.Machine[note] {
			return &diary{self: self, wake: wake, lines: &s.lines}
		},
	}
	return s
}

// at returns a wake function that does something on one host at one time.
func at(host node.ID, when time.Duration, do func(out *node.Out[note])) func(
	*diary, clock.Time, *node.Out[note]) {
	return func(d *diary, now clock.Time, out *node.Out[note]) {
		if d.self == host && now.Since() == when {
			do(out)
		}
	}
}

func (s *story) fault(kind scenarios.FaultKind, at, length time.Duration, hosts ...node.ID) *story {
	s.Faults = append(s.Faults, scenarios.Fault{
		Kind: kind, At: scenarios.Span(at), For: scenarios.Span(length), Hosts: hosts,
	})
	return s
}

// last is the fault added last, to change it.
func (s *story) last() *scenarios.Fault { return &s.Faults[len(s.Faults)-1] }

// run plays the story.
func (s *story) run() *world.Result { return world.New(s.Spec).Run() }

// expect runs the story and checks what the diaries hold, the first starts aside.
func (s *story) expect(t *testing.T, lines ...string) *world.Result {
	t.Helper()
	r := s.run()
	require.Equal(t, append([]string{}, lines...), s.lines[s.Hosts:])
	return r
}
