package scenarios_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// rated is a week of 1,000 servers and 50 origins with nothing but the given rates.
func rated(rates ...scenarios.Rate) scenarios.Scenario {
	s := stormy(1000, scenarios.Storm{})
	s.Storm, s.Rates, s.Duration = nil, rates, scenarios.Span(scenarios.MaxDuration)
	return s
}

// Crashes each 8 h of a server are 1000/8 an hour: the number in 20 h is Poisson with a mean of 2,500,
// and the time between two of them exponential with a mean of 28.8 s. Both to within 3.3 standard
// deviations (99.9 % confidence), of one run and of 2,400 gaps.
func TestFaultsComeAsOftenAsTheRateSays(t *testing.T) {
	s := rated(scenarios.Rate{
		Kind: scenarios.Crash, Every: seconds(8 * 3600), Each: scenarios.EachServer,
		From: seconds(3600), To: seconds(21 * 3600),
		Lasts: scenarios.Lengths{Shortest: seconds(5), Longest: seconds(5)},
	})
	require.NoError(t, s.Validate())
	faults := s.Expand(1).Faults
	require.InDelta(t, 2500, len(faults), 3.3*math.Sqrt(2500))
	var squares, gaps float64
	struck := map[node.ID]int{}
	for i := 1; i < len(faults); i++ {
		gap := (faults[i].At - faults[i-1].At).Duration().Seconds()
		gaps, squares = gaps+gap, squares+gap*gap
		struck[faults[i].Hosts[0]]++
	}
	n := float64(len(faults) - 1)
	require.InDelta(t, 28.8, gaps/n, 3.3*28.8/math.Sqrt(n))
	// The square of an exponential time has a mean of 2 mean^2, and a deviation of sqrt(20) mean^2.
	require.InDelta(t, 2*28.8*28.8, squares/n, 3.3*math.Sqrt(20/n)*28.8*28.8)
	require.Greater(t, len(struck), 880, "of 1000 servers, e^-2.5 or 82 are spared on average")
}

// drawRate draws a rate of any kind that makes sense in a run of 600 s.
func drawRate(t *rapid.T) scenarios.Rate {
	from := rapid.IntRange(0, 500).Draw(t, "from")
	r := scenarios.Rate{
		Kind:  rapid.SampledFrom(scenarios.StormKinds()).Draw(t, "kind"),
		Every: seconds(rapid.IntRange(1, 100).Draw(t, "every")),
		From:  seconds(from), To: seconds(from + rapid.IntRange(10, 100).Draw(t, "length")),
	}
	if rapid.Bool().Draw(t, "log-normal") && r.Kind != scenarios.Register &&
		r.Kind != scenarios.Unregister {
		r.Lasts = scenarios.Lengths{Median: seconds(rapid.IntRange(1, 90).Draw(t, "median")), SigmaMilli: 1400}
	}
	return r
}

// "Inside the budget", whatever the rates, the listed faults and the size: and in time.
func TestRatesStayInsideTheirTimesAndTheBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := stormy(rapid.IntRange(3, 20).Draw(t, "servers"), scenarios.Storm{})
		s.Storm, s.Rates = nil, rapid.SliceOfN(rapid.Custom(drawRate), 1, 4).Draw(t, "rates")
		require.NoError(t, s.Validate())
		expanded := s.Expand(rapid.Uint64().Draw(t, "seed"))
		require.NoError(t, expanded.Validate())
		require.True(t, expanded.Expanded())
		require.Equal(t, expanded, expanded.Expand(0))
		require.Empty(t, expanded.OverBudget())
		for i := range expanded.Faults {
			f := &expanded.Faults[i]
			require.True(t, slices.ContainsFunc(s.Rates, func(r scenarios.Rate) bool {
				return r.Kind == f.Kind && r.From <= f.At && f.End() <= r.To
			}), "%s", f)
		}
	})
}

// "Changing one rate leaves the others as they were", those of its kind, too.
func TestEachRateHasALuckOfItsOwn(t *testing.T) {
	crashes := scenarios.Rate{Kind: scenarios.Crash, Every: seconds(600), To: seconds(86_400)}
	more := crashes
	more.Every = seconds(500)
	losses := scenarios.Rate{Kind: scenarios.Loss, Every: seconds(900), To: seconds(86_400)}
	before := rated(crashes, losses)
	after := rated(crashes, more, losses)
	require.Subset(t, after.Expand(3).Faults, before.Expand(3).Faults)
	require.NotEqual(t, before.Expand(3).Faults, before.Expand(4).Faults)
}

// How long faults last has no influence on when they come, and whom they strike.
func TestLengthsDoNotShiftTheLuck(t *testing.T) {
	rate := scenarios.Rate{Kind: scenarios.Pause, Every: seconds(600), To: seconds(86_400)}
	short, long := rated(rate), rated(rate)
	short.Rates[0].Lasts = scenarios.Lengths{Shortest: seconds(1), Longest: seconds(1)}
	long.Rates[0].Lasts = scenarios.Lengths{Median: seconds(9), SigmaMilli: 500}
	a, b := short.Expand(1).Faults, long.Expand(1).Faults
	require.Len(t, b, len(a))
	for i := range a {
		a[i].For, b[i].For = 0, 0
		require.Equal(t, a[i], b[i])
	}
}

// "One that would strike servers which are gone already strikes the others only": of a thousand, 600
// vanish while some are down, and come back with them.
func TestWhatIsDownIsNotStruckAgain(t *testing.T) {
	s := rated(
		scenarios.Rate{Kind: scenarios.Crash, Every: seconds(3000), Each: scenarios.EachServer,
			To: seconds(2000), Lasts: scenarios.Lengths{Shortest: seconds(60), Longest: seconds(600)}},
		scenarios.Rate{Kind: scenarios.Uplink, Every: seconds(900), To: seconds(2000),
			Strikes: &scenarios.Range[int]{Least: 400, Most: 600}},
	)
	require.NoError(t, s.Validate())
	smaller := 0
	for seed := range uint64(20) {
		expanded := s.Expand(seed)
		require.Empty(t, expanded.OverBudget())
		for i := range expanded.Faults {
			if f := &expanded.Faults[i]; f.Kind == scenarios.Uplink {
				require.LessOrEqual(t, len(f.Hosts), 600)
				require.True(t, slices.IsSorted(f.Hosts))
				if len(f.Hosts) < 400 {
					smaller++
				}
			}
		}
	}
	require.Positive(t, smaller)
}

// Whom a rate counts for is whom it strikes.
func TestEachScopeStrikesItsOwn(t *testing.T) {
	hour := seconds(3600)
	s := rated(
		scenarios.Rate{Kind: scenarios.Partition, Every: 100 * hour, Each: scenarios.EachServer, To: hour},
		scenarios.Rate{Kind: scenarios.OriginDown, Every: 5 * hour, Each: scenarios.EachOrigin, To: hour},
	)
	got := counts(s.Expand(1).Faults)
	require.Greater(t, got[scenarios.Partition], 1)
	require.Greater(t, got[scenarios.OriginDown], 1)
	for _, f := range s.Expand(1).Faults {
		require.Equal(t, 1, len(f.Hosts)+len(f.Origins), "%s", &f)
	}
}

// "40-80 machines vanish at once": a rate of racks strikes all servers of one, and nobody else.
func TestARateOfRacksStrikesWholeRacks(t *testing.T) {
	s := rated(scenarios.Rate{
		Kind: scenarios.Crash, Every: seconds(3600), Each: scenarios.EachRack, To: seconds(3600),
	})
	s.Racks = 20
	require.NoError(t, s.Validate())
	faults := s.Expand(1).Faults
	require.Greater(t, len(faults), 5)
	for _, f := range faults {
		require.Len(t, f.Hosts, s.Servers/s.Racks)
		for _, id := range f.Hosts {
			require.Equal(t, s.RackOf(f.Hosts[0]), s.RackOf(id))
		}
	}
}

func TestInvalidRatesSayWhatIsWrong(t *testing.T) {
	valid := scenarios.Rate{Kind: scenarios.Crash, Every: seconds(600), To: seconds(600)}
	for want, change := range map[string]func(*scenarios.Rate){
		`kind: "fire", expected one of [`:                                       func(r *scenarios.Rate) { r.Kind = "fire" },
		"every: 0s, expected 1ms to 43800h0m0s":                                 func(r *scenarios.Rate) { r.Every = 0 },
		"every: 43801h0m0s, expected":                                           func(r *scenarios.Rate) { r.Every = seconds(43801 * 3600) },
		`each: "shelf", expected one of [cluster server rack row round origin]`: func(r *scenarios.Rate) { r.Each = "shelf" },
		"each: crash strikes no single origin":                                  func(r *scenarios.Rate) { r.Each = scenarios.EachOrigin },
		"each: register strikes no single origin": func(r *scenarios.Rate) {
			r.Kind, r.Each = scenarios.Register, scenarios.EachOrigin
		},
		"to: from 0s to 169h0m0s, expected at least 1s within": func(r *scenarios.Rate) { r.To = seconds(169 * 3600) },
		"to: from 10m0s to 10m0s, expected":                    func(r *scenarios.Rate) { r.From = r.To },
		"lasts: 1s..1m, expected at least 5s for crash inside the fault budget; budget: off goes beyond": func(r *scenarios.Rate) {
			r.Lasts = scenarios.Lengths{Shortest: seconds(1), Longest: seconds(60)}
		},
		"lasts: expected none for register": func(r *scenarios.Rate) {
			r.Kind, r.Lasts = scenarios.Register, scenarios.Lengths{Median: 1}
		},
		"strikes: 0 to 5, expected 1 to 1000": func(r *scenarios.Rate) {
			r.Strikes = &scenarios.Range[int]{Most: 5}
		},
		"strikes: 5 to 1001, expected 1 to 1000": func(r *scenarios.Rate) {
			r.Strikes = &scenarios.Range[int]{Least: 5, Most: 1001}
		},
		"strikes: expected none for each server": func(r *scenarios.Rate) {
			r.Each, r.Strikes = scenarios.EachServer, &scenarios.Range[int]{Least: 1, Most: 1}
		},
		"strikes: expected none for loss": func(r *scenarios.Rate) {
			r.Kind, r.Strikes = scenarios.Loss, &scenarios.Range[int]{Least: 1, Most: 1}
		},
		"loss_ppm: expected none for crash": func(r *scenarios.Rate) { r.LossPPM = 1 },
		"loss_ppm: 11%, expected at most 10% inside the fault budget; budget: off goes beyond": func(r *scenarios.Rate) {
			r.Kind, r.LossPPM = scenarios.Loss, rng.Percent(11)
		},
		"every: 100ms makes 6000 faults of all rates, on average, expected at most 5000": func(r *scenarios.Rate) {
			r.Every = scenarios.Span(100 * time.Millisecond)
		},
	} {
		s := rated(valid)
		require.NoError(t, s.Validate())
		change(&s.Rates[0])
		require.ErrorContains(t, s.Validate(), "rates[0]."+want)
	}
	s := rated(slices.Repeat([]scenarios.Rate{valid}, 101)...)
	require.EqualError(t, s.Validate(), "rates: 101, expected at most 100")
	replicas, err := scenarios.Find("map-storm")
	require.NoError(t, err)
	require.NoError(t, replicas.Set("rate=origin-down:1m"))
	require.EqualError(t, replicas.Validate(), "rates[0].kind: origin-down, but there are no origins")
}

// As many as a run may have, and no more, come of rates beside listed faults.
func TestRatesLeaveNoRunWithTooManyFaults(t *testing.T) {
	s := rated(scenarios.Rate{Kind: scenarios.Loss, Every: seconds(1), To: seconds(4000)})
	loss := scenarios.Fault{Kind: scenarios.Loss, For: seconds(1), LossPPM: 1}
	s.Faults = slices.Repeat([]scenarios.Fault{loss}, scenarios.MaxFaults-10)
	expanded := s.Expand(1)
	require.Len(t, expanded.Faults, scenarios.MaxFaults)
	require.NoError(t, expanded.Validate())
}
