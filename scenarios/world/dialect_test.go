package world_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// spoken makes some hosts of a story speak another version from the start, and those that are upgraded.
func (s *story) spoken(natives ...node.ID) *story {
	s.Dialect = &world.Dialect[note]{
		Native: func(host node.ID) bool { return slices.Contains(natives, host) },
	}
	return s
}

// "Hosts that speak it and hosts that do not refuse each other's messages", both ways: a datagram does
// not reach the machine, and a request is refused by a host that is there.
func TestVersionsRefuseEachOther(t *testing.T) {
	for _, native := range []node.ID{0, 1} {
		s := withClerk(at(0, 20*ms, func(out *node.Out[note]) {
			out.Send(1).text = "hello"
			out.Call(1, 7, 100*ms).text = "time"
		}))
		r := s.spoken(native).expect(t, "24ms 0: call 7 to 1: refused")
		require.Contains(t, r.Sometimes, world.Situation{Name: checkers.SituationForeign, Count: 2})
		require.Equal(t, uint64(2), r.Messages, "what was refused has been sent")
	}
	all := withClerk(at(0, 20*ms, func(out *node.Out[note]) { out.Call(1, 7, 100*ms).text = "time" }))
	all.spoken(0, 1).expect(t, "23ms 1: asked time by 0", "24ms 0: call 7 to 1: re time")
}

// What is on its way to a host that is upgraded meanwhile is refused: it arrives in its next life.
func TestAnUpgradeOfTheReceiverActsOnWhatIsInFlight(t *testing.T) {
	s := tell(at(0, 20*ms, func(out *node.Out[note]) { out.Send(1).text = "hello" }))
	s.Network.Latency = netmodel.Constant(100 * ms)
	s.fault(scenarios.Upgrade, 30*ms, 20*ms, 1)
	s.expect(t, `50ms 1: start ""`, "120ms 1: hello from 0")

	s.lines = nil
	r := s.spoken().expect(t, `50ms 1: start ""`)
	require.Equal(t, "1 server stopped, 1 came back upgraded, 1 foreign message refused", effect(r))
}

// A copy that the network has made is in the version that its sender spoke when it sent it, whatever that
// speaks by now.
func TestAReplayIsInTheVersionOfItsTime(t *testing.T) {
	for upgraded, want := range []struct {
		copies int
		effect string
	}{
		{2, "1 server stopped, 1 came back upgraded"},
		{1, "1 server stopped, 1 came back upgraded, 1 foreign message refused"},
	} {
		s := tell(at(0, 20*ms, func(out *node.Out[note]) { out.Send(1).text = "hello" })).spoken()
		s.fault(scenarios.Upgrade, 25*ms, 5*ms, node.ID(upgraded))
		s.fault(scenarios.Duplicate, 5*ms, 18*ms)
		s.last().SharePPM, s.last().By = rng.Always, span(500*ms) // the copy is 165 ms late by this seed
		r := s.run()
		require.Equal(t, want.copies, strings.Count(strings.Join(s.lines, "\n"), "1: hello from 0"))
		require.Equal(t, want.effect, effect(r))
	}
}

// "By the parser of whom they reach": what that takes for a message all the same gets through.
func TestAParserThatMisreadsTheOtherVersionIsFoundOut(t *testing.T) {
	s := tell(at(0, 20*ms, func(out *node.Out[note]) { out.Send(1).text = "hello" })).spoken(1)
	s.Codec = &world.Codec[note]{
		Append:      func(b []byte, m *note) []byte { return append(b, m.text...) },
		Parse:       func([]byte, *note) error { return nil },
		DamagedOnly: true,
	}
	strict := func([]byte, *note) error { return errors.New("another version") }
	s.Dialect.Codec = &world.Codec[note]{Append: s.Codec.Append, Parse: strict}
	s.expect(t)
	s.Dialect.Codec.Parse = s.Codec.Parse
	s.lines = nil
	s.expect(t, "21ms 1: hello from 0")
}

// "Nothing passes between two versions, and through the other one neither": sides are those of either.
func TestEachVersionHasSidesOfItsOwn(t *testing.T) {
	s := tell(nil).spoken(1, 3)
	s.Hosts = 5
	s.fault(scenarios.Upgrade, 100*ms, 100*ms, 0)
	s.fault(scenarios.Partition, 300*ms, 100*ms, 0)
	s.last().Others = []node.ID{1, 3}
	var sides []string
	s.Checkers = []checkers.Checker{checkers.Always("sides are noted", checkers.Reachability,
		func(o *checkers.Observation, view checkers.View) error {
			text := ""
			for host := range node.ID(s.Hosts) {
				text += string("-abc"[1+view.Side(host)])
			}
			if o.At > 0 {
				sides = append(sides, text)
			}
			return nil
		})}
	s.run()
	require.Equal(t, []string{
		"-baba", // 0 is away
		"bbaba", // 0 is back, with 1 and 3
		"bcaca", // and cut off from them
		"bbaba",
	}, sides)
}
