package universe_test

import (
	"fmt"
	"testing"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/universe"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// ticket is one server of a ticket office. Server 0 sells; the others ask it for the next ticket
// once a second, and hand it out to somebody.
type ticket struct {
	self node.ID
	sold uint32 // of server 0: the last ticket's number
}

// order is the only message: an order if the number is 0, and else a ticket.
type order struct{ number uint32 }

const handedOut = node.UserEvents // ticket A

func (o *ticket) Start(now clock.Time, _ []byte, out *node.Out[order]) {
	out.Alarm(0, now.Add(time.Second))
}

func (o *ticket) Wake(now clock.Time, _ node.TimerID, out *node.Out[order]) {
	if o.self != 0 {
		out.Send(0).number = 0
		out.Alarm(0, now.Add(time.Second))
	}
}

func (o *ticket) Receive(_ clock.Time, from node.ID, m *order, out *node.Out[order]) {
	if m.number > 0 {
		out.Emit(node.Event{Kind: handedOut, A: uint64(m.number)})
		return
	}
	o.sold++ // and nothing is saved
	out.Send(from).number = o.sold
}

// soldOnce: no ticket is handed out twice.
func soldOnce(*scenarios.Scenario) []checkers.Checker {
	holders := map[uint64]node.ID{}
	return []checkers.Checker{checkers.Always("sold-once", checkers.Event,
		func(o *checkers.Observation, _ checkers.View) error {
			if before, sold := holders[o.Event.A]; sold {
				return fmt.Errorf("ticket %d is handed out by server %d and by server %d",
					o.Event.A, before, o.Host)
			}
			holders[o.Event.A] = o.Host
			return nil
		})}
}

// tickets is the office in a storm.
func tickets() universe.Spec[order] {
	second := scenarios.Span(time.Second)
	return universe.Spec[order]{
		Scenario: scenarios.Scenario{
			Name: "tickets", Servers: 4, Duration: 60 * second,
			Latency: scenarios.Latency{Latency: netmodel.Uniform(time.Millisecond, 9*time.Millisecond)},
			Storm: &scenarios.Storm{
				From: 10 * second, To: 50 * second, Crashes: 2, Partitions: 2, Losses: 2,
			},
		},
		Machine: func(self node.ID, _ int, _ rng.Rand) node.Machine[order] {
			return &ticket{self: self}
		},
		Checkers: soldOnce,
	}
}

// The test of a protocol, as it stands in a _test.go file. This one fails: see ExampleHunt.
func ExampleTest() {
	TestTickets := func(t *testing.T) { universe.Test(t, tickets()) }
	_ = TestTickets
}

// The office forgets what it has sold when it crashes.
func ExampleHunt() {
	failure, err := universe.Hunt(tickets(), 100)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(failure)
	// Output:
	// FAIL     tickets, seed 0x0000000000000002: sold-once is broken at 11.301257984s: ticket 1 is handed out by server 2 and by server 2
	// faults   1 of 6, 3 servers, a run of 13s; found in 12 runs
	//          10s crash server 0 for 1s
}
