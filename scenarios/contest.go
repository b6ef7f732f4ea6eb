package scenarios

import (
	"time"

	"butterfly/node"
)

// Contest is the scenario that designs are compared by when none is named.
const Contest = "contest"

// contest puts every design through the same: a cut that outlasts the promises, the loss of the server
// that a leader would be, one that loses its uplink, and origins that die in each of these times.
func contest() Scenario {
	at := func(seconds int) Span { return Span(time.Duration(seconds) * time.Second) }
	s := dataCentre(Contest)
	s.About = "a long partition, a crash of server 0, a lost uplink and outages, " +
		"for designs to be compared"
	s.Proves = "what each design promises, and what it costs: see butterfly versus"
	s.Servers, s.Origins, s.Duration = 9, 200, at(720)
	s.Faults = []Fault{
		{Kind: Partition, At: at(60), For: at(150), Hosts: []node.ID{1, 4, 7}},
		{Kind: OriginDown, At: at(120), For: at(180), Origins: firstOrigins(20)},
		{Kind: Crash, At: at(330), For: at(120), Hosts: []node.ID{0}, Keep: true},
		{Kind: Uplink, At: at(360), For: at(60), Hosts: []node.ID{5}},
		{Kind: OriginDown, At: at(380), For: at(60), Origins: []uint32{33, 64, 95, 126}},
	}
	return s
}

// firstOrigins returns so many origins, of as many pools as there are.
func firstOrigins(count uint32) (origins []uint32) {
	for o := range count {
		origins = append(origins, o)
	}
	return origins
}
