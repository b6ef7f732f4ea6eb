package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// "It panics on a spec that Validate refuses", and says what is wrong with it.
func TestNewPanicsOnABadSpec(t *testing.T) {
	for message, change := range map[string]func(s *world.Spec[word]){
		"hosts: 0, expected 1 to 1048576":    func(s *world.Spec[word]) { s.Hosts = 0 },
		"machine: there is no constructor":   func(s *world.Spec[word]) { s.Machine = nil },
		"duration: 0s, expected more than 0": func(s *world.Spec[word]) { s.Duration = 0 },
		"origins: -1, expected 0 or more":    func(s *world.Spec[word]) { s.Origins.Count = -1 },
		"configured origins: 1, expected 0 to 0": func(s *world.Spec[word]) {
			s.Origins.Configured = 1
		},
		"network: mtu: -1 is negative": func(s *world.Spec[word]) { s.Network.MTU = -1 },
		"network: loss: 110% is more than 100%": func(s *world.Spec[word]) {
			s.Network.Loss = rng.Percent(110)
		},
		"start spread: 4s, expected 0 to the duration 3s": func(s *world.Spec[word]) {
			s.StartSpread = 4 * time.Second
		},
		"origins: round trip: latency -1ms: -1ms is not from 0 to 1h0m0s": func(s *world.Spec[word]) {
			s.Origins.RoundTrip = netmodel.Constant(-ms)
		},
		"fault 1: hosts: server 4 does not exist, there are 4": func(s *world.Spec[word]) {
			s.Faults = []scenarios.Fault{{Kind: scenarios.Crash, Hosts: []node.ID{4}}}
		},
	} {
		s := talkers(4)
		change(&s)
		require.EqualError(t, s.Validate(), message)
		require.PanicsWithValue(t, "world.New: "+message, func() { world.New(s) })
	}
}
