package scenarios

import (
	"time"

	"butterfly/sim/rng"
)

// Planets returns the scenarios of many data centres.
func Planets() []Scenario { return []Scenario{planet()} }

// planet is the talk's own size: "more than 50 data centres", each with up to 64 servers, and tens of
// thousands of origins that all of them check.
func planet() Scenario {
	s := dataCentre("planet")
	s.About = "50 data centres, each with its own storm; some origins are dead from one of them only"
	s.Proves = "health is a matter of vantage point: each data centre believes what is true from there"
	s.Datacenters, s.Origins = 50, 20_000
	s.Duration = Span(7 * time.Minute)
	s.LossPPM = rng.PPM(1000)
	s.Storm = &Storm{
		From: Span(30 * time.Second), To: Span(150 * time.Second),
		Crashes: 2, Pauses: 1, Partitions: 1, Losses: 1, Outages: 8,
		LossPPM: rng.Percent(5), OutageOrigins: 20,
	}
	return s
}
