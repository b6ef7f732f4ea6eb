package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/scenarios"
)

// region is a row of a matrix, in milliseconds.
func region(name string, roundTrips ...int) scenarios.Region {
	r := scenarios.Region{Name: name}
	for _, milliseconds := range roundTrips {
		r.RoundTrips = append(r.RoundTrips, scenarios.Span(milliseconds)*scenarios.Span(time.Millisecond))
	}
	return r
}

// "In the region i of Regions, which begin anew at their end"; "messages take half as much longer".
func TestServersStandInRegionsInTurn(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(10)})
	s.Regions = []scenarios.Region{region("east", 2), region("west", 60, 4)}
	require.NoError(t, s.Validate())
	require.Equal(t, 30*time.Millisecond, s.Where().OneWay(0, 3))
	require.Equal(t, time.Millisecond, s.Where().OneWay(0, 4))
	require.Equal(t, "the promises are made for one-way delays below 30ms, this is 30ms",
		s.WorseThan(1000, 30*time.Millisecond))
}

func TestInvalidRegionsAreNamed(t *testing.T) {
	for message, regions := range map[string][]scenarios.Region{
		"regions: 101, expected at most 100":                                          make([]scenarios.Region, 101),
		`regions[0].name: "East", expected 1 to 64 of a-z, 0-9 and -, the first no -`: {region("East", 1)},
		`regions[1].name: "east" is named twice`:                                      {region("east", 1), region("east", 1, 1)},
		"regions[1].round_trips: 1 of them, expected 2: to each region before it, and within it": {
			region("east", 1), region("west", 1)},
		"regions[0].round_trips: 2 of them, expected 1: to each region before it, and within it": {
			region("east", 1, 1)},
		"regions[1].round_trips[0]: 10.001s, expected 0s to 10s": {region("east", 1), region("west", 10_001, 1)},
		"regions[0].round_trips[0]: -1ms, expected 0s to 10s":    {region("east", -1)},
	} {
		s := stormy(5, scenarios.Storm{To: seconds(10)})
		s.Regions = regions
		require.EqualError(t, s.Validate(), message)
	}
	s := stormy(5, scenarios.Storm{To: seconds(10)})
	s.Places, s.Regions = []string{"tokyo"}, []scenarios.Region{region("east", 1)}
	require.EqualError(t, s.Validate(), "regions: 1, expected none beside places")
	require.NoError(t, s.Set("places=osaka"), "which says anew where servers stand")
	require.NoError(t, s.Validate())
}

// "Those between the two regions that are nearest to each other and the two that are farthest apart, and
// the median within one, are published. The others are those of the cities, to the millisecond." "By way
// of Frankfurt": the matrix breaks the triangle inequality, as 5.8 % of triples of cities do.
func TestTheRegionsOfTheCatalogueAreAsFarApartAsTheirCities(t *testing.T) {
	s, err := scenarios.Find("regions")
	require.NoError(t, err)
	place := func(i int) netmodel.Place {
		p, err := netmodel.ParsePlace(s.Regions[i].Name)
		require.NoError(t, err)
		return p
	}
	for i := range s.Regions {
		for j := range i {
			require.Equal(t, place(i).RoundTrip(place(j)).Round(time.Millisecond),
				s.Regions[i].RoundTrips[j].Duration(), "%s to %s", s.Regions[i].Name, s.Regions[j].Name)
		}
		require.Equal(t, 770*time.Microsecond, s.Regions[i].RoundTrips[i].Duration())
	}
	where := s.Where()
	require.Less(t, where.OneWay(4, 3)+where.OneWay(3, 2), where.OneWay(4, 2),
		"from São Paulo to Chennai by way of Frankfurt")
}
