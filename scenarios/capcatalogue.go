package scenarios

import (
	"time"

	"butterfly/sim/rng"
)

// Caps returns the scenarios of registers with clients.
func Caps() []Scenario { return []Scenario{capAvailable(), capConsistent(), capSticky()} }

// registers is what the scenarios of registers start from: five servers in one data centre, of which
// two are cut off for a minute.
func registers(name string, by Replication) Scenario {
	return Scenario{
		Name: name, Servers: 5, Duration: Span(3 * time.Minute), Latency: dataCentre(name).Latency,
		Cap: &Cap{
			Replication: by, Clients: 10, Keys: 20, Seats: 400, BuyPPM: rng.Percent(20),
			Think: Span(500 * time.Millisecond), Timeout: Span(2 * time.Second),
		},
		Faults: cutOff(time.Minute, time.Minute, 0, 1),
	}
}

func capAvailable() Scenario {
	s := registers("cap-available", ByMap)
	s.About = "registers and seats replicated by the map, and clients on both sides of a partition"
	s.Proves = "every client is served wherever it asks, and the price: reads go back, seats sell twice"
	return s
}

func capConsistent() Scenario {
	s := registers("cap-consistent", ByRaft)
	s.About = "cap-available with a replicated log instead of the map"
	s.Proves = "all is as if there were one copy and no seat sells twice, " +
		"and the price: the minority waits"
	return s
}

func capSticky() Scenario {
	s := registers("cap-sticky", ByMap)
	s.About = "cap-available with clients that insist on reading their own writes"
	s.Proves = "who stays with a server is always served, and who moves may have to wait"
	s.Cap.Own = true
	return s
}
