package scenarios_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// firstYearList is the list of the talk, in the order of the rates: how many times a year, and how many
// of 1,800 machines in racks of 60 at most each time. Half of the eight maintenances go wrong, and a
// round is one fault for each of 30 racks.
var firstYearList = []struct {
	event         string
	times, faults float64
	most          int
}{
	{"overheating", 0.5, 1, 27 * 60},
	{"PDU failure", 1, 1, 16 * 60},
	{"rack move", 1, 1, 16 * 60},
	{"network rewiring", 1, 30, 60},
	{"rack failure", 20, 1, 60},
	{"wonky rack", 5, 1, 60},
	{"network maintenance", 4, 1, 900},
	{"router failure", 3, 1, 5 * 60},
	{"router reload", 12, 1, 5 * 60},
	{"machine failure", 1000, 1, 1},
}

// "Rates per machine-hour": over 40 years counts are Poisson. Each of the ten, by itself, is within 4
// standard deviations of 40 times the list's, all of them with a confidence of 99.9 %; and up to 5 %
// lower, for the budget leaves out who is struck already. A round has its 30 faults together, so that
// they deviate by 30 times as much, and one that begins late is cut short by a share of a year.
func TestTheFirstYearHasWhatTheListHas(t *testing.T) {
	const years = 40
	s, err := scenarios.Find("first-year")
	require.NoError(t, err)
	rates := s.Rates
	require.Len(t, rates, len(firstYearList))
	for i, l := range firstYearList {
		count := 0.0
		s.Rates = rates[i : i+1]
		for seed := range uint64(years) {
			for _, f := range s.Expand(seed).Faults {
				count++
				require.LessOrEqual(t, len(f.Hosts), l.most, "%s: %s", l.event, &f)
			}
		}
		mean, spread := years*l.times*l.faults, 4*l.faults*math.Sqrt(years*l.times)
		require.Less(t, count, mean+spread, l.event)
		require.Greater(t, count, 0.95*mean-spread, l.event)
	}
}

// Whatever the ten bring together, it is inside the budget.
func TestTheFirstYearIsInsideTheBudget(t *testing.T) {
	s, err := scenarios.Find("first-year")
	require.NoError(t, err)
	for seed := range uint64(3) {
		expanded := s.Expand(seed)
		require.Empty(t, expanded.OverBudget())
		require.Greater(t, len(expanded.Faults), 500)
	}
}

// "50 % packet loss" of 40-80 machines is inside the budget of a group, for one rack at a time.
func TestAWonkyRackIsInsideAGroupsBudget(t *testing.T) {
	s, err := scenarios.Find("first-year")
	require.NoError(t, err)
	wonky := func(at int, hosts ...int) scenarios.Fault {
		f := scenarios.Fault{Kind: scenarios.Loss, At: seconds(at), For: seconds(20), LossPPM: 500_000}
		for _, id := range hosts {
			f.Hosts = append(f.Hosts, node.ID(id))
		}
		return f
	}
	s.Rates = nil
	for want, faults := range map[string][]scenarios.Fault{
		"":                                      {wonky(1, 0, 59), wonky(22, 60, 119)},
		"at 1s a loss takes 50% of the packets": {wonky(1, 59, 60)},
		"at 2s two racks lose more than 10% of their packets at once": {wonky(1, 0), wonky(2, 60)},
	} {
		s.Faults = faults
		require.Equal(t, want, s.OverBudget())
	}
	s.Group, s.Faults = nil, []scenarios.Fault{wonky(1, 0)}
	require.NotEmpty(t, s.OverBudget(), "of a cluster nothing is promised")
}

// A row is so many racks side by side; as there are fewer racks, it has as much fewer of them.
func TestARowAndARoundAreOfWholeRacks(t *testing.T) {
	s := rated(scenarios.Rate{
		Kind: scenarios.Crash, Each: scenarios.EachRow, Every: seconds(3600), To: seconds(360_000),
		Strikes: &scenarios.Range[int]{Least: 4, Most: 4}, Lasts: scenarios.Lengths{Median: seconds(60)},
	}, scenarios.Rate{
		Kind: scenarios.Uplink, Each: scenarios.EachRound, Every: seconds(36_000), To: seconds(360_000),
		Lasts: scenarios.Lengths{Median: seconds(60)},
	})
	s.Racks = 10
	require.NoError(t, s.Validate())
	rounds := 0
	for _, f := range s.Expand(1).Faults {
		if f.Kind == scenarios.Crash && len(f.Hosts) == 400 {
			require.Equal(t, 3, s.RackOf(f.Hosts[399])-s.RackOf(f.Hosts[0]))
			rounds++
		}
	}
	require.Greater(t, rounds, 50, "a hundred on average, and hardly any meets another fault")
	require.NoError(t, s.Set("servers=5"))
	require.Equal(t, 5, s.Racks)
	require.Equal(t, &scenarios.Range[int]{Least: 2, Most: 2}, s.Rates[0].Strikes)
	s.Rates[0].Strikes = nil
	require.EqualError(t, s.Validate(), "rates[0].strikes: expected how many racks")
}
