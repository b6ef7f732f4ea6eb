package world_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
)

// "Only its probes cannot be made, and those that have begun go on."
func TestAServerWithoutSocketsKnowsThatItCannotProbe(t *testing.T) {
	r := probing(50*ms, 299*ms).fault(scenarios.NoSockets, 103*ms, 101*ms, 0).expect(t,
		"55ms 0: origin 1 succeeded",
		"105ms 0: origin 1 succeeded", // began before
		"150ms 0: origin 1 unable",
		"200ms 0: origin 1 unable",
		"255ms 0: origin 1 succeeded",
	)
	require.Equal(t, "2 probes could not be made", effect(r))
}

// "A host that can open no sockets lives, and is heard."
func TestAServerWithoutSocketsIsHeard(t *testing.T) {
	s := talkers(3)
	faulty := talkers(3, scenarios.Fault{
		Kind: scenarios.NoSockets, At: span(s.Duration / 4), For: span(s.Duration / 4),
		Hosts: []node.ID{1},
	})
	require.Equal(t, datagrams(s, 1, 2), datagrams(faulty, 1, 2))
}

// To the checkers such a host stands still until the last of all faults that keep it from probing is
// over.
func TestSocketsAreBackWhenTheLastOfTheFaultsIsOver(t *testing.T) {
	s := probing(50*ms, 299*ms).
		fault(scenarios.NoSockets, 90*ms, 70*ms, 0).
		fault(scenarios.NoSockets, 140*ms, 65*ms, 0, 1).
		fault(scenarios.Pause, 202*ms, 13*ms, 0)
	w := &witness{kinds: checkers.HostStalled | checkers.HostResumed}
	s.Checkers = []checkers.Checker{w}
	s.expect(t,
		"55ms 0: origin 1 succeeded",
		"100ms 0: origin 1 unable",
		"150ms 0: origin 1 unable",
		"200ms 0: origin 1 unable",
		"215ms 0: woken late by 5ms",
	)
	require.Equal(t, []string{
		"90ms 0 stalled", "140ms 1 stalled", "205ms 1 resumed", "215ms 0 resumed",
	}, w.lines)
}

// A life that begins without sockets stands still from its start.
func TestAServerThatStartsWithoutSocketsHasNone(t *testing.T) {
	s := probing(50*ms, 299*ms).
		fault(scenarios.Crash, 10*ms, 110*ms, 0).
		fault(scenarios.NoSockets, 60*ms, 110*ms, 0)
	w := &witness{kinds: checkers.HostStalled | checkers.HostResumed | checkers.HostUp}
	s.Checkers = []checkers.Checker{w}
	s.expect(t, `120ms 0: start ""`, "150ms 0: origin 1 unable", "205ms 0: origin 1 succeeded",
		"255ms 0: origin 1 succeeded")
	require.Equal(t, []string{"120ms 0 up true", "120ms 0 stalled", "170ms 0 resumed"},
		w.lines[s.Hosts:])
}
