package scenarios_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
)

func drawLinkStorm(t *rapid.T) scenarios.LinkStorm {
	count := func(kind string) int { return rapid.IntRange(0, 6).Draw(t, kind) }
	return scenarios.LinkStorm{
		Slowdowns: count("slowdowns"), Clogs: count("clogs"), Limits: count("limits"),
		MTUs: count("mtus"), NoDatagrams: count("no datagrams"), NoStreams: count("no streams"),
		Forgeries: count("forgeries"), HalfOpens: count("half opens"), Bridges: count("bridges"),
		LinkFlaps: count("link flaps"), Swizzles: count("swizzles"), RackSplits: count("rack splits"),
	}
}

// ofStorm are the faults of a storm of links from the first minute to the sixth.
func ofStorm(servers, racks int, seed uint64, storm scenarios.LinkStorm) []scenarios.Fault {
	s := stormy(servers, scenarios.Storm{From: seconds(60), To: seconds(360), LinkStorm: storm})
	s.Racks = racks
	return s.Expand(seed).Faults
}

func TestALinkStormBringsWhatItPromises(t *testing.T) {
	faults := ofStorm(10, 5, 1, scenarios.LinkStorm{
		Slowdowns: 1, Clogs: 2, Limits: 3, MTUs: 4, NoDatagrams: 5, NoStreams: 6, Forgeries: 7,
		HalfOpens: 8, Bridges: 9, RackSplits: 10,
	})
	require.Equal(t, map[scenarios.FaultKind]int{
		scenarios.SlowLinks: 1, scenarios.Clog: 2, scenarios.Limit: 3, scenarios.MTU: 4,
		scenarios.NoDatagrams: 5, scenarios.NoStreams: 6, scenarios.Forge: 7,
		scenarios.Partition: 27,
	}, counts(faults))
}

// "Asking for one more of a kind leaves the others as they were": of those that stand for others, too.
func TestMoreOfALinkStormLeavesTheOthersAsTheyWere(t *testing.T) {
	storm := scenarios.LinkStorm{
		Slowdowns: 2, Clogs: 2, Forgeries: 2, HalfOpens: 2, Bridges: 2, LinkFlaps: 2, Swizzles: 2,
		RackSplits: 2,
	}
	before := ofStorm(10, 5, 7, storm)
	for _, more := range []func(*scenarios.LinkStorm){
		func(s *scenarios.LinkStorm) { s.Slowdowns++ }, func(s *scenarios.LinkStorm) { s.Clogs++ },
		func(s *scenarios.LinkStorm) { s.Limits++ }, func(s *scenarios.LinkStorm) { s.MTUs++ },
		func(s *scenarios.LinkStorm) { s.NoDatagrams++ }, func(s *scenarios.LinkStorm) { s.NoStreams++ },
		func(s *scenarios.LinkStorm) { s.Forgeries++ }, func(s *scenarios.LinkStorm) { s.HalfOpens++ },
		func(s *scenarios.LinkStorm) { s.Bridges++ }, func(s *scenarios.LinkStorm) { s.LinkFlaps++ },
		func(s *scenarios.LinkStorm) { s.Swizzles++ }, func(s *scenarios.LinkStorm) { s.RackSplits++ },
	} {
		larger := storm
		more(&larger)
		after := ofStorm(10, 5, 7, larger)
		require.Greater(t, len(after), len(before))
		require.Subset(t, after, before)
	}
}

// "HalfOpens are servers that only hear, or only speak": each for about half of the draws, and of 100
// as good as never none.
func TestAHalfOpenServerHearsOrSpeaks(t *testing.T) {
	deaf, mute := 0, 0
	for _, f := range ofStorm(6, 0, 1, scenarios.LinkStorm{HalfOpens: 100}) {
		require.True(t, f.OneWay)
		require.Len(t, slices.Concat(f.Hosts, f.Others), 1)
		mute, deaf = mute+len(f.Hosts), deaf+len(f.Others)
	}
	require.InDelta(t, 50, mute, 25) // five standard deviations
	require.Equal(t, 100, mute+deaf)
}

// "Bridges part some servers from some others, and neither from the rest": there is a rest.
func TestABridgeLeavesAWayRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers := rapid.IntRange(1, 12).Draw(t, "servers")
		faults := ofStorm(servers, 0, rapid.Uint64().Draw(t, "seed"), scenarios.LinkStorm{Bridges: 3})
		require.Equal(t, servers >= 3, len(faults) > 0)
		for _, f := range faults {
			require.NotEmpty(t, f.Hosts)
			require.NotEmpty(t, f.Others)
			ends := slices.Concat(f.Hosts, f.Others)
			slices.Sort(ends)
			require.Less(t, len(slices.Compact(ends)), servers)
			require.Len(t, slices.Compact(ends), len(f.Hosts)+len(f.Others), "nobody is at both ends")
		}
	})
}

// A link that flaps is down between the same two servers, never twice at once, and up in between.
func TestALinkFlapIsManyCutsOfOneLink(t *testing.T) {
	for seed := range uint64(50) {
		faults := ofStorm(5, 0, seed, scenarios.LinkStorm{LinkFlaps: 1})
		require.Greater(t, len(faults), 1, "20 s are longer than any one cut")
		for i, f := range faults {
			require.Equal(t, scenarios.Partition, f.Kind)
			require.Len(t, f.Hosts, 1)
			require.NotEqual(t, f.Hosts, f.Others)
			require.Equal(t, faults[0].Hosts, f.Hosts)
			require.Equal(t, faults[0].Others, f.Others)
			if i > 0 {
				require.GreaterOrEqual(t, f.At-faults[i-1].End(), seconds(1)/2)
			}
		}
	}
}

// "Clog a random subset of hosts one by one, then unclog in another order": all are clogged at some
// time, and of 100 swizzles of several servers nearly all are freed in another order.
func TestASwizzleClogsOneByOneAndFreesInAnotherOrder(t *testing.T) {
	another := 0
	for seed := range uint64(100) {
		faults := ofStorm(12, 0, seed, scenarios.LinkStorm{Swizzles: 1})
		require.Equal(t, map[scenarios.FaultKind]int{scenarios.Clog: len(faults)}, counts(faults))
		require.Greater(t, len(faults), 1)
		last, first := faults[0].At, faults[0].End()
		named := map[node.ID]bool{}
		for _, f := range faults {
			require.Len(t, f.Hosts, 1)
			named[f.Hosts[0]] = true
			last, first = max(last, f.At), min(first, f.End())
		}
		require.Len(t, named, len(faults))
		require.Less(t, last, first, "the last is clogged before the first is freed")
		if !slices.IsSortedFunc(faults, func(a, b scenarios.Fault) int { return int(a.End() - b.End()) }) {
			another++
		}
	}
	require.Greater(t, another, 80)
}

// "RackSplits cut off one rack, or several; nothing where there are no racks."
func TestARackSplitCutsOffWholeRacks(t *testing.T) {
	s := stormy(11, scenarios.Storm{To: seconds(100)})
	s.Racks = 4
	for _, f := range ofStorm(11, 4, 1, scenarios.LinkStorm{RackSplits: 100}) {
		racks := map[int]bool{}
		for _, id := range f.Hosts {
			racks[s.RackOf(id)] = true
		}
		require.LessOrEqual(t, len(racks), 2)
		for id := range node.ID(11) {
			require.Equal(t, racks[s.RackOf(id)], slices.Contains(f.Hosts, id))
		}
	}
	require.Empty(t, ofStorm(11, 0, 1, scenarios.LinkStorm{RackSplits: 3}))
}

// "Racks are filled one after the other, and differ in size by one at most."
func TestRacksAreOfOneSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := stormy(rapid.IntRange(1, 200).Draw(t, "servers"), scenarios.Storm{To: seconds(10)})
		s.Racks = rapid.IntRange(0, s.Servers).Draw(t, "racks")
		require.NoError(t, s.Validate())
		sizes := make([]int, max(1, s.Racks))
		for id := range node.ID(s.Servers) {
			require.LessOrEqual(t, s.RackOf(max(id, 1)-1), s.RackOf(id))
			sizes[s.RackOf(id)]++
		}
		require.LessOrEqual(t, slices.Max(sizes)-slices.Min(sizes), 1)
		s.Racks = s.Servers + 1
		require.ErrorContains(t, s.Validate(), "racks: ")
	})
}

func TestALinkStormOfTooManyFaultsIsRefused(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(10), LinkStorm: scenarios.LinkStorm{Swizzles: 157}})
	require.EqualError(t, s.Validate(), "storm: up to 10048 faults, expected at most 10000")
	s.Storm.Swizzles, s.Storm.Clogs = 0, -1
	require.EqualError(t, s.Validate(), "storm: -1 faults of a kind, expected 0 to 1000")
}

// The longest delay a storm makes is over soon after it.
func TestAStormOfSlowLinksIsSoonOver(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(60), LinkStorm: scenarios.LinkStorm{Slowdowns: 100}})
	expanded := s.Expand(1)
	require.LessOrEqual(t, expanded.Healed().Duration(), 62*time.Second)
}
