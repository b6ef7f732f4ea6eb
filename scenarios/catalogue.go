package scenarios

import (
	"slices"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// Default is the scenario that runs when none is named.
const Default = "talk"

// Catalogue returns our scenarios, the default first. Each call returns values of its own.
func Catalogue() []Scenario {
	return slices.Concat(Clusters(), Planets(), Caps(), Groups(), Maps())
}

// Clusters returns the scenarios of the health-check cluster, the default first.
func Clusters() []Scenario {
	return append([]Scenario{
		talk(), calm(), crash(), partition(), churn(), isolation(), noSockets(), flapping(),
		registration(), storm(), missing(), badNetwork(), contest(), literal(),
	}, slices.Concat(Hosts(), links(), Fallacies())...)
}

// dataCentre is what all scenarios of the cluster start from: one data centre of the talk's size.
// The latency is ours: 0.1 ms, the order of a round trip within a zone, with a tail.
func dataCentre(name string) Scenario {
	return Scenario{
		Name: name, Servers: 64, Origins: 10_000, Duration: Span(10 * time.Minute),
		Latency: Latency{netmodel.Uniform(50*time.Microsecond, 500*time.Microsecond)},
		Merge:   Siblings,
	}
}

// stormy is a data centre with a storm from the first minute to the fifth, and time to settle after
// it.
func stormy(name string, storm Storm) Scenario {
	s := dataCentre(name)
	s.Duration = Span(9 * time.Minute)
	storm.From, storm.To = Span(time.Minute), Span(5*time.Minute)
	s.Storm = &storm
	return s
}

// longCrash keeps server 0, which is one that others join through, away for longer than the promises
// allow the cluster to need: what goes by in less proves nothing.
func longCrash(at time.Duration) []Fault {
	return []Fault{{
		Kind: Crash, At: Span(at), For: Span(200 * time.Second), Hosts: []node.ID{0}, Keep: true,
	}}
}

// cutOff cuts servers off from the others.
func cutOff(at, length time.Duration, hosts ...node.ID) []Fault {
	return []Fault{{Kind: Partition, At: Span(at), For: Span(length), Hosts: hosts}}
}

func talk() Scenario {
	s := dataCentre(Default)
	s.About = "one data centre through ten minutes with a storm: crashes, a partition, loss, outages"
	s.Proves = "every origin keeps a checker and every server learns the same truth, whatever fails"
	s.LossPPM = rng.PPM(1000)
	s.Faults = longCrash(130 * time.Second)
	s.Storm = &Storm{
		From: Span(2 * time.Minute), To: Span(6 * time.Minute),
		Crashes: 7, Pauses: 3, Partitions: 1, Losses: 2, Outages: 6,
		LossPPM: rng.Percent(10), OutageOrigins: 100,
	}
	return s
}

func calm() Scenario {
	s := dataCentre("calm")
	s.About = "nothing goes wrong"
	s.Proves = "no false alarms, one checker an origin, replicas equal"
	s.Duration = Span(5 * time.Minute)
	return s
}

func crash() Scenario {
	s := stormy("crash", Storm{Crashes: 11})
	s.About = "a dozen servers crash and come back, half of them without their disks"
	s.Proves = "crashes are detected and their origins taken over within the bound"
	s.Faults = longCrash(80 * time.Second)
	return s
}

func partition() Scenario {
	s := stormy("partition", Storm{Partitions: 1, Outages: 3, OutageOrigins: 50})
	s.About = "the network falls apart twice, into sides of any size, and is joined again"
	s.Proves = "each side checks every origin, and after the heal everybody agrees again"
	s.Faults = cutOff(80*time.Second, 210*time.Second, 0)
	return s
}

func churn() Scenario {
	s := stormy("churn", Storm{Leaves: 16})
	s.About = "servers leave on their own account and return, one after the other"
	s.Proves = "a leave is no failure, and checks are handed over without a gap"
	return s
}

// isolation takes two uplinks away for longer than the others need to take over, and others for less.
func isolation() Scenario {
	s := stormy("isolation", Storm{Uplinks: 8, Outages: 4, OutageOrigins: 50})
	s.About = "servers lose their own uplinks: they hear nobody, and all their probes fail at once"
	s.Proves = "who has lost its network says so and condemns no origin, and the others take over"
	s.Faults = []Fault{{
		Kind: Uplink, At: Span(80 * time.Second), For: Span(200 * time.Second),
		Hosts: []node.ID{0, 1},
	}}
	return s
}

// noSockets has two servers without sockets for longer than the others need to take over.
func noSockets() Scenario {
	s := stormy("no-sockets", Storm{Sockets: 8, Outages: 8, OutageOrigins: 50})
	s.About = "servers can open no sockets: they live and hear each other, and none of their probes leaves"
	s.Proves = "who cannot probe says so and condemns no origin, and the others take over"
	s.Faults = []Fault{{
		Kind: NoSockets, At: Span(80 * time.Second), For: Span(200 * time.Second),
		Hosts: []node.ID{0, 1},
	}}
	return s
}

func flapping() Scenario {
	s := stormy("flapping", Storm{Crashes: 3, Flaps: 60, Outages: 3, OutageOrigins: 50})
	s.About = "origins go down and up again and again, for shorter and for longer than it takes " +
		"to notice"
	s.Proves = "nothing changes its status without as many results in a row, and flapping is no outage"
	return s
}

// registration cuts servers off for minutes, so that they learn late of what is registered elsewhere.
func registration() Scenario {
	s := stormy("registration", Storm{
		Crashes: 3, Pauses: 1, Partitions: 2, Outages: 3, OutageOrigins: 50,
		Registrations: 40, Unregistrations: 15,
	})
	s.About = "origins are registered, changed and removed at any server, and some learn of it late"
	s.Proves = "what is registered anywhere is checked, and who does not know of it yet does no harm"
	s.Servers, s.Origins, s.Unregistered = 16, 1000, 500
	s.Duration = Span(10 * time.Minute)
	s.Faults = cutOff(80*time.Second, 3*time.Minute, 0, 1)
	return s
}

// storm is what servers=5-12 hunts through by the thousand, and what larger clusters live through, too.
func storm() Scenario {
	s := stormy("storm", Storm{
		Crashes: 4, Pauses: 2, Blocks: 2, Leaves: 2, Partitions: 2, Uplinks: 2, Losses: 2,
		LossPPM: rng.Percent(10), Outages: 4, OutageOrigins: 20, Flaps: 4,
		Registrations: 8, Unregistrations: 3,
	})
	s.About = "everything that can go wrong, at once: servers, sockets, network, origins and operators"
	s.Proves = "all promises, within the fault budget, at any size"
	s.Servers, s.Origins, s.Unregistered = 12, 600, 100
	s.LossPPM, s.Duration = rng.PPM(1000), Span(10*time.Minute)
	return s
}

// missing has server 4 hold alone what server 3 wrote while both were cut off, and stand still until long
// after the next life of that one: whoever then takes the former life for over forgets what it wrote.
func missing() Scenario {
	s := dataCentre("missing")
	s.About = "a server stands still that alone has what another one wrote, which restarts meanwhile"
	s.Proves = "no write is lost that a server holds which is missing for a while"
	s.Duration = Span(12 * time.Minute)
	s.Faults = append(cutOff(time.Minute, 70*time.Second, 3, 4),
		Fault{Kind: Pause, At: Span(115 * time.Second), For: Span(150 * time.Second), Hosts: []node.ID{4}},
		Fault{Kind: Crash, At: Span(116 * time.Second), For: Span(20 * time.Second), Hosts: []node.ID{3}},
	)
	return s
}

// badNetwork has each of its faults on top of what the others do: several last at any time.
func badNetwork() Scenario {
	s := stormy("bad-network", Storm{
		Crashes: 3, Partitions: 1, Losses: 2, LossPPM: rng.Percent(5), Outages: 4, OutageOrigins: 20,
		Bursts: 4, Duplications: 4, Reorderings: 4, Corruptions: 4,
	})
	s.About = "packets are lost in bursts, doubled, replayed, overtaken and damaged, all at once"
	s.Proves = "late and doubled news does no harm, and no damaged message is ever taken for one"
	s.Servers, s.Origins, s.LossPPM = 12, 600, rng.PPM(1000)
	return s
}

func literal() Scenario {
	s := dataCentre("literal")
	s.About = "few servers, flapping origins and short partitions, with the talk's merge as described"
	s.Proves = "nothing: a single winner per key with a rank as tie-break is not a join"
	s.ExpectFail = true
	s.Servers, s.Origins, s.Duration = 5, 20, Span(7*time.Minute)
	s.Merge = Literal
	s.Storm = &Storm{
		From: Span(30 * time.Second), To: Span(4 * time.Minute),
		Crashes: 2, Partitions: 4, Outages: 12, OutageOrigins: 10,
	}
	return s
}
