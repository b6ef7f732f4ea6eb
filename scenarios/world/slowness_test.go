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
)

// slow makes host 1 take a cost for each input.
func (s *story) slow(at, length, cost time.Duration) *story {
	s.fault(scenarios.Slow, at, length, 1)
	s.last().Cost = scenarios.Span(cost)
	return s
}

// "Each input of the hosts takes Cost to process for For, so that others queue up behind it and are
// handled late": the first hello is in flight when the fault begins; the alarm of 50 ms waits behind
// the second.
func TestASlowHostHandlesItsInputOneAfterTheOther(t *testing.T) {
	hello := func(d *diary, now clock.Time, out *node.Out[note]) {
		if d.self == 0 && (now.Since() == 40*ms || now.Since() == 50*ms) {
			out.Send(1).text = "hello"
			out.Send(1).text = "again"
		}
	}
	r := tell(hello).slow(40*ms+ms/2, 200*ms, 25*ms).expect(t,
		"66ms 1: hello from 0",
		"91ms 1: again from 0",
		"116ms 1: woken late by 66ms",
		"141ms 1: hello from 0",
		"166ms 1: again from 0",
		"191ms 1: woken late by 65ms", "226ms 1: woken late by 25ms",
		"240.5ms 1: woken late by 4.5ms",
	)
	require.Equal(t, "1 server slow, 5 inputs had to wait", effect(r))
}

func TestCostsOfFaultsThatOverlapAddUp(t *testing.T) {
	tell(at(0, 40*ms, func(out *node.Out[note]) { out.Send(1).text = "hello" })).
		slow(30*ms+ms/2, 30*ms, 2*ms).slow(30*ms+ms/2, 13*ms, 3*ms).
		expect(t, "45ms 1: woken late by 5ms", "47ms 1: hello from 0", "57ms 1: woken late by 2ms")
}

// To the checkers a slow host stands still, whatever else strikes it, until it is slow no more.
func TestASlowHostCountsAsStandingStill(t *testing.T) {
	var told []string
	s := tell(nil).slow(100*ms, 500*ms, ms).
		fault(scenarios.Pause, 150*ms, 50*ms, 1).
		fault(scenarios.Crash, 250*ms, 50*ms, 1).
		fault(scenarios.Pause, 550*ms, 100*ms, 1)
	s.Checkers = []checkers.Checker{checkers.Always("told", checkers.HostStalled|checkers.HostResumed,
		func(o *checkers.Observation, _ checkers.View) error {
			text := "stalled "
			if o.Kind == checkers.HostResumed {
				text = "resumed "
			}
			told = append(told, text+o.At.Since().String())
			return nil
		})}
	world.New(s.Spec).Run()
	require.Equal(t, []string{"stalled 100ms", "stalled 300ms", "resumed 650ms"}, told)
}
