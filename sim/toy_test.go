package sim_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

const toyHosts = 4

// deed is something the toy world does at a time: plain data, drawn before anything runs.
type deed struct {
	after time.Duration // since the deed before
	what  string
	host  node.ID
	peer  node.ID
	delay time.Duration
	count int
}

var deeds = []string{
	"start", "crash", "pause", "resume", "block", "unblock", "slow", "brisk", "send", "duplicate", "call", "lost call", "probe",
	"alarm", "clear", "push out",
}

// acts are the deeds of a host that runs.
var acts = deeds[8:]

func drawDeed(t *rapid.T) deed {
	delay := rapid.SampledFrom([]time.Duration{0, 1, ms, 10 * ms, 100 * ms, time.Second, time.Minute})
	return deed{
		after: delay.Draw(t, "after"),
		what:  rapid.SampledFrom(deeds).Draw(t, "what"),
		host:  node.ID(rapid.IntRange(0, toyHosts-1).Draw(t, "host")),
		peer:  node.ID(rapid.IntRange(0, toyHosts-1).Draw(t, "peer")),
		delay: delay.Draw(t, "delay"),
		count: rapid.IntRange(0, 5).Draw(t, "count"),
	}
}

// ball is the toy world's message: it is sent on bounces more times.
type ball struct{ bounces int }

// toy is a small world whose machines do a bit of everything.
type toy struct {
	*sim.Kernel[ball]
	plan  []deed
	step  sim.Step[ball]
	steps []sim.Step[ball] // everything that happened, without messages
}

func newToy(plan []deed, options sim.Options) *toy {
	w := &toy{Kernel: sim.New[ball](toyHosts, options), plan: plan}
	at := time.Duration(0)
	for i := range plan {
		at += plan[i].after
		w.Control(at, uint32(i))
	}
	return w
}

// run plays everything there is and returns the fingerprint.
func (w *toy) run() trace.Fingerprint {
	for w.advance() {
	}
	return w.Fingerprint()
}

func (w *toy) advance() bool {
	if !w.Next(clock.Never-1, &w.step) {
		return false
	}
	w.handle(&w.step)
	noted := w.step
	noted.Message = nil
	w.steps = append(w.steps, noted)
	return true
}

func (w *toy) handle(s *sim.Step[ball]) {
	delay := time.Duration(s.Seq%7) * ms
	switch s.Kind {
	case sim.Control:
		w.do(&w.plan[s.Control])
	case sim.Deliver:
		w.bounce(s, delay)
		w.SetTimer(s.Host, node.TimerID(s.Seq%8), s.At.Add(delay))
	case sim.Request:
		w.answer(s, delay)
	case sim.Returned:
		if s.Failure == node.OK && s.Seq%5 != 0 { // else as if cut off on arrival
			w.Complete(s.Call)
		}
	case sim.Wake:
		if w.Blocked(s.Host) && s.Seq%2 == 0 { // as if it had sent something
			w.Stuck(s.Host, s.Timer)
		}
		w.Event(s.Host, &node.Event{Kind: node.UserEvents, Subject: uint32(s.Timer)})
	}
}

func (w *toy) bounce(s *sim.Step[ball], delay time.Duration) {
	if s.Message.bounces > 0 {
		w.Deliver(w.Pack(s.Host, &ball{s.Message.bounces - 1}, s.Size+1), s.From, delay)
	}
}

func (w *toy) answer(s *sim.Step[ball], delay time.Duration) {
	if s.Seq%3 == 0 {
		w.Refuse(s.Call, delay)
	} else {
		w.Reply(s.Host, s.Call, &ball{}, 10, delay)
	}
}

func (w *toy) do(d *deed) {
	up, paused, blocked := w.Up(d.host), w.Paused(d.host), w.Blocked(d.host)
	switch {
	case d.what == "start" && !up:
		w.Start(d.host)
	case d.what == "crash" && up:
		w.Crash(d.host)
	case d.what == "pause" && up && !paused:
		w.Pause(d.host)
	case d.what == "resume" && paused:
		w.Resume(d.host)
	case d.what == "block" && up && !blocked:
		w.Block(d.host)
	case d.what == "unblock" && blocked:
		w.Unblock(d.host)
	case d.what == "slow":
		w.SetCost(d.host, min(d.delay, 100*ms))
	case d.what == "brisk":
		w.SetCost(d.host, 0)
	case up && !paused && slices.Contains(acts, d.what):
		w.act(d)
	}
}

// act does what only a host that is running does.
func (w *toy) act(d *deed) {
	slot := node.TimerID(d.count)
	switch d.what {
	case "send":
		w.Deliver(w.Pack(d.host, &ball{d.count}, 100), d.peer, d.delay)
	case "duplicate":
		parcel := w.Pack(d.host, &ball{d.count}, 100)
		w.Deliver(parcel, d.peer, d.delay)
		w.Deliver(parcel, d.peer, d.delay/2)
	case "call":
		ref := w.OpenCall(d.host, d.peer, node.CallID(d.count), 50*ms)
		w.Request(ref, &ball{}, 10, d.delay)
	case "lost call":
		w.OpenCall(d.host, d.peer, node.CallID(d.count), d.delay)
	case "probe":
		outcome := node.Outcome(d.count % 3)
		w.Probe(d.host, node.ProbeResult{Origin: uint32(d.peer), Outcome: outcome}, d.delay, time.Second)
	case "alarm":
		w.SetTimer(d.host, slot, w.Now().Add(d.delay))
	case "clear":
		w.SetTimer(d.host, slot, clock.Never)
	case "push out":
		for i := range d.count {
			w.SetTimer(d.host, slot, w.Now().Add(d.delay*time.Duration(i)))
		}
	}
}
