package world_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// operated returns a story of three hosts and five origins, three of them configured, in which an
// operator says something at 100 ms.
func operated(kind scenarios.FaultKind, origins []uint32, hosts ...node.ID) *story {
	s := tell(nil).fault(kind, 100*ms, 0, hosts...)
	s.last().Origins = origins
	if kind == scenarios.Register {
		s.last().Definition = 7
	}
	s.Hosts, s.Origins = 3, world.Origins{Count: 5, Configured: 3}
	return s
}

// "An operator tells the first of the hosts that is up to have the origins checked, by Definition,
// which may be another one than before."
func TestAnOperatorRegistersOriginsAtOneServer(t *testing.T) {
	s := operated(scenarios.Register, []uint32{4, 2}, 1, 0)
	w := &witness{kinds: checkers.OriginRegistered | checkers.Event}
	s.Checkers = []checkers.Checker{w}
	r := s.expect(t, "100ms 1: register origin 4 by 7", "100ms 1: register origin 2 by 7")
	require.Equal(t, "1 origin registered, 1 changed", effect(r))
	require.Equal(t, []string{
		"100ms 1 says origin-learned", "100ms 1 told of origin 4: true",
		"100ms 1 says origin-learned", "100ms 1 told of origin 2: true",
	}, w.lines)
}

func TestAnOperatorRemovesOrigins(t *testing.T) {
	s := operated(scenarios.Unregister, []uint32{0, 4}, 2)
	w := &witness{kinds: checkers.OriginRegistered}
	s.Checkers = []checkers.Checker{w}
	r := s.expect(t, "100ms 2: unregister origin 0", "100ms 2: unregister origin 4")
	require.Equal(t, "1 origin removed", effect(r), "the other one was not to be checked anyway")
	require.Equal(t, []string{"100ms 2 told of origin 0: false", "100ms 2 told of origin 4: false"},
		w.lines)
}

// "0 means all."
func TestAllOriginsAreConfiguredUnlessToldOtherwise(t *testing.T) {
	s := operated(scenarios.Register, []uint32{4}, 0)
	s.Origins.Configured = 0
	require.Equal(t, "0 origins registered, 1 changed", effect(s.run()))
}

// The first of the hosts that is up, "if none is up, the next higher host that is".
func TestAnOperatorTurnsToAServerThatListens(t *testing.T) {
	for name, c := range map[string]struct {
		kind    scenarios.FaultKind
		away    []node.ID
		asked   []node.ID
		expects string
	}{
		"the next of its own": {scenarios.Crash, []node.ID{1}, []node.ID{1, 0}, "100ms 0: "},
		"the next higher":     {scenarios.Crash, []node.ID{1}, []node.ID{1}, "100ms 2: "},
		"the lowest":          {scenarios.Crash, []node.ID{2, 1}, []node.ID{1}, "100ms 0: "},
		"not a paused one":    {scenarios.Pause, []node.ID{1}, []node.ID{1}, "100ms 2: "},
		"not a blocked one":   {scenarios.Block, []node.ID{1}, []node.ID{1}, "100ms 2: "},
		"one without network": {scenarios.Uplink, []node.ID{1}, []node.ID{1}, "100ms 1: "},
	} {
		t.Run(name, func(t *testing.T) {
			s := operated(scenarios.Register, []uint32{4}, c.asked...).
				fault(c.kind, 50*ms, 100*ms, c.away...)
			s.run()
			require.Contains(t, s.lines, c.expects+"register origin 4 by 7")
		})
	}
}

func TestAnOperatorFindsNobody(t *testing.T) {
	s := operated(scenarios.Register, []uint32{4}, 1).fault(scenarios.Crash, 50*ms, 0, 0, 1, 2)
	w := &witness{kinds: checkers.OriginRegistered}
	s.Checkers = []checkers.Checker{w}
	r := s.run()
	require.Empty(t, w.lines)
	require.Empty(t, r.Faults[1].Effect)
}

// plain hides what a diary can do beyond the least.
type plain struct{ node.Machine[note] }

func TestAMachineThatIsNoRegistrarIsNotTold(t *testing.T) {
	s := operated(scenarios.Register, []uint32{4}, 1)
	build := s.Machine
	s.Machine = func(self node.ID, rand rng.Rand) node.Machine[note] {
		if self == 1 {
			return plain{build(self, rand)}
		}
		return build(self, rand)
	}
	s.expect(t, "100ms 2: register origin 4 by 7")
}
