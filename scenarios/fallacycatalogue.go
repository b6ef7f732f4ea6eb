package scenarios

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// Fallacies returns a scenario of the cluster for each of the eight fallacies of distributed computing,
// in their order: what is taken for granted by who has not met it yet (Deutsch and others, Sun
// Microsystems, the first seven in 1994; Gosling, about 1997, the eighth). Each stays inside the fault
// budget, and for each there is a design that takes the fallacy for true: Proves says what it breaks
// under the same faults, or what it costs.
func Fallacies() []Scenario {
	return []Scenario{
		notReliable(), notInstant(), notWide(), notSecure(), notFixed(), notOneOffice(), notFree(),
		notAlike(),
	}
}

// mistaken is a data centre in which somebody relied on what is not so. Origins die, so that there is
// news.
func mistaken(name string, storm Storm) Scenario {
	storm.Outages, storm.OutageOrigins = 4, 50
	s := stormy(name, storm)
	s.Duration = Span(10 * time.Minute)
	return s
}

// standing is when what each of them is about goes on for longer than the promises allow for, if it is
// no more than one fault.
func standing(f Fault) Fault {
	f.At, f.For = Span(80*time.Second), Span(200*time.Second)
	return f
}

// notReliable cuts two of the five servers off that vote where there is voting, and whoever a leader is
// that stands first in the list.
func notReliable() Scenario {
	s := mistaken("fallacy-1-reliable", Storm{
		Crashes: 3, Bursts: 4, Losses: 3, LossPPM: rng.Percent(10),
	})
	s.About = "\"the network is reliable\": packets are lost, in bursts too, and two servers are cut off"
	s.Proves = "who is cut off checks all by itself; with design=raft it waits for a majority, " +
		"and checks nothing"
	s.LossPPM = rng.Percent(2)
	s.Faults = []Fault{standing(Fault{Kind: Partition, Hosts: []node.ID{0, 1}})}
	return s
}

// notInstant takes nearly as long as the promises are made for.
func notInstant() Scenario {
	s := mistaken("fallacy-2-latency", Storm{Crashes: 3})
	s.About = "\"latency is zero\": every message takes 300 to 490 ms, and every answer as long again"
	s.Proves = "late is not dead; with design=leader or raft a round trip is longer than they wait, " +
		"and hardly anything is checked"
	s.Latency = Latency{netmodel.Uniform(300*time.Millisecond, 490*time.Millisecond)}
	return s
}

// notWide has many origins for few servers, and a queue for one datagram of the usual size: of all that
// is told at once, the first 1,400 bytes get through. So what dies for long is of all numbers. Nobody
// crashes: how long a whole map of this size takes through such a link is in no bound.
func notWide() Scenario {
	s := mistaken("fallacy-3-bandwidth", Storm{})
	s.About = "\"bandwidth is infinite\": every link carries 4,000 bytes a second, " +
		"with a queue of 1,500 bytes"
	s.Proves = "what is new fits through; with design=multicast all is told each second, " +
		"and of what is dropped nobody ever hears"
	s.Servers = 12
	s.Faults = []Fault{
		standing(Fault{Kind: Limit, BytesPerSecond: 4000, QueueBytes: 1500}),
		{
			Kind: OriginDown, At: Span(100 * time.Second), For: Span(150 * time.Second),
			Origins: spreadOrigins(40, s.Origins),
		},
	}
	return s
}

// spreadOrigins returns so many of all origins, at equal distances.
func spreadOrigins(count, all int) (origins []uint32) {
	for i := range count {
		origins = append(origins, uint32(i*all/count))
	}
	return origins
}

func notSecure() Scenario {
	s := mistaken("fallacy-4-secure", Storm{
		Crashes: 3, Corruptions: 3, LinkStorm: LinkStorm{Forgeries: 6},
	})
	s.About = "\"the network is secure\": an outsider sends noise, altered datagrams and old ones"
	s.Proves = "what the key refuses does nothing; with bare_carrier=on servers believe " +
		"what nobody has ever written"
	return s
}

// notFixed has three of the first five servers leave, which vote where there is voting; of those that
// others join through, the first three, two stay.
func notFixed() Scenario {
	s := mistaken("fallacy-5-topology", Storm{
		Leaves: 6, Troubles: Troubles{Joins: 4, Restarts: 2}, LinkStorm: LinkStorm{RackSplits: 2},
	})
	s.About = "\"topology doesn't change\": servers leave, three of the first five for minutes, " +
		"others join, and racks are cut off"
	s.Proves = "nobody is needed in particular; with design=raft the voters are, " +
		"and everything stops without three of them"
	s.Racks = 4
	s.Faults = []Fault{standing(Fault{Kind: Leave, Hosts: []node.ID{2, 3, 4}})}
	return s
}

func notOneOffice() Scenario {
	s := mistaken("fallacy-6-administrator", Storm{
		Crashes: 2, Registrations: 20, Unregistrations: 8, Troubles: Troubles{Restarts: 4},
	})
	s.About = "\"there is one administrator\": origins are registered, changed and removed at any " +
		"server, by operators who tell no other, and servers are restarted"
	s.Proves = "what one is told all learn; with design=everyone " +
		"who told one server has told one server"
	s.Unregistered = s.Origins / 10
	return s
}

// notFree is quiet on purpose, in three zones: what is sent from one to another is paid for.
func notFree() Scenario {
	s := mistaken("fallacy-7-cost", Storm{Crashes: 1})
	s.About = "\"transport cost is zero\": three zones of a city, a crash, a few outages, " +
		"and a meter on all that is sent"
	s.Proves = "what is paid for is news; with design=multicast it is all that is known, each second, " +
		"and with everyone each origin pays for each server"
	s.Places = []string{"ashburn/a", "ashburn/b", "ashburn/c"}
	return s
}

// notAlike has wrong clocks on many servers: they are what naive designs take to be alike most often.
func notAlike() Scenario {
	s := mistaken("fallacy-8-homogeneous", Storm{
		Crashes: 2, Troubles: Troubles{SlowHosts: 4, Clocks: 12},
		LinkStorm: LinkStorm{MTUs: 2, NoDatagrams: 1},
	})
	s.About = "\"the network is homogeneous\": clocks run apart, some servers are slow, " +
		"and some links pass small datagrams only, or none"
	s.Proves = "each goes by its own clock and by streams where it must; with design=multicast " +
		"the fastest clock is believed"
	s.Faults = []Fault{standing(Fault{Kind: MTU, Bytes: 32, Hosts: []node.ID{0, 1}})}
	return s
}
