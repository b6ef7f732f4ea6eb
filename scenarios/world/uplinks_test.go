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

// "No origin answers their probes": one started or answered while the uplink is down fails at its
// time-out.
func TestAServerWithoutAnUplinkReachesNoOrigin(t *testing.T) {
	r := probing(50*ms, 299*ms).fault(scenarios.Uplink, 103*ms, 101*ms, 0).expect(t,
		"55ms 0: origin 1 succeeded",
		"120ms 0: origin 1 failed", // began before
		"170ms 0: origin 1 failed",
		"220ms 0: origin 1 failed", // answered by nobody, though the way is open by then
		"255ms 0: origin 1 succeeded",
	)
	require.Equal(t, "3 probes failed, 0 messages cut off, 0 in flight", effect(r))
}

func TestTheUplinkOfOneServerIsNotThatOfAnother(t *testing.T) {
	r := probing(100*ms, 190*ms).fault(scenarios.Uplink, 50*ms, 100*ms, 1).
		expect(t, "105ms 0: origin 1 succeeded")
	require.Empty(t, effect(r))
}

// "Nothing passes between any of them and anybody else": of 12 links those of servers 0 and 1 are
// cut, the one between the two included, and what is in flight is lost too.
func TestLostUplinksCutEachServerFromEverybody(t *testing.T) {
	const second = time.Second
	faulty := talkers(4, scenarios.Fault{
		Kind: scenarios.Uplink, At: span(second + ms/2), For: span(second), Hosts: []node.ID{0, 1},
	})
	from, to := clock.At(second+ms/2), clock.At(2*second+ms/2)
	for a := range node.ID(4) {
		for b := range a {
			silent := true
			for _, x := range datagrams(faulty, a, b) {
				silent = silent && (x.at < from || x.at > to)
			}
			require.Equal(t, b < 2, silent, "servers %d and %d", a, b)
		}
	}
	require.Regexp(t, `^0 probes failed, 1\d{3} messages cut off, [1-9]\d* in flight$`,
		effect(world.New(faulty).Run()))
}

// "Faults that overlap on a host are counted", and each counts what it stops.
func TestAnUplinkIsBackWhenTheLastOfItsFaultsIsOver(t *testing.T) {
	s := probing(50*ms, 299*ms).
		fault(scenarios.Uplink, 90*ms, 70*ms, 0).
		fault(scenarios.Uplink, 140*ms, 65*ms, 0, 1)
	var changes []bool
	s.Checkers = []checkers.Checker{checkers.Always("uplink", checkers.UplinkChanged,
		func(o *checkers.Observation, _ checkers.View) error {
			if o.Host == 0 {
				changes = append(changes, o.Up)
			}
			return nil
		})}
	r := s.expect(t,
		"55ms 0: origin 1 succeeded", "120ms 0: origin 1 failed", "170ms 0: origin 1 failed",
		"220ms 0: origin 1 failed", "255ms 0: origin 1 succeeded")
	require.Equal(t, []bool{false, true}, changes)
	require.Equal(t, "4 probes failed, 0 messages cut off, 0 in flight", effect(r),
		"one by the first, one by both, one by the second")
}

// "An uplink fault puts the host on a side of its own", each of several, and each end joins one.
func TestServersWithoutUplinksAreSidesOfTheirOwn(t *testing.T) {
	s := tell(nil).fault(scenarios.Uplink, 100*ms, 200*ms, 0, 2).
		fault(scenarios.Uplink, 200*ms, 200*ms, 1)
	s.Hosts = 4
	w := &witness{kinds: checkers.UplinkChanged | checkers.Reachability}
	s.Checkers = []checkers.Checker{w}
	s.run()
	require.Equal(t, []string{
		"100ms 0 uplink false", "100ms 2 uplink false", "100ms 3 sides [0 1 2 1]",
		"200ms 1 uplink false", "200ms 4 sides [0 1 2 3]",
		"300ms 0 uplink true", "300ms 2 uplink true", "300ms 2 sides [0 1 0 0]",
		"400ms 1 uplink true", "400ms 1 sides [0 0 0 0]",
	}, w.lines[s.Hosts:])
}

// It is the network of the host that fails, not the process: a server that starts meanwhile has
// none.
func TestAServerThatStartsWithoutAnUplinkHasNone(t *testing.T) {
	probing(50*ms, 299*ms).
		fault(scenarios.Crash, 10*ms, 110*ms, 0).
		fault(scenarios.Uplink, 60*ms, 110*ms, 0).
		expect(t, `120ms 0: start ""`, "170ms 0: origin 1 failed", "205ms 0: origin 1 succeeded",
			"255ms 0: origin 1 succeeded")
}
