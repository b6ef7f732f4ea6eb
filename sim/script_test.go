package sim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
)

const ms = time.Millisecond

// letter is the message of these tests.
type letter struct{ text string }

// script drives a kernel by hand and writes down, in a line each, what it hands out.
type script struct {
	*sim.Kernel[letter]
	t    *testing.T
	step sim.Step[letter]
}

// play returns a script with the given number of hosts, all up.
func play(t *testing.T, hosts int) *script { return playWith(t, hosts, sim.Options{}) }

func playWith(t *testing.T, hosts int, options sim.Options) *script {
	s := &script{Kernel: sim.New[letter](hosts, options), t: t}
	for id := range hosts {
		s.Start(node.ID(id))
	}
	return s
}

// next takes the next step before the given time.
func (s *script) next(limit time.Duration) *sim.Step[letter] {
	require.True(s.t, s.Next(clock.At(limit), &s.step), "nothing happens before %v", limit)
	return &s.step
}

// expect plays until the given time and checks what happens up to then.
func (s *script) expect(until time.Duration, lines ...string) {
	s.t.Helper()
	happened := []string{}
	for s.Next(clock.At(until), &s.step) {
		happened = append(happened, line(&s.step))
		if s.step.Kind == sim.Returned && s.step.Failure == node.OK {
			s.Complete(s.step.Call)
		}
	}
	require.Equal(s.t, append([]string{}, lines...), happened)
	require.Equal(s.t, clock.At(until), s.Now())
}

// send sends a datagram of a size that does not matter.
func (s *script) send(from, to node.ID, text string, delay time.Duration) {
	s.Deliver(s.Pack(from, &letter{text}, 100), to, delay)
}

// call opens call 7 with a second's patience and sends its request.
func (s *script) call(from, to node.ID, text string, delay time.Duration) sim.CallRef {
	ref := s.OpenCall(from, to, 7, time.Second)
	s.Request(ref, &letter{text}, 100, delay)
	return ref
}

func line(s *sim.Step[letter]) string {
	at := s.At.Since()
	switch s.Kind {
	case sim.Deliver, sim.Request:
		return fmt.Sprintf("%v %v %d->%d %s", at, s.Kind, s.From, s.Host, s.Message.text)
	case sim.Returned:
		if s.Failure != node.OK {
			return fmt.Sprintf("%v call %d %d->%d %v", at, s.CallID, s.Host, s.From, s.Failure)
		}
		return fmt.Sprintf("%v call %d %d->%d %s", at, s.CallID, s.Host, s.From, s.Message.text)
	case sim.Probed:
		return fmt.Sprintf("%v host %d origin %d %v", at, s.Host, s.Probe.Origin, s.Probe.Outcome)
	case sim.Wake:
		return fmt.Sprintf("%v wake %d of %d", at, s.Timer, s.Host)
	}
	return fmt.Sprintf("%v control %d", at, s.Control)
}
