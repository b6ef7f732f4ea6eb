package scenarios_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

func drawScenario(t *rapid.T) scenarios.Scenario {
	text := rapid.StringN(0, 20, 40)
	s := scenarios.Scenario{
		Name:  rapid.StringMatching(`[a-z0-9][a-z0-9-]{0,63}`).Draw(t, "name"),
		About: text.Draw(t, "about"), Proves: text.Draw(t, "proves"),
		ExpectFail: rapid.Bool().Draw(t, "expect fail"),
		Servers:    rapid.IntRange(3, 100).Draw(t, "servers"),
		Origins:    rapid.IntRange(1, 100).Draw(t, "origins"),
		Duration:   seconds(rapid.IntRange(600, 1200).Draw(t, "duration")),
		Latency:    scenarios.Latency{Latency: rapid.SampledFrom(latencies).Draw(t, "latency")},
		LossPPM:    rng.PPM(rapid.IntRange(0, int(rng.Always)).Draw(t, "loss")),
		Merge:      rapid.SampledFrom(merges).Draw(t, "merge"),
		Faults:     rapid.SliceOfN(rapid.Custom(drawFault), 0, 5).Draw(t, "faults"),
	}
	if rapid.Bool().Draw(t, "storm") {
		storm := drawStorm(t)
		storm.Troubles = drawTroubles(t)
		s.Storm, s.Budget = &storm, scenarios.BudgetOff // it may lose any share of the packets
		s.Racks = 2                                     // of which it may cut one off
	}
	upgrades := func(f scenarios.Fault) bool { return f.Kind == scenarios.Upgrade }
	if slices.ContainsFunc(s.Faults, upgrades) || s.Storm != nil && s.Storm.Upgrades > 0 {
		s.Other = drawOther(t)
	}
	if rapid.Bool().Draw(t, "vary") {
		s.Vary = &scenarios.Vary{
			Servers: &scenarios.Range[int]{Least: 2, Most: s.Servers},
			LossPPM: &scenarios.Range[rng.PPM]{Most: s.LossPPM},
		}
	}
	return s
}

func drawOther(t *rapid.T) *scenarios.Other {
	other := scenarios.Other{SharePPM: rng.PPM(rapid.IntRange(0, int(rng.Always)).Draw(t, "others"))}
	if rapid.Bool().Draw(t, "tuned") {
		other.SuspicionMult = new(rapid.IntRange(0, scenarios.MaxMult).Draw(t, "suspicion"))
		other.PullPeriod = new(seconds(rapid.IntRange(1, 9).Draw(t, "pull period")))
	}
	return &other
}

func drawGroupScenario(t *rapid.T) scenarios.Scenario {
	s := rapid.SampledFrom(scenarios.Groups()).Draw(t, "scenario")
	servers := rapid.IntRange(4, 100).Draw(t, "servers")
	require.NoError(t, s.Set(fmt.Sprintf("servers=%d", servers)))
	s.Faults = rapid.SliceOfN(rapid.Custom(drawFault), 0, 5).Draw(t, "faults")
	for i := range s.Faults {
		s.Faults[i].Kind, s.Faults[i].Hosts = scenarios.Crash, []node.ID{0}
		s.Faults[i] = s.Faults[i].Trimmed()
		s.Faults[i].At, s.Faults[i].For = s.Faults[i].At/10, s.Faults[i].For/10
	}
	return s
}

func drawReplicaScenario(t *rapid.T) scenarios.Scenario {
	s := rapid.SampledFrom(scenarios.Maps()).Draw(t, "scenario")
	r := *s.Replicas
	r.Keys = rapid.IntRange(1, 1000).Draw(t, "keys")
	r.RemovalsPPM = rng.PPM(rapid.IntRange(0, int(rng.Always)).Draw(t, "removals"))
	r.Mode = rapid.SampledFrom([]scenarios.Mode{
		scenarios.Pull, scenarios.Push, scenarios.PushPull,
	}).Draw(t, "mode")
	r.Limit = rapid.IntRange(0, 50).Draw(t, "limit")
	r.Collect = rapid.Bool().Draw(t, "collect")
	s.Replicas = &r
	return s
}

var merges = []scenarios.Merge{scenarios.Siblings, scenarios.Literal}

var latencies = []netmodel.Latency{
	{}, netmodel.Constant(time.Microsecond), netmodel.Uniform(0, time.Second),
	netmodel.LogNormal(time.Millisecond, 800),
}

func drawFault(t *rapid.T) scenarios.Fault {
	f := scenarios.Fault{
		Kind:    rapid.SampledFrom(scenarios.FaultKinds()).Draw(t, "kind"),
		At:      scenarios.Span(rapid.Int64Range(0, int64(300*time.Second)).Draw(t, "at")),
		For:     scenarios.Span(rapid.Int64Range(1, int64(300*time.Second)).Draw(t, "for")),
		Hosts:   []node.ID{0},
		Others:  []node.ID{1},
		Origins: []uint32{0},
		Latency: scenarios.Latency{Latency: netmodel.Constant(
			time.Duration(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "latency")))},
		Bytes:          rapid.IntRange(scenarios.MinMTU, scenarios.MaxMTU).Draw(t, "bytes"),
		BytesPerSecond: rapid.IntRange(1_000, 1_000_000_000).Draw(t, "bytes per second"),
		QueueBytes:     rapid.IntRange(0, 1_000_000_000).Draw(t, "queue"),
		PerSecond:      rapid.IntRange(0, scenarios.MaxForged).Draw(t, "per second"),
		Keep:           rapid.Bool().Draw(t, "keep"),
		OneWay:         rapid.Bool().Draw(t, "one way"),
		LossPPM:        rng.PPM(rapid.IntRange(1, int(rng.Always)).Draw(t, "loss")),

		SharePPM:    rng.PPM(rapid.IntRange(1, int(rng.Always)).Draw(t, "share")),
		By:          scenarios.Span(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "by")),
		GoodPackets: rapid.IntRange(2, 1_000_000).Draw(t, "good"),
		BadPackets:  rapid.IntRange(2, 1_000).Draw(t, "bad"),
		Definition:  rapid.Uint16Max(uint16(scenarios.Variants-1)).Draw(t, "definition"),

		Old:     scenarios.Span(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "old")),
		Torn:    rapid.Bool().Draw(t, "torn"),
		Cost:    scenarios.Span(rapid.Int64Range(1, int64(scenarios.MaxCost)).Draw(t, "cost")),
		RatePPM: rapid.IntRange(1, scenarios.MaxRatePPM).Draw(t, "rate"),
		Offset:  scenarios.Span(rapid.Int64Range(-int64(time.Hour), int64(time.Hour)).Draw(t, "offset")),
	}
	return f.Trimmed()
}

// What a bundle stores is what is run again.
func TestAScenarioSurvivesItsFileForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.Custom(drawScenario), rapid.Custom(drawGroupScenario),
			rapid.Custom(drawReplicaScenario)).Draw(t, "scenario")
		if s.Paced() { // a file chooses the duration, which no longer follows the preset
			require.NoError(t, s.Set("duration="+s.Duration.String()))
		}
		require.NoError(t, s.Validate())
		text, err := json.Marshal(s)
		require.NoError(t, err)
		var back scenarios.Scenario
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, s, back)
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(text), string(again))
	})
}

func TestTimesAndLatenciesAreWrittenAsText(t *testing.T) {
	text, err := json.Marshal(scenarios.Fault{Kind: scenarios.Pause, At: seconds(90), For: seconds(1)})
	require.NoError(t, err)
	require.JSONEq(t, `{"kind": "pause", "at": "1m30s", "for": "1s"}`, string(text))

	text, err = json.Marshal(scenarios.Latency{Latency: netmodel.Constant(500 * time.Microsecond)})
	require.NoError(t, err)
	require.Equal(t, `"500us"`, string(text))
}

func TestBadTextIsRefused(t *testing.T) {
	var span scenarios.Span
	require.ErrorContains(t, json.Unmarshal([]byte(`"soon"`), &span), `invalid duration "soon"`)
	require.Error(t, json.Unmarshal([]byte(`90`), &span))
	var latency scenarios.Latency
	require.ErrorContains(t, json.Unmarshal([]byte(`"3ms..1ms"`), &latency), "is not a latency")
}

func TestInvalidScenariosNameTheField(t *testing.T) {
	for message, change := range map[string]func(s *scenarios.Scenario){
		"servers: 0, expected 1 to 10000": func(s *scenarios.Scenario) {
			s.Servers = 0
		},
		"servers: 10001, expected 1 to 10000": func(s *scenarios.Scenario) {
			s.Servers = 10_001
		},
		"origins: 0, expected 1 to 1000000": func(s *scenarios.Scenario) {
			s.Origins = 0
		},
		"servers x origins: 10010000, expected at most 10000000": func(s *scenarios.Scenario) {
			s.Servers, s.Origins = 1001, 10_000
		},
		`name: "\x1b[2J", expected 1 to 64 of a-z, 0-9 and -, the first no -`: func(s *scenarios.Scenario) {
			s.Name = "\x1b[2J"
		},
		"duration: 0s, expected 10s to 168h0m0s": func(s *scenarios.Scenario) {
			s.Duration = 0
		},
		"duration: 168h0m1s, expected 10s to 168h0m0s": func(s *scenarios.Scenario) {
			s.Duration = seconds(168*3600 + 1)
		},
		"loss_ppm: 1000001, expected 0 to 1000000": func(s *scenarios.Scenario) {
			s.LossPPM = rng.Always + 1
		},
		`merge: "", expected one of [siblings literal]`: func(s *scenarios.Scenario) { s.Merge = "" },
		"latency 2ms..1ms: 2ms is more than 1ms": func(s *scenarios.Scenario) {
			s.Latency = scenarios.Latency{Latency: netmodel.Uniform(2*time.Millisecond, time.Millisecond)}
		},
		"faults: 10001, expected at most 10000": func(s *scenarios.Scenario) {
			s.Faults = make([]scenarios.Fault, 10_001)
		},
		"faults[0].definition: 10 does not exist, there are 10": func(s *scenarios.Scenario) {
			s.Origins, s.Storm = 50, nil
			s.Faults = []scenarios.Fault{{
				Kind: scenarios.Register, Hosts: []node.ID{0}, Origins: []uint32{1}, Definition: 10,
			}}
		},
		"faults[1].hosts: server 64 does not exist, there are 64": func(s *scenarios.Scenario) {
			f := scenarios.Fault{Kind: scenarios.Crash, Hosts: hosts(63)}
			s.Faults = []scenarios.Fault{f, f}
			s.Faults[1].Hosts = hosts(64)
		},
		"storm: -1 faults of a kind, expected 0 to 1000": func(s *scenarios.Scenario) {
			s.Storm.Crashes = -1
		},
		"trial: only a group goes through one": func(s *scenarios.Scenario) {
			s.Trial = &scenarios.Trial{}
		},
		"vary.servers: 5 to 63, expected a range from 1 or more to 64": func(s *scenarios.Scenario) {
			s.Vary = &scenarios.Vary{Servers: &scenarios.Range[int]{Least: 5, Most: 63}}
		},
		"faults[0].hosts: server 7 does not exist, there are 5": func(s *scenarios.Scenario) {
			s.Vary = &scenarios.Vary{Servers: &scenarios.Range[int]{Least: 5, Most: 64}}
			s.Faults = []scenarios.Fault{{Kind: scenarios.Crash, Hosts: hosts(7)}}
		},
	} {
		s, err := scenarios.Find("talk")
		require.NoError(t, err)
		change(&s)
		require.EqualError(t, s.Validate(), message)
	}
}

func TestAScenarioIsHealedWhenItsLastFaultIsOver(t *testing.T) {
	s := scenarios.Scenario{}
	require.Zero(t, s.Healed())
	s.Faults = []scenarios.Fault{
		{At: seconds(10), For: seconds(50)}, {At: seconds(20), For: seconds(5)}, {At: seconds(40)},
	}
	require.Equal(t, seconds(60), s.Healed())
}
