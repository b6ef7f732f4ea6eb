package netmodel

import (
	"math"
	"slices"
)

// GreatCircle is the distance between two cities in kilometres, by their coordinates and by the table.
func GreatCircle(a, b string) (computed, tabled float64) {
	find := func(name string) int { return slices.Index(Cities(), name) }
	i, j := min(find(a), find(b)), max(find(a), find(b))
	if i == j {
		return 0, 0
	}
	radians := func(hundredths int) float64 { return float64(hundredths) / 100 * math.Pi / 180 }
	north, other := radians(cities[i].north), radians(cities[j].north)
	across, along := math.Sin((north-other)/2), math.Sin(radians(cities[i].east-cities[j].east)/2)
	half := across*across + math.Cos(north)*math.Cos(other)*along*along
	return 2 * 6371 * math.Asin(math.Sqrt(half)), float64(cities[j].kilometresTo[i])
}
