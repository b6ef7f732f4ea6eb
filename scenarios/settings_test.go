package scenarios_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// setting is an assignment to a scenario of the catalogue, and what it changes.
type setting struct {
	scenario, assignment string
	change               func(s *scenarios.Scenario)
}

var clusterSettings = []setting{
	{"talk", "servers=12", func(s *scenarios.Scenario) { s.Servers = 12 }},
	{"talk", "origins=34", func(s *scenarios.Scenario) { s.Origins = 34 }},
	{"talk", "duration=5m", func(s *scenarios.Scenario) {
		s.Duration, s.Storm.From, s.Storm.To = seconds(300), seconds(60), seconds(180)
	}},
	{"talk", "loss=2.5%", func(s *scenarios.Scenario) { s.LossPPM = 25_000 }},
	{"talk", "latency=1ms..3ms", func(s *scenarios.Scenario) {
		s.Latency = scenarios.Latency{Latency: netmodel.Uniform(time.Millisecond, 3*time.Millisecond)}
	}},
	{"talk", "budget=off", func(s *scenarios.Scenario) { s.Budget = scenarios.BudgetOff }},
	{"talk", "rate=crash:90s/server", func(s *scenarios.Scenario) {
		s.Rates = []scenarios.Rate{{
			Kind: scenarios.Crash, Every: seconds(90), Each: scenarios.EachServer,
			From: s.Storm.From, To: s.Storm.To,
		}}
	}},
	{"talk", "check=map-convergence:40s", func(s *scenarios.Scenario) {
		s.Checkers = &scenarios.Checkers{Each: []scenarios.Check{
			{Property: "map-convergence", Bound: seconds(40)},
		}}
	}},
	{"talk", "start=1m", func(s *scenarios.Scenario) {
		s.Storm.From, s.Storm.To, s.Duration = seconds(60), seconds(300), seconds(540)
	}},
	{"talk", "storm=2m", func(s *scenarios.Scenario) {
		s.Storm.To, s.Duration = seconds(240), seconds(480)
	}},
	{"talk", "settle=6m", func(s *scenarios.Scenario) { s.Duration = seconds(720) }},
	{"talk", "merge=literal", func(s *scenarios.Scenario) { s.Merge = scenarios.Literal }},
	{"talk", "crashes=21", func(s *scenarios.Scenario) { s.Storm.Crashes = 21 }},
	{"talk", "pauses=22", func(s *scenarios.Scenario) { s.Storm.Pauses = 22 }},
	{"talk", "blocks=26", func(s *scenarios.Scenario) { s.Storm.Blocks = 26 }},
	{"talk", "leaves=23", func(s *scenarios.Scenario) { s.Storm.Leaves = 23 }},
	{"talk", "partitions=24", func(s *scenarios.Scenario) { s.Storm.Partitions = 24 }},
	{"talk", "losses=25", func(s *scenarios.Scenario) { s.Storm.Losses = 25 }},
	{"talk", "bursts=31", func(s *scenarios.Scenario) { s.Storm.Bursts = 31 }},
	{"talk", "duplications=32", func(s *scenarios.Scenario) { s.Storm.Duplications = 32 }},
	{"talk", "reorderings=33", func(s *scenarios.Scenario) { s.Storm.Reorderings = 33 }},
	{"talk", "corruptions=34", func(s *scenarios.Scenario) { s.Storm.Corruptions = 34 }},
	{"talk", "outages=0", func(s *scenarios.Scenario) { s.Storm.Outages = 0 }},
	{"talk", "uplinks=27", func(s *scenarios.Scenario) { s.Storm.Uplinks = 27 }},
	{"talk", "sockets=35", func(s *scenarios.Scenario) { s.Storm.Sockets = 35 }},
	{"talk", "flaps=28", func(s *scenarios.Scenario) { s.Storm.Flaps = 28 }},
	{"talk", "registrations=29", func(s *scenarios.Scenario) { s.Storm.Registrations = 29 }},
	{"talk", "unregistrations=30", func(s *scenarios.Scenario) { s.Storm.Unregistrations = 30 }},
	{"talk", "unregistered=99", func(s *scenarios.Scenario) { s.Unregistered = 99 }},
	{"talk", "design=raft", func(s *scenarios.Scenario) { s.Design = scenarios.Raft }},
	{"talk", "restarts=41", func(s *scenarios.Scenario) { s.Storm.Restarts = 41 }},
	{"talk", "long_crashes=42", func(s *scenarios.Scenario) { s.Storm.LongCrashes = 42 }},
	{"talk", "snapshots=43", func(s *scenarios.Scenario) { s.Storm.Snapshots = 43 }},
	{"talk", "torn_saves=44", func(s *scenarios.Scenario) { s.Storm.TornSaves = 44 }},
	{"talk", "moves=71", func(s *scenarios.Scenario) { s.Storm.Moves = 71 }},
	{"talk", "full_disks=45", func(s *scenarios.Scenario) { s.Storm.FullDisks = 45 }},
	{"talk", "slow_hosts=46", func(s *scenarios.Scenario) { s.Storm.SlowHosts = 46 }},
	{"talk", "neighbours=47", func(s *scenarios.Scenario) { s.Storm.Neighbours = 47 }},
	{"talk", "collections=48", func(s *scenarios.Scenario) { s.Storm.Collections = 48 }},
	{"talk", "pause_preset=zgc", func(s *scenarios.Scenario) {
		s.Storm.PausePreset = scenarios.ZGCPauses
	}},
	{"talk", "joins=49", func(s *scenarios.Scenario) { s.Storm.Joins = 49 }},
	{"rolling-upgrade", "upgrades=2", func(s *scenarios.Scenario) { s.Storm.Upgrades = 2 }},
	{"talk", "clocks=50", func(s *scenarios.Scenario) { s.Storm.Clocks = 50 }},
	{"talk", "datacenters=3", func(s *scenarios.Scenario) { s.Datacenters = 3 }},
}

var linkSettings = []setting{
	{"talk", "slowdowns=1", func(s *scenarios.Scenario) { s.Storm.Slowdowns = 1 }},
	{"talk", "clogs=2", func(s *scenarios.Scenario) { s.Storm.Clogs = 2 }},
	{"talk", "limits=3", func(s *scenarios.Scenario) { s.Storm.Limits = 3 }},
	{"talk", "mtus=4", func(s *scenarios.Scenario) { s.Storm.MTUs = 4 }},
	{"talk", "no_datagrams=5", func(s *scenarios.Scenario) { s.Storm.NoDatagrams = 5 }},
	{"talk", "no_streams=6", func(s *scenarios.Scenario) { s.Storm.NoStreams = 6 }},
	{"talk", "forgeries=7", func(s *scenarios.Scenario) { s.Storm.Forgeries = 7 }},
	{"talk", "half_opens=8", func(s *scenarios.Scenario) { s.Storm.HalfOpens = 8 }},
	{"talk", "bridges=9", func(s *scenarios.Scenario) { s.Storm.Bridges = 9 }},
	{"talk", "link_flaps=10", func(s *scenarios.Scenario) { s.Storm.LinkFlaps = 10 }},
	{"talk", "swizzles=11", func(s *scenarios.Scenario) { s.Storm.Swizzles = 11 }},
	{"rack-splits", "rack_splits=12", func(s *scenarios.Scenario) { s.Storm.RackSplits = 12 }},
	{"talk", "racks=13", func(s *scenarios.Scenario) { s.Racks = 13 }},
	{"talk", "places=osaka,tokyo/b", func(s *scenarios.Scenario) {
		s.Places = []string{"osaka", "tokyo/b"}
	}},
	{"talk", "bare_carrier=on", func(s *scenarios.Scenario) { s.BareCarrier = true }},
}

var groupSettings = []setting{
	{"swim-crash", "preset=wan", func(s *scenarios.Scenario) {
		s.Group.Preset = scenarios.Wan
		s.Duration += 7 * seconds(60) // all that comes after the crash takes 8 times as long
	}},
	{"swim-crash", "rules=memberlist", func(s *scenarios.Scenario) {
		s.Group.Rules = scenarios.Memberlist
	}},
	{"swim-crash", "lifeguard=probe", func(s *scenarios.Scenario) {
		s.Group.Lifeguard = scenarios.LifeguardProbe
	}},
	{"swim-crash", "k=0", func(s *scenarios.Scenario) { s.Group.IndirectProbes = new(0) }},
	{"swim-crash", "suspicion_mult=5", func(s *scenarios.Scenario) {
		s.Group.SuspicionMult = new(5)
	}},
	{"swim-crash", "retransmit_mult=3", func(s *scenarios.Scenario) {
		s.Group.RetransmitMult = new(3)
	}},
	{"swim-crash", "fanout=2", func(s *scenarios.Scenario) { s.Group.GossipNodes = new(2) }},
	{"swim-crash", "fallback=off", func(s *scenarios.Scenario) { s.Group.StreamProbe = new(false) }},
	{"swim-crash", "probe_interval=2s", func(s *scenarios.Scenario) {
		s.Group.ProbeInterval = new(seconds(2))
	}},
	{"swim-crash", "probe_timeout=1s", func(s *scenarios.Scenario) {
		s.Group.ProbeTimeout = new(seconds(1))
	}},
	{"swim-crash", "gossip_interval=0s", func(s *scenarios.Scenario) {
		s.Group.GossipInterval = new(seconds(0))
	}},
}

// A trial that lasts longer makes the run as much longer.
var trialSettings = []setting{
	{"swim-mass-crash", "percent=50", func(s *scenarios.Scenario) { s.Trial.Percent = 50 }},
	{"swim-partition", "cut=50s", func(s *scenarios.Scenario) {
		s.Trial.Cut = seconds(50)
		s.Duration += seconds(30)
	}},
	{"swim-slow", "slow=16", func(s *scenarios.Scenario) { s.Trial.Slow = 16 }},
	{"swim-slow", "block=16s", func(s *scenarios.Scenario) { // eight of them, as before
		s.Trial.Block = seconds(16)
		s.Duration -= 8 * scenarios.Span(384*time.Millisecond)
	}},
	{"swim-slow", "free=512ms", func(s *scenarios.Scenario) { // seven breaks between eight
		s.Trial.Free = scenarios.Span(512 * time.Millisecond)
		s.Duration += 7 * scenarios.Span(448*time.Millisecond)
	}},
	{"swim-slow", "cycles=1s", func(s *scenarios.Scenario) { // one block, where there were eight
		s.Trial.Cycles = seconds(1)
		s.Duration -= 7 * scenarios.Span((16384+64)*time.Millisecond)
	}},
}

var replicaSettings = []setting{
	{"map-storm", "keys=77", func(s *scenarios.Scenario) { s.Replicas.Keys = 77 }},
	{"map-storm", "writes=0", func(s *scenarios.Scenario) { s.Replicas.Writes = 0 }},
	{"map-storm", "removals=2.5%", func(s *scenarios.Scenario) { s.Replicas.RemovalsPPM = 25_000 }},
	{"map-storm", "mode=push-pull", func(s *scenarios.Scenario) {
		s.Replicas.Mode = scenarios.PushPull
	}},
	{"map-storm", "period=500ms", func(s *scenarios.Scenario) { s.Replicas.Period = seconds(1) / 2 }},
	{"map-storm", "jitter=1s", func(s *scenarios.Scenario) { s.Replicas.Jitter = seconds(1) }},
	{"map-storm", "timer=sync", func(s *scenarios.Scenario) {
		s.Replicas.Timer = scenarios.Aligned
	}},
	{"map-storm", "limit=9", func(s *scenarios.Scenario) { s.Replicas.Limit = 9 }},
	{"map-storm", "collect=off", func(s *scenarios.Scenario) { s.Replicas.Collect = false }},
}

var capSettings = []setting{
	{"cap-available", "replication=raft", func(s *scenarios.Scenario) {
		s.Cap.Replication = scenarios.ByRaft
	}},
	{"cap-available", "clients=3", func(s *scenarios.Scenario) { s.Cap.Clients = 3 }},
	{"cap-available", "registers=4", func(s *scenarios.Scenario) { s.Cap.Keys = 4 }},
	{"cap-available", "seats=5", func(s *scenarios.Scenario) { s.Cap.Seats = 5 }},
	{"cap-available", "think=1s", func(s *scenarios.Scenario) { s.Cap.Think = seconds(1) }},
	{"cap-available", "timeout=3s", func(s *scenarios.Scenario) { s.Cap.Timeout = seconds(3) }},
	{"cap-available", "buys=2.5%", func(s *scenarios.Scenario) { s.Cap.BuyPPM = 25_000 }},
	{"cap-available", "own=on", func(s *scenarios.Scenario) { s.Cap.Own = true }},
}

func TestEachSettingSetsItsField(t *testing.T) {
	keys, means := scenarios.Settings()
	require.Len(t, means, len(keys))
	require.NotContains(t, means, "")
	var tried []string
	for _, set := range slices.Concat(clusterSettings, linkSettings, groupSettings, trialSettings,
		replicaSettings, capSettings) {
		key, _, _ := strings.Cut(set.assignment, "=")
		tried = append(tried, key)
		got, _ := scenarios.Find(set.scenario)
		require.NoError(t, got.Set(set.assignment))
		require.NoError(t, got.Validate())
		want, _ := scenarios.Find(set.scenario)
		set.change(&want)
		want.Faults, got.Faults = nil, nil // see TestFaultsMoveWithTheDuration
		require.Equal(t, want, got, set.assignment)
	}
	require.ElementsMatch(t, keys, tried)
}

// One name serves SWIM's rounds of gossip and the map's.
func TestFanoutIsOfBothKindsOfGossip(t *testing.T) {
	s, _ := scenarios.Find("map-storm")
	untouched := *s.Replicas
	copied := s
	require.NoError(t, s.Set("fanout=3"))
	require.Equal(t, 3, s.Replicas.Fanout)
	require.Equal(t, untouched, *copied.Replicas)
	require.EqualError(t, s.Set("fanout=0"),
		`-set fanout=0: "0", expected a whole number from 1 to 255`)
}

// Scenarios are values: what is set in a copy does not show in the original.
func TestASettingChangesNoCopy(t *testing.T) {
	for _, set := range slices.Concat(clusterSettings, linkSettings, groupSettings, trialSettings,
		replicaSettings, capSettings, []setting{
			{scenario: "swim-crash", assignment: "servers=5-9"}, {scenario: "talk", assignment: "loss=1%-2%"},
		}) {
		original, _ := scenarios.Find(set.scenario)
		changed := original
		require.NoError(t, changed.Set(set.assignment))
		untouched, _ := scenarios.Find(set.scenario)
		require.Equal(t, untouched, original, set.assignment)
	}
}

// What comes after the last fault or update follows the preset, there and back, unless the duration
// is set, before or afterwards.
func TestTheDurationFollowsThePreset(t *testing.T) {
	for name, rest := range map[string]scenarios.Span{
		"swim-update": seconds(180), "swim-partition": seconds(360), "swim-loss": seconds(600),
	} {
		s, _ := scenarios.Find(name)
		original := s.Duration
		require.NoError(t, s.Set("preset=wan"))
		require.Equal(t, original+7*rest, s.Duration, name)
		require.NoError(t, s.Set("preset=local"))
		require.Equal(t, original+rest, s.Duration, name)
		require.NoError(t, s.Set("preset=lan"))
		require.Equal(t, original, s.Duration, name)
		require.NoError(t, s.Set("preset=wan"))
		require.NoError(t, s.Set("duration=75s"))
		require.Equal(t, seconds(75), s.Duration, name)
		require.NoError(t, s.Set("preset=lan"))
		require.Equal(t, seconds(75), s.Duration, name)
	}
	s, _ := scenarios.Find("talk")
	original := s.Duration
	require.Error(t, s.Set("preset=wan"))
	require.Equal(t, original, s.Duration)
}

func TestASettingThatDoesNotApplyIsRefused(t *testing.T) {
	for _, c := range [][3]string{
		{"swim-crash", "origins=5", "the scenario swim-crash has no origins, it is SWIM alone"},
		{"swim-crash", "merge=literal", "the scenario swim-crash has no origins, it is SWIM alone"},
		{"swim-crash", "crashes=2", "the scenario swim-crash has no storm"},
		{"swim-crash", "cut=10s", "the scenario swim-crash has no trial by halves"},
		{"swim-update", "percent=10", "the scenario swim-update has no trial by crashes"},
		{"talk", "k=3", "the scenario talk is of a whole cluster, not of SWIM alone"},
		{"talk", "fanout=3", "the scenario talk is of a whole cluster, not of SWIM alone"},
		{"talk", "keys=3", "the scenario talk is of a whole cluster, not of the map alone"},
		{"swim-crash", "mode=push", "the scenario swim-crash is of SWIM alone, not of the map alone"},
		{"map-storm", "origins=5", "the scenario map-storm has no origins, it is the map alone"},
		{"map-storm", "flaps=5", "the scenario map-storm has no origins, it is the map alone"},
		{"map-storm", "k=3", "the scenario map-storm is of the map alone, not of SWIM alone"},
		{"map-storm", "percent=3", "the scenario map-storm has no trial by crashes"},
		{"talk", "slow=3", "the scenario talk has no trial by slowness"},
	} {
		s, _ := scenarios.Find(c[0])
		require.EqualError(t, s.Set(c[1]), "-set "+c[1]+": "+c[2])
	}
}

func TestAPercentageMayHaveItsSign(t *testing.T) {
	for _, assignment := range []string{"percent=40", "percent=40%"} {
		s, err := scenarios.Find("swim-mass-crash")
		require.NoError(t, err)
		require.NoError(t, s.Set(assignment))
		require.Equal(t, 40, s.Trial.Percent)
	}
}

func TestBadSettingsSayWhatWasExpected(t *testing.T) {
	const aTime = "expected a time from 10s to 168h0m0s, such as 90s or 10m"
	for assignment, message := range map[string]string{
		"servers":         "-set servers: expected key=value",
		"servers=0":       `-set servers=0: "0", expected a whole number from 1 to 10000`,
		"servers=ten":     `-set servers=ten: "ten", expected a whole number from 1 to 10000`,
		"servers=":        `-set servers=: "", expected a whole number from 1 to 10000`,
		"origins=1000001": `-set origins=1000001: "1000001", expected a whole number from 1 to 1000000`,
		"loss=-5%": `-set loss=-5%: "-5%" is not a share: expected 0 to 1 (0.05), 0% to 100% (5%), ` +
			"or ppm (50000ppm), to a millionth",
		"duration=10":      `-set duration=10: "10", ` + aTime,
		"duration=-1s":     `-set duration=-1s: "-1s", ` + aTime,
		"duration=169h":    `-set duration=169h: "169h", ` + aTime,
		"crashes=-1":       `-set crashes=-1: "-1", expected a whole number from 0 to 1000`,
		"merge=last-write": `-set merge=last-write: "last-write", expected one of [siblings literal]`,
	} {
		s, _ := scenarios.Find("talk")
		require.EqualError(t, s.Set(assignment), message)
	}
	for _, assignment := range []string{
		"loss=2", "loss=often", "loss=5%-often", "loss=5%-1%", "latency=fast", "latency=3ms..1ms",
		"servers=5-", "servers=-5", "servers=9-5", "servers=1-10001",
	} {
		s, _ := scenarios.Find("talk")
		require.ErrorContains(t, s.Set(assignment), "-set "+assignment+": ")
	}
}

func TestBadSettingsOfGroupsAndReplicasSayWhatWasExpected(t *testing.T) {
	for _, c := range [][3]string{
		{"swim-crash", "preset=man", `"man", expected one of [lan wan local swim classic basic]`},
		{"swim-crash", "rules=none", `"none", expected one of [butterfly memberlist]`},
		{"swim-crash", "lifeguard=on", `"on", expected one of [off probe suspicion full]`},
		{"swim-crash", "fallback=yes", `"yes", expected on or off`},
		{"swim-crash", "k=-1", `"-1", expected a whole number from 0 to 255`},
		{"swim-crash", "probe_interval=1", `"1", expected a time from 1ms to 1h0m0s, such as 500ms or 20s`},
		{"map-storm", "mode=pul", `"pul", expected one of [pull push push-pull]`},
		{"map-storm", "timer=aligned", `"aligned", expected one of [periodic sync poisson]`},
		{"map-storm", "collect=yes", `"yes", expected on or off`},
		{"map-storm", "removals=2", `"2" is not a share: expected 0 to 1 (0.05), ` +
			`0% to 100% (5%), or ppm (50000ppm), to a millionth`},
		{"swim-mass-crash", "percent=101%", `"101%", expected a whole number from 1 to 100`},
		{"swim-mass-crash", "percent=101", `"101", expected a whole number from 1 to 100`},
		{"swim-partition", "cut=0s", `"0s", expected a time from 1ms to 168h0m0s, such as 500ms or 20s`},
	} {
		s, _ := scenarios.Find(c[0])
		require.EqualError(t, s.Set(c[1]), "-set "+c[1]+": "+c[2])
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

// "Faults leave out the rest", and one that would strike nobody else is left out altogether.
func TestFaultsSpareServersAndOriginsThatAreNotThere(t *testing.T) {
	crash := scenarios.Fault{Kind: scenarios.Crash, Hosts: hosts(4)}
	s := scenarios.Scenario{Name: "copy", Servers: 9, Origins: 90, Faults: []scenarios.Fault{
		{Kind: scenarios.Partition, For: seconds(1), Hosts: hosts(1, 4, 7)}, crash,
		{Kind: scenarios.OriginDown, For: seconds(1), Origins: []uint32{2, 50}},
		{Kind: scenarios.Register, Hosts: hosts(0), Origins: []uint32{50}},
		{Kind: scenarios.Loss, For: seconds(1)},
	}}
	original := s
	require.NoError(t, s.Set("servers=4-8"))
	require.NoError(t, s.Set("origins=50"))
	require.Equal(t, []scenarios.Fault{
		{Kind: scenarios.Partition, For: seconds(1), Hosts: hosts(1)},
		{Kind: scenarios.OriginDown, For: seconds(1), Origins: []uint32{2}},
		{Kind: scenarios.Loss, For: seconds(1)},
	}, s.Faults)
	require.Len(t, original.Faults, 5)
	require.Equal(t, crash, original.Faults[1])
}

// As large a share of the origins stays unknown at first.
func TestTheUnregisteredOriginsFollowTheNumberOfAll(t *testing.T) {
	s, _ := scenarios.Find("registration")
	require.Equal(t, 2*s.Unregistered, s.Origins)
	require.NoError(t, s.Set("origins=60"))
	require.Equal(t, 30, s.Unregistered)
	require.EqualError(t, s.Set("unregistered=60"),
		`-set unregistered=60: "60", expected a whole number from 0 to 59`)
}

// "-set duration" is the user's word: nothing else may change it then.
func TestOnlyAChosenDurationIsFixed(t *testing.T) {
	s, err := scenarios.Find("swim-update")
	require.NoError(t, err)
	require.True(t, s.Paced())
	require.NoError(t, s.Set("servers=8"))
	require.True(t, s.Paced())
	require.NoError(t, s.Set("duration=5m"))
	require.False(t, s.Paced())
	cluster, err := scenarios.Find("talk")
	require.NoError(t, err)
	require.False(t, cluster.Paced(), "the catalogue's clusters have their time")
}
