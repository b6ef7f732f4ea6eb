package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// probing returns a story in which host 0 probes origin 1 every so often, with 20 ms of patience;
// an answer takes 5 ms.
func probing(every, duration time.Duration) *story {
	s := tell(func(d *diary, now clock.Time, out *node.Out[note]) {
		if d.self == 0 && now.Since()%every == 0 {
			out.Probe(node.Probe{Origin: 1, Token: uint64(d.count), Timeout: 20 * ms})
		}
	})
	s.Duration = duration
	s.Origins = world.Origins{Count: 2, RoundTrip: netmodel.Constant(5 * ms)}
	return s
}

// outage takes origin 1 down.
func (s *story) outage(at, length time.Duration) *story {
	s.fault(scenarios.OriginDown, at, length)
	s.last().Origins = []uint32{1}
	return s
}

// "The origins do not answer probes for For": one whose answer would come in the outage waits for
// its time-out as one that begins in it does.
func TestAnOriginIsDownForProbesThatBeginOrEndInTheOutage(t *testing.T) {
	r := probing(50*ms, 299*ms).outage(103*ms, 101*ms).expect(t,
		"55ms 0: origin 1 succeeded",
		"120ms 0: origin 1 failed", // began before the outage
		"170ms 0: origin 1 failed",
		"220ms 0: origin 1 failed", // answered by nobody, though the origin is up by then
		"255ms 0: origin 1 succeeded",
	)
	require.Equal(t, "1 origin went down, 1 came back", effect(r))
	require.Equal(t, uint64(5), r.Probes)
}

// "Without For they never do again."
func TestAnOriginMayBeDownForGood(t *testing.T) {
	r := probing(100*ms, 350*ms).outage(150*ms, 0).expect(t,
		"105ms 0: origin 1 succeeded", "220ms 0: origin 1 failed", "320ms 0: origin 1 failed")
	require.Equal(t, "1 origin went down, 0 came back", effect(r))
}

func TestAnOriginIsUpWhenTheLastOfItsOutagesIsOver(t *testing.T) {
	s := probing(100*ms, 450*ms)
	for range 300 { // more than fit a byte
		s.outage(150*ms, 100*ms)
	}
	s.outage(160*ms, 200*ms).expect(t,
		"105ms 0: origin 1 succeeded", "220ms 0: origin 1 failed", "320ms 0: origin 1 failed",
		"405ms 0: origin 1 succeeded")
}

// A probe that is answered as slowly as this does not wait for it.
func TestASlowOriginFailsAtTheTimeOut(t *testing.T) {
	for roundTrip, line := range map[time.Duration]string{
		20 * ms: "120ms 0: origin 1 succeeded", 21 * ms: "120ms 0: origin 1 failed",
	} {
		s := probing(100*ms, 190*ms)
		s.Origins.RoundTrip = netmodel.Constant(roundTrip)
		s.expect(t, line)
	}
}

// An answer that has waited for a paused host is judged when it is handled: there is no patience
// left to wait for.
func TestAnAnswerThatWaitsAtAPausedHostIsJudgedAtItsEnd(t *testing.T) {
	for until, line := range map[time.Duration]string{
		28 * ms: "130ms 0: origin 1 succeeded", 60 * ms: "130ms 0: origin 1 failed",
	} {
		s := probing(100*ms, 190*ms).outage(107*ms, until-7*ms)
		s.fault(scenarios.Pause, 102*ms, 28*ms, 0)
		s.run()
		require.Contains(t, s.lines, line)
	}
}

// "ProbeEnded: a health probe has the result Outcome, of which Host is told now": once for each
// probe, and before the machine is told.
func TestCheckersAreToldHowProbesEnd(t *testing.T) {
	s := probing(50*ms, 190*ms).outage(103*ms, 80*ms)
	var lines []string
	s.Checkers = []checkers.Checker{checkers.Always("ended", checkers.ProbeEnded,
		func(o *checkers.Observation, _ checkers.View) error {
			require.False(t, o.Up)
			require.Zero(t, o.Event)
			lines = append(lines, o.Outcome.String())
			require.Len(t, s.lines, len(lines)+1, "two starts, and the results before this one")
			return nil
		})}
	s.run()
	require.Equal(t, []string{"succeeded", "failed", "failed"}, lines)
}
