package netmodel

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"butterfly/node"
)

// Place is where a host stands: in a city, and there in a zone, which is a data centre with power and
// cooling of its own. Its text is "tokyo", or with a zone "tokyo/b".
type Place struct {
	city int
	zone byte // 0 or a letter
}

// city is one of the table: its coordinates in hundredths of a degree, north and east, and how many
// kilometres it is from each city before it, along a great circle on a sphere of 6,371 km.
type city struct {
	name         string
	north, east  int
	kilometresTo []uint16
}

var cities = [...]city{
	{"amsterdam", 5237, 490, []uint16{}},
	{"ashburn", 3904, -7749, []uint16{6208}},
	{"chennai", 1308, 8027, []uint16{7869, 13777}},
	{"frankfurt", 5011, 868, []uint16{364, 6549, 7587}},
	{"london", 5151, -13, []uint16{358, 5917, 8211, 638}},
	{"new-york", 4071, -7401, []uint16{5863, 350, 13474, 6203, 5570}},
	{"osaka", 3469, 13550, []uint16{9215, 11142, 6022, 9237, 9500, 11104}},
	{"san-francisco", 3777, -12242, []uint16{8774, 3877, 13885, 9134, 8617, 4129, 8643}},
	{"sao-paulo", -2355, -4663, []uint16{9805, 7664, 14322, 9829, 9497, 7686, 18759, 10434}},
	{"singapore", 135, 10382, []uint16{10492, 15522, 2902, 10258, 10848, 15333, 4951, 13582, 15987}},
	{"sydney", -3387, 15121, []uint16{16643, 15674, 9126, 16483, 16994, 15988, 7797, 11947, 13357, 6306}},
	{"tokyo", 3568, 13969, []uint16{9289, 10872, 6415, 9333, 9559, 10850, 396, 8272, 18535, 5314, 7826}},
}

// published are round trips between regions of a cloud, of the two that are nearest to each other and
// of the two that are farthest apart (a public cloud's own tables, August 2026).
var published = [...]struct {
	a, b      string
	roundTrip time.Duration
}{
	{"osaka", "tokyo", 9 * time.Millisecond},
	{"chennai", "sao-paulo", 369 * time.Millisecond},
}

const (
	// zoneRoundTrip is the median between two zones of a region (the same tables: 0.13 to 2.16 ms).
	zoneRoundTrip = 770 * time.Microsecond
	// Round trips between other cities: 23.1 ms + 0.0176 ms/km is the line through the means of
	// 59,244 directed pairs of cities (2018; R2 is 0.63).
	cityRoundTrip      = 23_100 * time.Microsecond
	roundTripKilometre = 17_600 * time.Nanosecond
)

// Cities returns the names of the cities there are.
func Cities() []string {
	names := make([]string, len(cities))
	for i := range cities {
		names[i] = cities[i].name
	}
	return names
}

// ParsePlace reads the text of a place.
func ParsePlace(text string) (Place, error) {
	name, zone, zoned := strings.Cut(text, "/")
	p := Place{city: slices.Index(Cities(), name)}
	wellZoned := len(zone) == 1 && zone[0] >= 'a' && zone[0] <= 'z'
	if p.city < 0 || zoned && !wellZoned {
		return p, fmt.Errorf("%q, expected a city, or one with a zone such as tokyo/b, of %s",
			text, strings.Join(Cities(), ", "))
	}
	if zoned {
		p.zone = zone[0]
	}
	return p, nil
}

// String prints p so that [ParsePlace] reads it back.
func (p Place) String() string {
	if p.zone == 0 {
		return cities[p.city].name
	}
	return cities[p.city].name + "/" + string(rune(p.zone))
}

// RoundTrip is how long it takes from p to q and back, beyond what it takes within either.
func (p Place) RoundTrip(q Place) time.Duration {
	switch {
	case p == q:
		return 0
	case p.city == q.city:
		return zoneRoundTrip
	}
	near, far := cities[min(p.city, q.city)], cities[max(p.city, q.city)]
	for _, known := range published {
		if known.a == near.name && known.b == far.name {
			return known.roundTrip
		}
	}
	kilometres := far.kilometresTo[min(p.city, q.city)]
	return cityRoundTrip + time.Duration(kilometres)*roundTripKilometre
}

// Places is where all hosts stand, and how long messages take between them for that alone: cities
// ([NewPlaces]) or regions ([NewRegions]).
type Places struct {
	of     []uint16          // by host: the number of its place
	oneWay [][]time.Duration // by numbers of places
}

// NewPlaces lets host h stand at place h of the list, which begins anew at its end. It takes memory in
// proportion to the hosts, and to the square of the places.
func NewPlaces(hosts int, list []Place) *Places {
	var distinct []Place
	numbers := make([]uint16, len(list))
	for i, p := range list {
		at := slices.Index(distinct, p)
		if at < 0 {
			at, distinct = len(distinct), append(distinct, p)
		}
		numbers[i] = uint16(at)
	}
	places := &Places{of: make([]uint16, hosts), oneWay: make([][]time.Duration, len(distinct))}
	for h := range places.of {
		places.of[h] = numbers[h%len(numbers)]
	}
	for i, p := range distinct {
		places.oneWay[i] = make([]time.Duration, len(distinct))
		for j, q := range distinct {
			places.oneWay[i][j] = p.RoundTrip(q) / 2
		}
	}
	return places
}

// OneWay is how long a message takes between the places of two hosts.
func (p *Places) OneWay(from, to node.ID) time.Duration { return p.oneWay[p.of[from]][p.of[to]] }

// Longest is the greatest OneWay of all.
func (p *Places) Longest() (longest time.Duration) {
	for _, row := range p.oneWay {
		longest = max(longest, slices.Max(row))
	}
	return longest
}

// Settle gives hosts their places: from now on each copy and each segment takes longer by the distance,
// on top of its link's latency. It draws nothing.
func (n *Net) Settle(places *Places) { n.places = places }
