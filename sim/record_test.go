package sim_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

func drawPlan(t *rapid.T, label string) []deed {
	plan := rapid.SliceOfN(rapid.Custom(drawDeed), 0, 200).Draw(t, label)
	awake := make([]deed, toyHosts)
	for id := range awake {
		awake[id] = deed{what: "start", host: node.ID(id)}
	}
	return append(awake, plan...)
}

// "PlainHeap replaces the event queue by a plain binary heap. The fingerprint must not change."
func TestBothQueuesRunTheSameWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t, "plan")
		fast, plain := newToy(plan, sim.Options{}), newToy(plan, sim.Options{PlainHeap: true})
		require.Equal(t, fast.run(), plain.run())
		require.Equal(t, fast.steps, plain.steps)
		require.Equal(t, fast.Stats(), plain.Stats())
	})
}

// Invariant 1: "steps come in strictly increasing (time, sequence) order". Invariant 2: "cause <
// sequence for every event". And nothing is left over when everything has happened.
func TestAnyWorldIsInOrderAndLeavesNothingBehind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newToy(drawPlan(t, "plan"), sim.Options{})
		w.run()
		for i := range w.steps {
			s := &w.steps[i]
			require.Less(t, s.Cause, s.Seq)
			if i > 0 && s.At == w.steps[i-1].At {
				require.Greater(t, s.Seq, w.steps[i-1].Seq)
			} else if i > 0 {
				require.Greater(t, s.At, w.steps[i-1].At)
			}
		}
		for id := range node.ID(toyHosts) { // what waits at paused hosts
			if w.Up(id) {
				w.Crash(id)
			}
		}
		w.run()
		require.Zero(t, w.Held())
		require.Zero(t, w.Pending())
	})
}

// "Any number of kernels may live in one process without influencing each other."
func TestInterleavedKernelsDoNotInfluenceEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, two := drawPlan(t, "one"), drawPlan(t, "two")
		a, b := newToy(one, sim.Options{}), newToy(two, sim.Options{})
		for moreA, moreB := true, true; moreA || moreB; {
			moreA, moreB = a.advance(), b.advance()
		}
		require.Equal(t, newToy(one, sim.Options{}).run(), a.Fingerprint())
		require.Equal(t, newToy(two, sim.Options{}).run(), b.Fingerprint())
	})
}

// A trace holds everything that is folded into the fingerprint, and changes nothing.
func TestATraceReadsBackAsTheRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t, "plan")
		var file bytes.Buffer
		writer, err := trace.NewWriter(&file, trace.Header{Scenario: "toy"})
		require.NoError(t, err)
		traced, bare := newToy(plan, sim.Options{Trace: writer}), newToy(plan, sim.Options{})
		require.Equal(t, bare.run(), traced.run())
		require.NoError(t, traced.TraceError())
		require.NoError(t, writer.Close())

		var again trace.Fingerprint
		steps := traced.steps
		for _, r := range readAll(t, &file) {
			again.Fold(&r)
			if r.Seq == 0 {
				continue
			}
			require.Equal(t, steps[0].Seq, r.Seq)
			require.Equal(t, steps[0].Cause, r.Cause)
			require.Equal(t, steps[0].At, r.At)
			steps = steps[1:]
		}
		require.Empty(t, steps)
		require.Equal(t, bare.Fingerprint(), again)
	})
}

func readAll(t require.TestingT, file io.Reader) (records []trace.Record) {
	reader, err := trace.NewReader(file)
	require.NoError(t, err)
	for {
		r, err := reader.Next()
		if err == io.EOF {
			return records
		}
		require.NoError(t, err)
		records = append(records, r)
	}
}

// full is a disk without room.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errors.New("disk full")
	}
	return len(b), nil
}

// "A run goes on without its trace."
func TestARunGoesOnWhenItsTraceCannotBeWritten(t *testing.T) {
	writer, err := trace.NewWriter(&full{room: 100}, trace.Header{})
	require.NoError(t, err)
	s, bare := playWith(t, 1, sim.Options{Trace: writer}), play(t, 1)
	for i := range 100_000 {
		for _, k := range []*sim.Kernel[letter]{s.Kernel, bare.Kernel} {
			k.Event(0, &node.Event{Kind: node.Ready, A: uint64(i) * uint64(i)})
		}
	}
	require.ErrorContains(t, s.TraceError(), "disk full")
	require.Equal(t, bare.Fingerprint(), s.Fingerprint())
}

// Whatever is different about a run shows in its fingerprint.
func TestEverythingCountsInTheFingerprint(t *testing.T) {
	runs := map[string]func(s *script){
		"nothing":      func(s *script) {},
		"crash":        func(s *script) { s.Crash(1) },
		"pause":        func(s *script) { s.Pause(1) },
		"resume":       func(s *script) { s.Pause(1); s.Resume(1) },
		"block":        func(s *script) { s.Block(1) },
		"unblock":      func(s *script) { s.Block(1); s.Unblock(1) },
		"event":        func(s *script) { s.Event(0, &node.Event{Kind: node.Ready}) },
		"its kind":     func(s *script) { s.Event(0, &node.Event{Kind: node.Refuted}) },
		"its subject":  func(s *script) { s.Event(0, &node.Event{Kind: node.Ready, Subject: 1}) },
		"its details":  func(s *script) { s.Event(0, &node.Event{Kind: node.Ready, B: 1}) },
		"its host":     func(s *script) { s.Event(1, &node.Event{Kind: node.Ready}) },
		"datagram":     func(s *script) { s.send(0, 1, "", 10*ms) },
		"its sender":   func(s *script) { s.send(1, 1, "", 10*ms) },
		"its receiver": func(s *script) { s.send(0, 0, "", 10*ms) },
		"its time":     func(s *script) { s.send(0, 1, "", 10*ms+1) },
		"its size":     func(s *script) { s.Deliver(s.Pack(0, &letter{}, 101), 1, 10*ms) },
		"call":         func(s *script) { s.OpenCall(0, 1, 1, 10*ms) },
		"its number":   func(s *script) { s.OpenCall(0, 1, 2, 10*ms) },
		"its peer":     func(s *script) { s.OpenCall(0, 0, 1, 10*ms) },
		"wake":         func(s *script) { s.SetTimer(0, 0, clock.At(10*ms)) },
		"its slot":     func(s *script) { s.SetTimer(0, 1, clock.At(10*ms)) },
		"probe":        func(s *script) { s.Probe(0, node.ProbeResult{}, 10*ms, time.Second) },
		"its origin":   func(s *script) { s.Probe(0, node.ProbeResult{Origin: 1}, 10*ms, time.Second) },
		"its token":    func(s *script) { s.Probe(0, node.ProbeResult{Token: 1}, 10*ms, time.Second) },
		"its result":   func(s *script) { s.Probe(0, node.ProbeResult{Outcome: node.Succeeded}, 10*ms, time.Second) },
		"control":      func(s *script) { s.Control(10*ms, 1) },
		"its code":     func(s *script) { s.Control(10*ms, 2) },
	}
	seen := map[trace.Fingerprint]string{}
	for name, run := range runs {
		s := play(t, 2)
		run(s)
		for s.Next(clock.At(time.Second), &s.step) {
		}
		require.NotContains(t, seen, s.Fingerprint(), "%s looks like %s", name, seen[s.Fingerprint()])
		seen[s.Fingerprint()] = name
	}
}
