package universe

import (
	"fmt"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// beat is the message of these tests: nothing but a number.
type beat struct{ number uint32 }

const heard = node.UserEvents

// heart sends a beat to the next server ten times a second; who hears one says so.
type heart struct {
	next   node.ID
	number uint32
	// wake, if there is one, is what else it does.
	wake func(h *heart)
}

func (h *heart) Start(now clock.Time, _ []byte, out *node.Out[beat]) {
	out.Alarm(0, now.Add(100*time.Millisecond))
}

func (h *heart) Receive(_ clock.Time, from node.ID, m *beat, out *node.Out[beat]) {
	out.Emit(node.Event{Kind: heard, Subject: uint32(from), A: uint64(m.number)})
}

func (h *heart) Wake(now clock.Time, _ node.TimerID, out *node.Out[beat]) {
	if h.wake != nil {
		h.wake(h)
	}
	h.number++
	out.Send(h.next).number = h.number
	out.Alarm(0, now.Add(100*time.Millisecond))
}

func seconds(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Second) }

// hearts is a spec of four of them, in a storm, that promises nothing.
func hearts(wake func(h *heart)) Spec[beat] {
	return Spec[beat]{
		Scenario: scenarios.Scenario{
			Name: "hearts", Servers: 4, Duration: seconds(60),
			Latency: scenarios.Latency{Latency: netmodel.Constant(10 * time.Millisecond)},
			Storm:   &scenarios.Storm{From: seconds(10), To: seconds(50), Crashes: 2, Partitions: 2},
		},
		Machine: func(self node.ID, servers int, _ rng.Rand) node.Machine[beat] {
			return &heart{next: (self + 1) % node.ID(servers), wake: wake}
		},
		Checkers: func(*scenarios.Scenario) []checkers.Checker { return nil },
	}
}

// fallible promises that server 1 is heard at least every three seconds.
func fallible() Spec[beat] {
	s := hearts(nil)
	s.Checkers = func(*scenarios.Scenario) []checkers.Checker {
		last := clock.At(0)
		return []checkers.Checker{checkers.Always("steady", checkers.Event,
			func(o *checkers.Observation, _ checkers.View) error {
				if o.Event.Subject == 1 {
					last = o.At
				}
				if silence := o.At.Sub(last); silence > 3*time.Second {
					return fmt.Errorf("server 1 has been silent for %v", silence)
				}
				return nil
			})}
	}
	return s
}
