package scenarios

import (
	"time"

	"butterfly/sim/rng"
)

// What a cluster of 1,800 machines goes through in its first year is the list of Jeff Dean's talks of
// 2008 and 2009 ("Designs, Lessons and Advice from Building Large Distributed Systems"), and how long
// single machines are out of order is LANL's; see [Lengths].
//
// A year has been made [yearFaster] times shorter, so that it takes 53 minutes, and the time until what
// has failed is back only [outagesFaster] times: it still is longer than the group takes to notice.
// So [yearFaster] / [outagesFaster] = 100 times as much is out of order at once as really would be.
const (
	yearServers   = 1800
	yearRacks     = 30
	yearFaster    = 10_000
	outagesFaster = 100

	firstYearLength = Span(365*24*time.Hour) / yearFaster
	// yearSettles is as long as 1,800 servers may take to agree after the last fault, and a minute.
	yearSettles = 20 * time.Minute
)

// firstYear has the machines fail each by itself, the racks too, and what several racks depend on at
// random ones. Larger faults come first: they have the first choice of the budget.
func firstYear() Scenario {
	s := group("first-year", yearServers, firstYearLength.Duration()+yearSettles)
	s.About = "SWIM alone: a cluster's first year in 53 minutes: faults come 10,000 times as often " +
		"as in Jeff Dean's list, and are over 100 times as soon"
	s.Proves = "a year of failing machines, racks, power and routers leaves no server with a wrong view"
	s.Racks = yearRacks
	s.Rates = []Rate{
		{Kind: Crash, Each: EachRow, Every: yearly(1, 2), // overheating: 60 to 90 % of the machines
			Strikes: &Range[int]{Least: 18, Most: 27}, Lasts: outage(24*time.Hour, 48*time.Hour)},
		{Kind: Crash, Each: EachRow, Every: yearly(1, 1), // a power distribution unit: 540 to 960
			Strikes: &Range[int]{Least: 9, Most: 16}, Lasts: outage(6*time.Hour, 6*time.Hour)},
		{Kind: Leave, Each: EachRow, Every: yearly(1, 1), // racks are moved, as planned
			Strikes: &Range[int]{Least: 9, Most: 16}, Lasts: outage(6*time.Hour, 6*time.Hour)},
		{Kind: Uplink, Each: EachRound, Every: yearly(1, 1), // the network is wired anew in two days
			Lasts: outage(48*time.Hour/yearRacks, 48*time.Hour/yearRacks)},
		{Kind: Crash, Each: EachRack, Every: yearly(20, yearRacks),
			Lasts: outage(time.Hour, 6*time.Hour)},
		{Kind: Loss, Each: EachRack, Every: yearly(5, yearRacks), LossPPM: rng.Percent(50),
			Lasts: outage(30*time.Minute, 30*time.Minute)}, // ours: the list does not say for how long
		{Kind: Partition, Every: yearly(4, 1), // maintenance of the network: random connectivity loss
			Lasts: outage(30*time.Minute, 30*time.Minute)},
		{Kind: Partition, Each: EachRow, Every: yearly(3, 1), // a router fails
			Strikes: &Range[int]{Least: 2, Most: 5}, Lasts: outage(time.Hour, time.Hour)},
		{Kind: Partition, Each: EachRow, Every: yearly(12, 1), // a router loads anew
			Strikes: &Range[int]{Least: 2, Most: 5}, Lasts: Lengths{shortestReload, shortestReload, 0, 0}},
		{Kind: Crash, Each: EachServer, Every: yearly(1000, yearServers),
			Lasts: Lengths{Median: Span(63*time.Minute) / outagesFaster, SigmaMilli: 1400}},
	}
	for i := range s.Rates {
		s.Rates[i].From, s.Rates[i].To = warmUp, warmUp+firstYearLength
	}
	return s
}

// shortestReload is what a couple of minutes become: the least that a cut may last inside the budget.
const shortestReload = Span(shortestCut)

// yearly is the time between two faults of one of a number of things, if there are so many a year of
// all of them.
func yearly(times, things int) Span { return firstYearLength * Span(things) / Span(times) }

// outage is how long what lasts from shortest to longest does here.
func outage(shortest, longest time.Duration) Lengths {
	return Lengths{Shortest: Span(shortest) / outagesFaster, Longest: Span(longest) / outagesFaster}
}
