package netmodel_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
)

func place(t *testing.T, text string) netmodel.Place {
	p, err := netmodel.ParsePlace(text)
	require.NoError(t, err)
	require.Equal(t, text, p.String())
	return p
}

// "Kilometres ... along a great circle on a sphere of 6,371 km": the table is the haversine formula of
// its coordinates, rounded.
func TestDistancesAreGreatCircles(t *testing.T) {
	for i, name := range netmodel.Cities() {
		for _, earlier := range netmodel.Cities()[:i] {
			want, got := netmodel.GreatCircle(name, earlier)
			require.InDelta(t, want, got, 0.5001, "%s to %s", name, earlier)
		}
	}
}

// "rtt = 23.1 ms + 0.0176 ms/km": London and New York are 5,570 km apart.
func TestRoundTripsGrowWithTheDistance(t *testing.T) {
	trip := place(t, "london").RoundTrip(place(t, "new-york"))
	require.InDelta(t, 23.1+0.0176*5570, trip.Seconds()*1000, 0.1)
	require.Equal(t, trip, place(t, "new-york").RoundTrip(place(t, "london")))
}

// "Between cloud regions 9 ms (Osaka-Tokyo) to 369 ms (Sao Paulo-Chennai)"; "between zones of a region
// ... median 0.77" ms.
func TestPublishedRoundTrips(t *testing.T) {
	const ms = time.Millisecond
	require.Equal(t, 9*ms, place(t, "tokyo").RoundTrip(place(t, "osaka")))
	require.Equal(t, 369*ms, place(t, "chennai").RoundTrip(place(t, "sao-paulo/b")))
	require.Equal(t, 770*time.Microsecond, place(t, "tokyo").RoundTrip(place(t, "tokyo/a")))
	require.Zero(t, place(t, "tokyo/a").RoundTrip(place(t, "tokyo/a")))
}

// No distance is shorter than light takes through fibre, 200 km/ms: 40,000 km around the Earth are
// 200 ms, and inflation over that is "1.37/1.63/1.84/2.26/3.93" beyond 500 km.
func TestNothingIsFasterThanLight(t *testing.T) {
	for _, a := range netmodel.Cities() {
		for _, b := range netmodel.Cities() {
			kilometres, _ := netmodel.GreatCircle(a, b)
			light := time.Duration(2 * kilometres / 200 * float64(time.Millisecond))
			trip := place(t, a).RoundTrip(place(t, b))
			require.GreaterOrEqual(t, trip, light, "%s to %s", a, b)
			require.Less(t, trip, 400*time.Millisecond)
		}
	}
}

func TestTextsThatAreNoPlaces(t *testing.T) {
	for _, text := range []string{"", "atlantis", "tokyo/", "tokyo/1", "tokyo/aa", "/a", "Tokyo"} {
		_, err := netmodel.ParsePlace(text)
		require.ErrorContains(t, err, "expected a city, or one with a zone such as tokyo/b")
	}
}

// "Host h stands at place h of the list, which begins anew at its end", and each message takes longer
// by half a round trip; nothing else about it changes.
func TestMessagesTakeLongerByTheDistance(t *testing.T) {
	here, far := netmodel.New(seed, 5, datacentre()), netmodel.New(seed, 5, datacentre())
	far.Settle(netmodel.NewPlaces(5, []netmodel.Place{
		place(t, "osaka"), place(t, "tokyo"), place(t, "osaka"),
	}))
	for _, link := range []struct {
		from, to node.ID
		extra    time.Duration
	}{{0, 1, 4500 * time.Microsecond}, {0, 3, 0}, {4, 2, 4500 * time.Microsecond}, {1, 4, 0}} {
		was, is := fates(here, link.from, link.to, 50), fates(far, link.from, link.to, 50)
		for i := range was {
			for c := range was[i].Copies {
				was[i].Delay[c] += link.extra
			}
		}
		require.Equal(t, was, is)
		before, _ := here.Segment(link.from, link.to, 10)
		after, _ := far.Segment(link.from, link.to, 10)
		require.Equal(t, before+link.extra, after)
	}
}

// "Memory in proportion to the hosts, and to the square of the places": 10,000 hosts at two places.
func TestPlacesOfManyHosts(t *testing.T) {
	places := netmodel.NewPlaces(10_000, []netmodel.Place{place(t, "sydney"), place(t, "london")})
	require.Equal(t, places.Longest(), places.OneWay(9_998, 9_999))
	require.Zero(t, places.OneWay(9_998, 0))
	require.Less(t, math.Abs(places.Longest().Seconds()-0.161), 0.002) // 16,990 km
}
