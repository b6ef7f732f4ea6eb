package scenarios_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

func TestEachSettingSetsItsField(t *testing.T) {
	changed := map[string]func(s *scenarios.Scenario){
		"servers=12": func(s *scenarios.Scenario) { s.Servers = 12 },
		"origins=34": func(s *scenarios.Scenario) { s.Origins = 34 },
		"duration=5m": func(s *scenarios.Scenario) {
			s.Duration, s.Storm.From, s.Storm.To = seconds(300), seconds(60), seconds(180)
		},
		"loss=2.5%": func(s *scenarios.Scenario) { s.LossPPM = 25_000 },
		"latency=1ms..3ms": func(s *scenarios.Scenario) {
			s.Latency = scenarios.Latency{Latency: netmodel.Uniform(time.Millisecond, 3*time.Millisecond)}
		},
		"merge=literal": func(s *scenarios.Scenario) { s.Merge = scenarios.Literal },
		"crashes=21":    func(s *scenarios.Scenario) { s.Storm.Crashes = 21 },
		"pauses=22":     func(s *scenarios.Scenario) { s.Storm.Pauses = 22 },
		"leaves=23":     func(s *scenarios.Scenario) { s.Storm.Leaves = 23 },
		"partitions=24": func(s *scenarios.Scenario) { s.Storm.Partitions = 24 },
		"losses=25":     func(s *scenarios.Scenario) { s.Storm.Losses = 25 },
		"outages=0":     func(s *scenarios.Scenario) { s.Storm.Outages = 0 },
	}
	keys, means := scenarios.Settings()
	require.Len(t, changed, len(keys))
	require.Len(t, means, len(keys))
	require.NotContains(t, means, "")
	for assignment, change := range changed {
		key, _, _ := strings.Cut(assignment, "=")
		require.Contains(t, keys, key)
		got, _ := scenarios.Find("talk")
		require.NoError(t, got.Set(assignment))
		require.NoError(t, got.Validate())
		want, _ := scenarios.Find("talk")
		change(&want)
		want.Faults, got.Faults = nil, nil // see TestFaultsMoveWithTheDuration
		require.Equal(t, want, got)
	}
}

func TestBadSettingsSayWhatWasExpected(t *testing.T) {
	const aTime = "expected a time from 10s to 168h0m0s, such as 90s or 10m"
	for assignment, message := range map[string]string{
		"servers":          "-set servers: expected key=value",
		"servers=0":        `-set servers=0: "0", expected a whole number from 1 to 10000`,
		"servers=ten":      `-set servers=ten: "ten", expected a whole number from 1 to 10000`,
		"servers=":         `-set servers=: "", expected a whole number from 1 to 10000`,
		"origins=1000001":  `-set origins=1000001: "1000001", expected a whole number from 1 to 1000000`,
		"duration=10":      `-set duration=10: "10", ` + aTime,
		"duration=-1s":     `-set duration=-1s: "-1s", ` + aTime,
		"duration=169h":    `-set duration=169h: "169h", ` + aTime,
		"crashes=-1":       `-set crashes=-1: "-1", expected a whole number from 0 to 1000`,
		"merge=last-write": `-set merge=last-write: "last-write", expected siblings or literal`,
	} {
		s, _ := scenarios.Find("talk")
		require.EqualError(t, s.Set(assignment), message)
	}
	for _, assignment := range []string{"loss=2", "loss=often", "latency=fast", "latency=3ms..1ms"} {
		s, _ := scenarios.Find("talk")
		require.ErrorContains(t, s.Set(assignment), "-set "+assignment+": ")
	}
}

func TestAnUnknownKeyIsAnsweredWithTheNearestOne(t *testing.T) {
	s, _ := scenarios.Find("talk")
	require.ErrorContains(t, s.Set("server=3"),
		`unknown key "server", did you mean "servers"?; known are servers, `)
	require.ErrorContains(t, s.Set("xyz=3"), `unknown key "xyz"; known are servers, `)
}

func TestAStormCannotBeChangedWhereThereIsNone(t *testing.T) {
	s, _ := scenarios.Find("calm")
	require.EqualError(t, s.Set("crashes=1"), "-set crashes=1: the scenario calm has no storm")
	require.NoError(t, s.Set("duration=1m"))
}

// However short the run was made in between, the storm keeps its place.
func TestTheStormMovesWithTheDuration(t *testing.T) {
	s, _ := scenarios.Find("talk")
	want := *s.Storm
	for _, duration := range []string{"100s", "10s", "168h", "10m"} {
		require.NoError(t, s.Set("duration="+duration))
		require.NoError(t, s.Validate(), duration)
	}
	require.Equal(t, want, *s.Storm)
}

func TestFaultsMoveWithTheDuration(t *testing.T) {
	s, _ := scenarios.Find("talk")
	at, length := s.Faults[0].At, s.Faults[0].For
	require.NoError(t, s.Set("duration=5m"))
	require.Equal(t, at/2, s.Faults[0].At)
	require.Equal(t, length/2, s.Faults[0].For)
}

func TestLossIsExact(t *testing.T) {
	s, _ := scenarios.Find("talk")
	require.NoError(t, s.Set("loss=0.000001"))
	require.Equal(t, rng.PPM(1), s.LossPPM)
}
