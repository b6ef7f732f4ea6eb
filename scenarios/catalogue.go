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
func Catalogue() []Scenario { return slices.Concat(Clusters(), Groups(), Maps()) }

// Clusters returns the scenarios of the health-check cluster, the default first.
func Clusters() []Scenario {
	return []Scenario{talk(), calm(), crash(), partition(), churn(), literal()}
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

// longCrash keeps server 0, which is one that others join through, away for longer than the promises
// allow the cluster to need: what goes by in less proves nothing.
func longCrash(at time.Duration) []Fault {
	return []Fault{{
		Kind: Crash, At: Span(at), For: Span(200 * time.Second), Hosts: []node.ID{0}, Keep: true,
	}}
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
	s := dataCentre("crash")
	s.About = "a dozen servers crash and come back, half of them without their disks"
	s.Proves = "crashes are detected and their origins taken over within the bound"
	s.Duration = Span(9 * time.Minute)
	s.Storm = &Storm{From: Span(time.Minute), To: Span(5 * time.Minute), Crashes: 11}
	s.Faults = longCrash(80 * time.Second)
	return s
}

func partition() Scenario {
	s := dataCentre("partition")
	s.About = "the network falls apart twice, into sides of any size, and is joined again"
	s.Proves = "each side checks every origin, and after the heal everybody agrees again"
	s.Duration = Span(9 * time.Minute)
	s.Faults = []Fault{{
		Kind: Partition, At: Span(80 * time.Second), For: Span(210 * time.Second),
		Hosts: []node.ID{0},
	}}
	s.Storm = &Storm{
		From: Span(time.Minute), To: Span(5 * time.Minute),
		Partitions: 1, Outages: 3, OutageOrigins: 50,
	}
	return s
}

func churn() Scenario {
	s := dataCentre("churn")
	s.About = "servers leave on their own account and return, one after the other"
	s.Proves = "a leave is no failure, and checks are handed over without a gap"
	s.Duration = Span(9 * time.Minute)
	s.Storm = &Storm{From: Span(time.Minute), To: Span(5 * time.Minute), Leaves: 16}
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
