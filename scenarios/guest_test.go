package scenarios

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// visiting is a scenario of somebody else's protocol.
func visiting() Scenario {
	return Scenario{
		Name: "visiting", Servers: 5, Duration: Span(2 * time.Minute),
		Guest: &Guest{Package: "example.com/shop", Test: "TestCart", Settle: Span(30 * time.Second)},
		Storm: &Storm{From: Span(10 * time.Second), To: Span(90 * time.Second), Crashes: 3},
	}
}

func TestAGuestNeedsNoOrigins(t *testing.T) {
	s := visiting()
	require.NoError(t, s.Validate())
	require.Equal(t, "a protocol of your own", s.kind())
	require.Equal(t, "go test -run '^TestCart$' example.com/shop", s.Guest.Command())
	s.Origins, s.Storm.Outages = 10, 3
	require.NoError(t, s.Validate())
	expanded := s.Expand(1)
	require.NoError(t, expanded.Validate())
	require.NotEmpty(t, expanded.Faults)
}

func TestAGuestHasNothingOfOurs(t *testing.T) {
	for want, change := range map[string]func(s *Scenario){
		"merge: \"siblings\", expected none in a protocol of your own": func(s *Scenario) {
			s.Merge = Siblings
		},
		"origins: -1, expected 0 to 1000000": func(s *Scenario) { s.Origins = -1 },
		"guest.settle: -1s, expected 0 to 168h0m0s": func(s *Scenario) {
			s.Guest.Settle = -Span(time.Second)
		},
		"trial: only a group goes through one":    func(s *Scenario) { s.Trial = &Trial{} },
		"storm: outages, flaps and registrations": func(s *Scenario) { s.Storm.Flaps = 1 },
		"group, replicas, cap: expected one of them at most": func(s *Scenario) {
			s.Group = &Group{}
		},
	} {
		s := visiting()
		change(&s)
		require.ErrorContains(t, s.Validate(), want)
	}
}

func TestAGuestStaysInJSON(t *testing.T) {
	text, err := json.Marshal(visiting())
	require.NoError(t, err)
	var back Scenario
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, visiting().Guest, back.Guest)
}
