package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestTheScenariosOfRegistersAreValid(t *testing.T) {
	for _, s := range scenarios.Caps() {
		require.NoError(t, s.Validate(), s.Name)
		require.NotEmpty(t, s.About, s.Name)
		require.NotEmpty(t, s.Proves, s.Name)
	}
}

// Of two servers neither side of a cut has a majority, and nothing is shown by a run that passes.
func TestRegistersNeedAMajorityToBeCutOffFrom(t *testing.T) {
	for servers, wrong := range map[string]string{
		"1": "1", "2": "2", "2-5": "2-5", "3": "", "3-5": "", "99": "",
	} {
		for _, s := range scenarios.Caps() {
			require.NoError(t, s.Set("servers="+servers))
			if err := s.Validate(); wrong != "" {
				require.EqualError(t, err, "servers: "+wrong+", expected 3 to 99 in a register")
			} else {
				require.NoError(t, err)
			}
		}
	}
}

func TestRegistersThatMakeNoSenseAreRefused(t *testing.T) {
	for want, wrong := range map[string]func(*scenarios.Scenario){
		"servers: 100, expected 3 to 99 in a register": func(s *scenarios.Scenario) {
			s.Servers = 100
		},
		"cap.clients: 11, expected at most 10 for each of 1 registers": func(s *scenarios.Scenario) {
			s.Cap.Clients, s.Cap.Keys = 11, 1
		},
		"cap.clients: 0, expected 1 to 1000": func(s *scenarios.Scenario) { s.Cap.Clients = 0 },
		"cap.keys: 0, expected 1 to 1000000": func(s *scenarios.Scenario) { s.Cap.Keys = 0 },
		"cap.seats: 0, expected 1 to 100000": func(s *scenarios.Scenario) { s.Cap.Seats = 0 },
		"cap.buy_ppm: 1000001, expected 0 to 1000000": func(s *scenarios.Scenario) {
			s.Cap.BuyPPM = 1_000_001
		},
		`cap.own: expected only with replication "map"`: func(s *scenarios.Scenario) {
			s.Cap.Own, s.Cap.Replication = true, scenarios.ByRaft
		},
		`cap.replication: "paxos", expected one of [map raft]`: func(s *scenarios.Scenario) {
			s.Cap.Replication = "paxos"
		},
		"cap.think: 0s, expected 1ms to 1h0m0s":    func(s *scenarios.Scenario) { s.Cap.Think = 0 },
		"cap.timeout: 0s, expected 10ms to 1h0m0s": func(s *scenarios.Scenario) { s.Cap.Timeout = 0 },
		"cap.clients x duration / think: 1800000, expected at most 200000 operations": func(
			s *scenarios.Scenario,
		) {
			s.Cap.Think = scenarios.Span(time.Millisecond)
		},
	} {
		s := scenarios.Caps()[0]
		wrong(&s)
		require.EqualError(t, s.Validate(), want)
	}
}
