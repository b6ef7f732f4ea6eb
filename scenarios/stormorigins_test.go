package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// "It is several outages that make a flap": one origin, never down twice at once, up again in between,
// for spans that are often too short to be noticed and often not. Three failures a second apart take an
// origin out of service, two successes bring it back.
func TestAFlapIsManyOutagesOfOneOrigin(t *testing.T) {
	const unnoticedDown, unnoticedUp = 3 * time.Second, 2 * time.Second
	var downs, shortDowns, ups, shortUps int
	for seed := range uint64(200) {
		faults := stormy(5, scenarios.Storm{From: seconds(60), To: seconds(300), Flaps: 1}).
			Expand(seed).Faults
		require.Greater(t, len(faults), 1, "20 s are longer than any one outage")
		for i := range faults {
			f := &faults[i]
			require.Equal(t, scenarios.OriginDown, f.Kind)
			require.Equal(t, faults[0].Origins, f.Origins)
			downs++
			if f.For.Duration() < unnoticedDown {
				shortDowns++
			}
			if i == 0 {
				continue
			}
			up := f.At - faults[i-1].End()
			require.GreaterOrEqual(t, up.Duration(), 500*time.Millisecond)
			ups++
			if up.Duration() < unnoticedUp {
				shortUps++
			}
		}
	}
	// Of 500 ms to 6 s the shorter ones are 45 %, of 500 ms to 4 s 43 %; of some 2,000 draws a
	// standard deviation is 1.1 %, and the bounds are beyond five.
	require.InDelta(t, 0.45, float64(shortDowns)/float64(downs), 0.06)
	require.InDelta(t, 0.43, float64(shortUps)/float64(ups), 0.06)
}

// "Each kind draws from a stream of its own, so that asking for one more of a kind leaves the others as
// they were": of flaps as well.
func TestMoreFlapsLeaveTheOthersAsTheyWere(t *testing.T) {
	storm := scenarios.Storm{To: seconds(600), Flaps: 3, Outages: 3, Crashes: 3}
	before := stormy(10, storm).Expand(3).Faults
	storm.Flaps++
	after := stormy(10, storm).Expand(3).Faults
	require.Greater(t, len(after), len(before))
	require.Subset(t, after, before)
}

// "Registrations and unregistrations are orders to one server, about some of the origins of one pool."
func TestAnOrderIsAboutOriginsOfOnePool(t *testing.T) {
	storm := scenarios.Storm{To: seconds(600), Registrations: 200, Unregistrations: 200}
	s := stormy(7, storm)
	s.Origins, s.Unregistered = 100, 50 // five pools of twenty
	variants, known, unknown := map[scenarios.Variant]int{}, 0, 0
	for _, f := range s.Expand(1).Faults {
		require.Len(t, f.Hosts, 1)
		require.Zero(t, f.For)
		for _, origin := range f.Origins {
			require.Equal(t, s.Pool(f.Origins[0]), s.Pool(origin))
			if origin < uint32(s.Configured()) {
				known++
			} else {
				unknown++
			}
		}
		if f.Kind == scenarios.Register {
			variant := scenarios.Variant(int(f.Definition) / s.Pools())
			variants[variant]++
			require.Equal(t, s.Definition(f.Origins[0], variant), f.Definition)
		} else {
			require.Zero(t, f.Definition)
		}
	}
	require.Len(t, variants, scenarios.Variants, "each of five is 200 draws' with near certainty")
	require.InDelta(t, 0.5, float64(known)/float64(known+unknown), 0.1, "some 4,200 origins")
}

// Where there are no origins nothing happens to any.
func TestAStormOverReplicasTouchesNoOrigins(t *testing.T) {
	s, err := scenarios.Find("map-storm")
	require.NoError(t, err)
	want := s.Expand(1).Faults
	s.Storm.Flaps, s.Storm.Registrations, s.Storm.Unregistrations = 3, 3, 3
	require.Equal(t, want, s.Expand(1).Faults)
}
