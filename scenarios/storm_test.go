package scenarios_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// stormy returns a small scenario that consists of a storm.
func stormy(servers int, storm scenarios.Storm) scenarios.Scenario {
	s, err := scenarios.Find(scenarios.Default)
	if err != nil {
		panic(err)
	}
	s.Servers, s.Origins, s.Storm, s.Faults = servers, 50, &storm, nil
	return s
}

func drawStorm(t *rapid.T) scenarios.Storm {
	count := func(kind string) int { return rapid.IntRange(0, 12).Draw(t, kind) }
	from := rapid.IntRange(0, 500).Draw(t, "from")
	return scenarios.Storm{
		From: seconds(from), To: seconds(from + rapid.IntRange(1, 100).Draw(t, "length")),
		Crashes: count("crashes"), Pauses: count("pauses"), Blocks: count("blocks"),
		Leaves:     count("leaves"),
		Partitions: count("partitions"), Losses: count("losses"), Outages: count("outages"),
		Bursts: count("bursts"), Duplications: count("duplications"),
		Reorderings: count("reorderings"), Corruptions: count("corruptions"),
		Uplinks: count("uplinks"), Flaps: count("flaps"), LinkStorm: drawLinkStorm(t),
		Registrations: count("registrations"), Unregistrations: count("unregistrations"),
		LossPPM:       rng.PPM(rapid.IntRange(0, int(rng.Always)).Draw(t, "loss")),
		OutageOrigins: rapid.IntRange(0, 60).Draw(t, "origins"),
	}
}

// counts is how many faults of each kind there are.
func counts(faults []scenarios.Fault) map[scenarios.FaultKind]int {
	counts := map[scenarios.FaultKind]int{}
	for i := range faults {
		counts[faults[i].Kind]++
	}
	return counts
}

// "Faults have minimum lengths, at least two servers stay up at all times": whatever the seed, the
// storm and the size of the cluster.
func TestAStormStaysInsideItsTimesAndItsBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers := rapid.IntRange(1, 20).Draw(t, "servers")
		storm := drawStorm(t)
		expanded := stormy(servers, storm).Expand(rapid.Uint64().Draw(t, "seed"))
		require.NoError(t, expanded.Validate())
		for i := range expanded.Faults {
			f := &expanded.Faults[i]
			require.GreaterOrEqual(t, f.At, storm.From)
			require.LessOrEqual(t, f.End(), storm.To)
			flaps := f.Kind == scenarios.OriginDown || f.Kind == scenarios.Clog ||
				f.Kind == scenarios.Partition && len(f.Others) == 1
			if !flaps && !f.Operates() { // for those see their own tests
				require.GreaterOrEqual(t, f.For, min(seconds(1), (storm.To-storm.From)/2), "%s", f)
			}
			checkBudget(t, expanded.Faults, f.At, servers)
		}
	})
}

// checkBudget counts the servers that are out at an instant, and that none is struck twice.
func checkBudget(t *rapid.T, faults []scenarios.Fault, at scenarios.Span, servers int) {
	var out []node.ID
	for i := range faults {
		f := &faults[i]
		strikes := slices.Contains([]scenarios.FaultKind{
			scenarios.Crash, scenarios.Pause, scenarios.Block, scenarios.Leave, scenarios.Uplink,
		}, f.Kind)
		if strikes && f.At <= at && at <= f.End() {
			for _, id := range f.Hosts {
				require.NotContains(t, out, id, "struck twice at %v", at)
			}
			out = append(out, f.Hosts...)
		}
	}
	if len(out) > 0 {
		require.GreaterOrEqual(t, servers-len(out), 2, "servers up at %v", at)
	}
}

func TestAStormBringsWhatItPromises(t *testing.T) {
	storm := scenarios.Storm{
		From: seconds(60), To: seconds(600),
		Crashes: 1, Pauses: 2, Leaves: 3, Partitions: 4, Losses: 5, Outages: 6, OutageOrigins: 7,
		Blocks: 8, Registrations: 9, Unregistrations: 10,
		Bursts: 11, Duplications: 12, Reorderings: 13, Corruptions: 14,
	}
	s := stormy(10_000, storm).Expand(1) // so many that no two faults meet
	require.Equal(t, map[scenarios.FaultKind]int{
		scenarios.Crash: 1, scenarios.Pause: 2, scenarios.Leave: 3, scenarios.Partition: 4,
		scenarios.Loss: 5, scenarios.OriginDown: 6, scenarios.Block: 8,
		scenarios.Register: 9, scenarios.Unregister: 10,
		scenarios.BurstLoss: 11, scenarios.Duplicate: 12, scenarios.Reorder: 13, scenarios.Corrupt: 14,
	}, counts(s.Faults))
	for i := range s.Faults {
		f := &s.Faults[i]
		if f.Kind == scenarios.OriginDown {
			require.Len(t, f.Origins, 7)
		}
		if f.Kind == scenarios.Partition {
			require.LessOrEqual(t, len(f.Hosts), 5_000)
			require.True(t, slices.IsSorted(f.Hosts))
		}
	}
	require.True(t, slices.IsSortedFunc(s.Faults, func(a, b scenarios.Fault) int {
		return cmp.Compare(a.At, b.At)
	}))
}

// The meaning of zero in LossPPM and OutageOrigins.
func TestAStormsZeroesHaveAMeaning(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(600), Losses: 100, Outages: 1}).Expand(1)
	most := rng.PPM(0)
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Kind == scenarios.Loss {
			most = max(most, f.LossPPM)
		} else {
			require.Len(t, f.Origins, 1)
		}
	}
	require.LessOrEqual(t, most, rng.Percent(10))
	require.Greater(t, most, rng.Percent(9), "the most of 100 draws")
}

func TestAStormIsAFunctionOfItsSeed(t *testing.T) {
	s := stormy(8, scenarios.Storm{To: seconds(300), Crashes: 4, Losses: 2})
	require.Equal(t, s.Expand(1), s.Expand(1))
	require.NotEqual(t, s.Expand(1).Faults, s.Expand(2).Faults)
}

// "An expanded scenario expands to itself", and expanding leaves the original alone.
func TestExpandingTwiceIsExpandingOnce(t *testing.T) {
	s := stormy(8, scenarios.Storm{To: seconds(300), Crashes: 4, Losses: 2})
	s.Faults = []scenarios.Fault{{Kind: scenarios.Crash, At: seconds(599), Hosts: hosts(0)}}
	once := s.Expand(1)
	require.Equal(t, once, once.Expand(2))
	require.Len(t, s.Faults, 1)
	require.NotNil(t, s.Storm)
	require.Contains(t, once.Faults, s.Faults[0])
}

// "Asking for one more of a kind leaves the others as they were." Here the cluster is so large that
// there is room for all.
func TestMoreFaultsOfAKindLeaveTheOthersAsTheyWere(t *testing.T) {
	storm := scenarios.Storm{
		To: seconds(600), Crashes: 3, Pauses: 3, Blocks: 3, Leaves: 3, Partitions: 3, Losses: 3,
		Outages: 3, Registrations: 3, Unregistrations: 3,
		Bursts: 3, Duplications: 3, Reorderings: 3, Corruptions: 3,
	}
	before := stormy(10_000, storm).Expand(7)
	for kind, more := range map[scenarios.FaultKind]func(*scenarios.Storm){
		scenarios.Crash:      func(s *scenarios.Storm) { s.Crashes++ },
		scenarios.Pause:      func(s *scenarios.Storm) { s.Pauses++ },
		scenarios.Block:      func(s *scenarios.Storm) { s.Blocks++ },
		scenarios.Leave:      func(s *scenarios.Storm) { s.Leaves++ },
		scenarios.Partition:  func(s *scenarios.Storm) { s.Partitions++ },
		scenarios.Loss:       func(s *scenarios.Storm) { s.Losses++ },
		scenarios.OriginDown: func(s *scenarios.Storm) { s.Outages++ },
		scenarios.Register:   func(s *scenarios.Storm) { s.Registrations++ },
		scenarios.Unregister: func(s *scenarios.Storm) { s.Unregistrations++ },
		scenarios.BurstLoss:  func(s *scenarios.Storm) { s.Bursts++ },
		scenarios.Duplicate:  func(s *scenarios.Storm) { s.Duplications++ },
		scenarios.Reorder:    func(s *scenarios.Storm) { s.Reorderings++ },
		scenarios.Corrupt:    func(s *scenarios.Storm) { s.Corruptions++ },
	} {
		larger := storm
		more(&larger)
		after := stormy(10_000, larger).Expand(7)
		require.Len(t, after.Faults, len(before.Faults)+1)
		require.Subset(t, after.Faults, before.Faults, kind)
		require.Equal(t, 4, counts(after.Faults)[kind])
	}
}

// "An uplink strikes up to a quarter of them", and one at least.
func TestUplinksAreUpToAQuarterOfTheServers(t *testing.T) {
	most := 0
	for seed := range uint64(100) {
		faults := stormy(12, scenarios.Storm{To: seconds(600), Uplinks: 1}).Expand(seed).Faults
		require.Len(t, faults, 1)
		require.True(t, slices.IsSorted(faults[0].Hosts))
		most = max(most, len(faults[0].Hosts))
	}
	require.Equal(t, 3, most, "each of one to three has a third of the draws")
	faults := stormy(3, scenarios.Storm{To: seconds(600), Uplinks: 1}).Expand(1).Faults
	require.Len(t, faults[0].Hosts, 1)
}

// In a small cluster "only a fault for which the budget then has no room is left out", in one
// direction: crashes come first, then pauses, leaves, blocks and uplinks; the others are always there.
func TestMoreCrashesCanOnlyPushOutWhatStrikesServers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers, seed := rapid.IntRange(2, 8).Draw(t, "servers"), rapid.Uint64().Draw(t, "seed")
		storm := drawStorm(t)
		larger := storm
		larger.Crashes++
		before, after := stormy(servers, storm).Expand(seed), stormy(servers, larger).Expand(seed)
		for i := range before.Faults {
			switch before.Faults[i].Kind {
			case scenarios.Pause, scenarios.Block, scenarios.Leave, scenarios.Uplink:
			default:
				require.Contains(t, after.Faults, before.Faults[i])
			}
		}
	})
}

func TestInvalidStormsSayWhatIsWrong(t *testing.T) {
	for message, storm := range map[string]scenarios.Storm{
		"storm: from -1s to 10s, expected at least 1s within the run of 10m0s": {
			From: seconds(-1), To: seconds(10)},
		"storm: from 1s to 10m1s, expected at least 1s within the run of 10m0s": {
			From: seconds(1), To: seconds(601)},
		"storm: from 1s to 1.5s, expected at least 1s within the run of 10m0s": {
			From: seconds(1), To: seconds(1) + scenarios.Span(500*time.Millisecond)},
		"storm: -1 faults of a kind, expected 0 to 1000":   {To: seconds(10), Leaves: -1},
		"storm: 1001 faults of a kind, expected 0 to 1000": {To: seconds(10), Outages: 1001},
		"storm: -2 faults of a kind, expected 0 to 1000":   {To: seconds(10), Flaps: -2},
		"storm: 1002 faults of a kind, expected 0 to 1000": {To: seconds(10), Registrations: 1002},
		"storm: up to 10001 faults, expected at most 10000": {
			To: seconds(10), Flaps: 200, Losses: 1},
		"storm: outage_origins is -1, expected 0 to 10000": {To: seconds(10), OutageOrigins: -1},
		"storm: loss_ppm is 1000001, expected 0 to 1000000": {
			To: seconds(10), LossPPM: rng.Always + 1},
	} {
		s := stormy(5, storm)
		require.EqualError(t, s.Validate(), message)
	}
}
