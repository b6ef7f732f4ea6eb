package scenarios

import (
	"time"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// Groups returns the scenarios of SWIM alone. Most of them are experiments that
// hashicorp/memberlist v0.7.0 has been put to as well, with the same sizes, the same network and
// its parameters, so that the figures can be laid side by side; -set rules=memberlist has its
// rules, too.
func Groups() []Scenario {
	return []Scenario{
		swimCrash(), swimLoss(), swimSlow(), swimPartition(),
		swimMassCrash(), swimMassRestart(), swimUpdate(), swimJoin(), firstYear(),
	}
}

// warmUp is how long a group runs before its trial begins: two exchanges of tables, or thirty
// probes.
const warmUp = Span(30 * time.Second)

// group is what the scenarios of SWIM alone start from: memberlist's parameters for one network, on
// one with a one-way delay of 0.5 to 1.5 ms.
func group(name string, servers int, after time.Duration) Scenario {
	return Scenario{
		Name: name, Servers: servers, Duration: warmUp + Span(after),
		Latency: Latency{netmodel.Uniform(500*time.Microsecond, 1500*time.Microsecond)},
		Group:   &Group{Preset: Lan, Rules: Butterfly}, paced: true,
	}
}

// inTrial gives a group its trial, which begins at any moment of the second after the warm-up, and
// makes the run longer by it.
func inTrial(s Scenario, t Trial) Scenario {
	t.From, t.To = warmUp, warmUp+Span(time.Second)
	s.Trial = &t
	s.Duration += t.To - t.From + t.length()
	return s
}

func swimCrash() Scenario {
	s := group("swim-crash", 64, 90*time.Second)
	s.About = "SWIM alone: one server of 64 crashes for good"
	s.Proves = "a crash is noticed, and known to all, within the bound; " +
		"nobody else is taken for dead"
	s.Trial = &Trial{Kind: Crashes, From: warmUp, To: 2 * warmUp}
	return s
}

func swimLoss() Scenario {
	s := group("swim-loss", 32, 570*time.Second)
	s.About = "SWIM alone: a network that loses datagrams, one helper a probe, no streams"
	s.Proves = "probes fail by mistake as often as the SWIM paper's formula says"
	s.LossPPM = rng.Percent(5)
	s.Group = &Group{Preset: Suspicion, Rules: Butterfly, Tuning: Tuning{
		IndirectProbes: new(1), StreamProbe: new(false),
		SuspicionMult: new(MaxMult), // so that nobody dies, and the group keeps its size
	}}
	return s
}

func swimSlow() Scenario {
	s := group("swim-slow", 128, time.Minute)
	s.About = "SWIM alone: 4 servers of 128 whose sockets are blocked again and again, all at once"
	s.Proves = "slow servers do not make others look dead"
	return inTrial(s, Trial{
		Kind: Slowness, Slow: 4, Block: Span(16384 * time.Millisecond),
		Free: Span(64 * time.Millisecond), Cycles: Span(2 * time.Minute),
	})
}

func swimPartition() Scenario {
	s := group("swim-partition", 10, 6*time.Minute)
	s.About = "SWIM alone: the network falls into two halves, and is joined again"
	s.Proves = "a partition heals by itself, however long it was"
	return inTrial(s, Trial{Kind: Halves, Cut: Span(20 * time.Second)})
}

func swimMassCrash() Scenario {
	s := group("swim-mass-crash", 64, 19*time.Minute) // enough for any percent
	s.About = "SWIM alone: a quarter of 64 servers crashes at one moment, for good"
	s.Proves = "many crashes at once are noticed as one is, and nobody else is taken for dead"
	return inTrial(s, Trial{Kind: Crashes, Percent: 25})
}

func swimMassRestart() Scenario {
	s := group("swim-mass-restart", 64, 6*time.Minute)
	s.About = "SWIM alone: every server is down for 12 s within 5 s, and has lost its disk"
	s.Proves = "a group whose servers have all restarted finds itself again"
	return inTrial(s, Trial{
		Kind: Crashes, Percent: 100, Within: Span(5 * time.Second), Down: Span(12 * time.Second),
	})
}

func swimUpdate() Scenario {
	s := group("swim-update", 64, 3*time.Minute)
	s.About = "SWIM alone: a server changes its metadata while the network loses " +
		"every tenth datagram"
	s.Proves = "an update reaches everybody, as fast as an epidemic does"
	s.LossPPM = rng.Percent(10)
	s.Group.UpdateAt = warmUp
	return s
}

// swimJoin is the experiment of the SWIM paper's figure 4: 17 processes join one after the other,
// with k = 1 and a loss of 10 %, and the plot ends after 175 s. How fast they join is not said
// there.
func swimJoin() Scenario {
	s := group("swim-join", 17, 0)
	s.About = "SWIM alone: 17 servers join one after the other while every tenth datagram is lost"
	s.Proves = "suspicion keeps a group together that falls apart without it (SWIM, figure 4)"
	s.Duration = Span(175 * time.Second)
	s.LossPPM = rng.Percent(10)
	s.Group = &Group{Preset: Suspicion, Rules: Butterfly, JoinEvery: Span(5 * time.Second)}
	return s
}
