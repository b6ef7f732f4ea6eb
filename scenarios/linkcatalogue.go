package scenarios

import (
	"time"

	"butterfly/netmodel"
)

// links returns the scenarios of what lies between servers: each is about one or two things that go
// wrong there, with a few outages of origins so that there is news, and crashes so that there is work.
func links() []Scenario {
	return []Scenario{
		flappingLinks(), clogged(), halfOpen(), bridge(), racks(), udpBlocked(), streamsBlocked(),
		slowNetwork(), narrowLinks(), smallPackets(), forged(), cities(), regions(),
	}
}

// betweenServers is a storm of links in a cluster small enough to have every link in it.
func betweenServers(name string, storm LinkStorm) Scenario {
	s := stormy(name, Storm{Crashes: 2, Outages: 4, OutageOrigins: 20, LinkStorm: storm})
	s.Servers, s.Origins, s.Duration = 12, 600, Span(10*time.Minute)
	return s
}

func flappingLinks() Scenario {
	s := betweenServers("flapping-links", LinkStorm{LinkFlaps: 12})
	s.About = "links between two servers go down and up again and again"
	s.Proves = "a flapping link is no death: others vouch for who is at its end, and news goes round it"
	return s
}

func clogged() Scenario {
	s := betweenServers("clogged", LinkStorm{Clogs: 3, Swizzles: 2})
	s.About = "what servers say waits, and all of it arrives at the end; servers one by one as well, " +
		"freed in another order"
	s.Proves = "old news in one burst does no harm, to whoever was thought dead meanwhile"
	return s
}

func halfOpen() Scenario {
	s := betweenServers("half-open", LinkStorm{HalfOpens: 6})
	s.About = "servers that hear and cannot speak, and servers that speak and cannot hear"
	s.Proves = "who is heard of only, or hears only, is taken for dead, takes over, and comes back"
	return s
}

func bridge() Scenario {
	s := betweenServers("bridge", LinkStorm{Bridges: 4})
	s.About = "some servers reach some others only by way of the rest"
	s.Proves = "reaching each other need not be transitive: nobody is dead whom a third one reaches"
	return s
}

func racks() Scenario {
	s := betweenServers("rack-splits", LinkStorm{RackSplits: 4})
	s.Racks = 4
	s.About = "racks are cut off from the others, one or two of four at a time"
	s.Proves = "what stands together fails together: each side checks all, and they agree again"
	return s
}

func udpBlocked() Scenario {
	s := betweenServers("udp-blocked", LinkStorm{NoDatagrams: 4})
	s.About = "datagrams are blocked and streams are not, on every link or on those of some servers"
	s.Proves = "a probe that ends on a stream keeps a firewall's mistake from killing anybody"
	return s
}

func streamsBlocked() Scenario {
	s := betweenServers("streams-blocked", LinkStorm{NoStreams: 4})
	s.About = "streams are blocked and datagrams are not: everybody is alive, and no map is pulled"
	s.Proves = "checks go on with what is known, and all news is made up for when streams are back"
	return s
}

func slowNetwork() Scenario {
	s := betweenServers("slow-network", LinkStorm{Slowdowns: 8})
	s.About = "links take tens of milliseconds longer, and at times several times that"
	s.Proves = "late is not dead: no promise hangs on how near the servers are"
	return s
}

func narrowLinks() Scenario {
	s := betweenServers("narrow-links", LinkStorm{Limits: 8})
	s.About = "links carry a few kilobytes a second, and drop what finds their queues full"
	s.Proves = "what the servers say fits through narrow links, and the map waits where it must"
	return s
}

func smallPackets() Scenario {
	s := betweenServers("small-packets", LinkStorm{MTUs: 8})
	s.About = "datagrams above two dozen bytes or so do not pass, and nobody is told"
	s.Proves = "probes go on, and news that fits into no datagram gets through by a stream"
	return s
}

func forged() Scenario {
	s := betweenServers("forged", LinkStorm{Forgeries: 6})
	s.About = "an outsider sends noise, altered datagrams and old ones in the name of other servers"
	s.Proves = "no parser panics, and what the carrier's key refuses does nothing"
	return s
}

func cities() Scenario {
	s := betweenServers("cities", LinkStorm{Slowdowns: 2})
	s.About = "a cluster whose servers stand on four continents, in six cities"
	s.Proves = "distance makes everything slower and nothing wrong"
	s.Places = []string{"london", "frankfurt", "ashburn", "sao-paulo", "tokyo", "sydney"}
	s.Latency = Latency{netmodel.TwoModes(
		200*time.Microsecond, 10_000, 5*time.Millisecond, 1000)}
	return s
}

// regions has the round trips of a cloud: those between the two regions that are nearest to each other
// and the two that are farthest apart, and the median within one, are published (a public cloud's own
// tables, August 2026). The others are those of the cities by [netmodel.Place.RoundTrip], to the
// millisecond.
func regions() Scenario {
	const ms = Span(time.Millisecond)
	const within = 770 * Span(time.Microsecond)
	s := betweenServers("regions", LinkStorm{Slowdowns: 2})
	s.About = "a cluster across five regions of a cloud, by a table of the round trips between them"
	s.Proves = "no promise hangs on a direct way being the shortest: here Frankfurt lies in between"
	s.Regions = []Region{
		{"osaka", []Span{within}},
		{"tokyo", []Span{9 * ms, within}},
		{"chennai", []Span{129 * ms, 136 * ms, within}},
		{"frankfurt", []Span{186 * ms, 187 * ms, 157 * ms, within}},
		{"sao-paulo", []Span{353 * ms, 349 * ms, 369 * ms, 196 * ms, within}},
	}
	s.Latency = Latency{netmodel.TwoModes(
		200*time.Microsecond, 10_000, 5*time.Millisecond, 1000)}
	return s
}
