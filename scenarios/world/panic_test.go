package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// brittle is a machine that does a bit of everything, and panics over one of it.
type brittle struct {
	self node.ID
	over string // the input that host 1 panics over
}

func (b *brittle) panic(input string) {
	if b.self == 1 && b.over == input {
		panic("no more\nand nothing else")
	}
}

func (b *brittle) Start(now clock.Time, _ []byte, out *node.Out[note]) {
	b.panic("start")
	out.Alarm(0, now.Add(10*ms))
}

func (b *brittle) Wake(_ clock.Time, _ node.TimerID, out *node.Out[note]) {
	b.panic("wake")
	out.Send(1 - b.self).text = "hello"
	out.Call(1-b.self, 1, 100*ms).text = "well?"
	out.Probe(node.Probe{Timeout: 100 * ms})
}

func (b *brittle) Receive(clock.Time, node.ID, *note, *node.Out[note]) { b.panic("receive") }

func (b *brittle) Serve(
	_ clock.Time, _ node.ID, _ *note, reply *note, _ *node.Out[note],
) bool {
	b.panic("serve")
	reply.text = "well"
	return true
}

func (b *brittle) Returned(
	clock.Time, node.ID, node.CallID, *note, node.Failure, *node.Out[note],
) {
	b.panic("returned")
}

func (b *brittle) Probed(clock.Time, node.ProbeResult, *node.Out[note]) { b.panic("probed") }

func (b *brittle) Register(clock.Time, uint32, uint16, *node.Out[note]) { b.panic("register") }

func (b *brittle) Unregister(clock.Time, uint32, *node.Out[note]) { b.panic("unregister") }

func (b *brittle) Leave(clock.Time, *node.Out[note]) { b.panic("leave") }

func (b *brittle) Describe(clock.Time, []byte, *node.Out[note]) error {
	b.panic("describe")
	return nil
}

// breaking is a story in which host 1 panics over an input.
func breaking(input string) *story {
	s := tell(nil).
		fault(scenarios.Register, 100*ms, 0, 1).
		fault(scenarios.Unregister, 200*ms, 0, 1).
		fault(scenarios.Leave, 300*ms, 100*ms, 1).
		fault(scenarios.Crash, 500*ms, 100*ms, 1)
	s.last().Moved = true // so that it says where it is
	s.Faults[0].Origins, s.Faults[1].Origins = []uint32{0}, []uint32{0}
	s.Origins.Count, s.Catch = 1, true
	s.Machine = func(self node.ID, _ rng.Rand) node.Machine[note] { return &brittle{self, input} }
	return s
}

var inputs = []string{
	"start", "wake", "receive", "serve", "returned", "probed", "register", "unregister", "leave",
	"describe",
}

// "The run ends there, with the violation of a property of its own that says who panicked and where."
func TestAMachineThatPanicsBreaksAPromise(t *testing.T) {
	require.Equal(t, world.Pass, breaking("nothing").run().Verdict)
	for _, input := range inputs {
		s := breaking(input)
		w := world.New(s.Spec)
		r := w.Run()
		require.Equal(t, world.Fail, r.Verdict, input)
		require.Len(t, r.Violations, 1)
		v := r.Violations[0]
		require.Equal(t, checkers.PropertyNoPanic, v.Property)
		require.Equal(t, "server 1 panics in world_test.(*brittle).panic (panic_test.go:25): no more", v.Detail)
		require.Contains(t, r.Stack, "brittle")
		require.Less(t, v.At.Since(), time.Second)

		w.Advance(w.Ends())
		require.Equal(t, v.At, w.Now(), "nothing goes on after %s", input)
		require.Equal(t, r.Fingerprint, breaking(input).run().Fingerprint, "it panics again")

		verified, divergence := world.Verify(func() *world.World[note] { return world.New(s.Spec) })
		require.Nil(t, divergence)
		require.Equal(t, r.Violations, verified.Violations)
	}
}

// "To panic is not allowed beyond the budget either."
func TestAPanicIsNoneThatNobodyPromisedAnythingOf(t *testing.T) {
	s := breaking("wake")
	s.Beyond = "there are too many faults"
	require.Equal(t, world.Fail, s.run().Verdict)
}

// What an experiment panics over, nobody has asked to be told of.
func TestWithoutCatchAPanicIsAPanic(t *testing.T) {
	for _, input := range inputs {
		s := breaking(input)
		s.Catch = false
		require.PanicsWithValue(t, "no more\nand nothing else", func() { s.run() }, input)
	}
}

// "What panics outside of the machines, such as a checker, is the harness itself."
func TestAPanicOfACheckerGoesOn(t *testing.T) {
	for _, kind := range []checkers.Kind{
		checkers.HostUp, checkers.ProbeStarted, checkers.ProbeEnded, checkers.OriginRegistered,
		checkers.Ended,
	} {
		s := breaking("nothing")
		s.Checkers = []checkers.Checker{checkers.Always("none", kind,
			func(*checkers.Observation, checkers.View) error { panic("who checks the checker?") })}
		require.PanicsWithValue(t, "who checks the checker?", func() { s.run() }, "%v", kind)
	}
}

// "A panic of the parser is the receiver's."
func TestAParserThatPanicsIsItsServers(t *testing.T) {
	var parsed []string
	s := forging(&parsed)
	s.Catch = true
	s.Codec.Parse = func([]byte, *note) error { panic("what is this?") }
	r := s.run()
	require.Equal(t, world.Fail, r.Verdict)
	require.Regexp(t, `^server 1 panics in .*: what is this\?$`, r.Violations[0].Detail)
}
