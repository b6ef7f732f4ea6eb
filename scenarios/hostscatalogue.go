package scenarios

import (
	"time"

	"butterfly/sim/rng"
)

// Hosts returns the scenarios of the cluster in which single servers are in trouble.
func Hosts() []Scenario {
	return []Scenario{
		restartFast(), restartSlow(), restartMoved(), oldSnapshot(), tornDisk(), diskFull(),
		slowHosts(), noisyNeighbours(), gcPauses(), vmFreeze(), clockDrift(),
		twoAdministrators(), rollingUpgrade(), mixedVersions(), versionUpgrade(), lateJoiners(),
	}
}

// troubled is a dozen servers with troubles, and a few outages of origins, so that there is something
// to be wrong about.
func troubled(name string, t Troubles) Scenario {
	s := stormy(name, Storm{Troubles: t, Outages: 4, OutageOrigins: 20})
	s.Servers, s.Origins = 12, 600
	return s
}

func restartFast() Scenario {
	s := troubled("restart-fast", Troubles{Restarts: 16})
	s.About = "servers crash and are back within 2 s, before a suspect's time to answer is over"
	s.Proves = "a new life beats what is said of the one before, and nobody waits for a dead one"
	return s
}

func restartSlow() Scenario {
	s := troubled("restart-slow", Troubles{LongCrashes: 6})
	s.About = "servers crash and are back after minutes, when all have long taken them for dead"
	s.Proves = "who was given up is taken back, and what it owned goes home without a gap"
	return s
}

func restartMoved() Scenario {
	s := troubled("restart-moved", Troubles{Moves: 12})
	s.About = "servers crash and are back within 2 s, or after minutes, each time at another address"
	s.Proves = "a server is found where it is now, also by those who hold it alive where it was"
	return s
}

func oldSnapshot() Scenario {
	s := troubled("old-snapshot", Troubles{Snapshots: 6})
	s.About = "servers crash twice, and return with what they had saved before the first time"
	s.Proves = "who is restored from an old snapshot begins a life that nobody takes for a past one"
	return s
}

func tornDisk() Scenario {
	s := troubled("torn-disk", Troubles{TornSaves: 10})
	s.About = "servers crash in the middle of a save, and find half of it when they return"
	s.Proves = "what is cut short is refused, and a server without a past begins anew"
	return s
}

func diskFull() Scenario {
	s := troubled("disk-full", Troubles{FullDisks: 6})
	s.About = "disks fill up: servers that start meanwhile cannot save which life they live, then crash"
	s.Proves = "a save that was lost without a word does no harm: the clock tells lives apart"
	return s
}

func slowHosts() Scenario {
	s := troubled("slow-hosts", Troubles{SlowHosts: 10, Restarts: 2})
	s.About = "servers take up to 8 ms for each input, so that others queue up and are handled late"
	s.Proves = "a server that lags behind accuses nobody wrongly for long, and condemns no origin"
	return s
}

func noisyNeighbours() Scenario {
	s := troubled("noisy-neighbours", Troubles{Neighbours: 8, Restarts: 2})
	s.About = "another tenant takes a server's processor in bursts of seconds, again and again"
	s.Proves = "bursts of slowness, too short to be noticed or just long enough, upset nobody"
	return s
}

func gcPauses() Scenario {
	s := troubled("gc-pauses", Troubles{Collections: 12, PausePreset: G1Pauses, Restarts: 2})
	s.About = "garbage collections stop servers for 40 ms, and now and then for half a second"
	s.Proves = "pauses shorter than a probe's time-out are nobody's business but the server's own"
	return s
}

func vmFreeze() Scenario {
	s := troubled("vm-freeze", Troubles{Collections: 6, PausePreset: VMFreeze})
	s.Duration += Span(2 * time.Minute) // a server that freezes twice in a row is given the time of both
	s.About = "virtual machines freeze for 10 to 60 s, and wake up in a world that has gone on"
	s.Proves = "who was away doubts itself first: it accuses nobody, and condemns no origin"
	return s
}

func clockDrift() Scenario {
	s := troubled("clock-drift", Troubles{Clocks: 8, Restarts: 2})
	s.About = "clocks run up to 1,000 ppm wrong, and servers start with one 10 minutes ahead or behind"
	s.Proves = "no promise depends on what time it is, if a server remembers which life it lives"
	return s
}

// twoAdministrators: one has the servers look for trouble twice as often as the other, and be twice as
// patient.
func twoAdministrators() Scenario {
	s := stormy("two-administrators", Storm{
		Crashes: 4, Pauses: 1, Partitions: 1, Outages: 4, OutageOrigins: 20,
	})
	s.About = "a third of the servers probe twice as often, suspect for longer and pull less often"
	s.Proves = "there is more than one administrator: the bounds of the slower configuration hold"
	s.Servers, s.Origins, s.Other = 12, 600, otherOffice()
	s.Other.SharePPM = rng.Percent(34)
	return s
}

// otherOffice is how the second administrator does things.
func otherOffice() *Other {
	return &Other{
		Tuning: Tuning{
			ProbeInterval: new(Span(500 * time.Millisecond)),
			ProbeTimeout:  new(Span(200 * time.Millisecond)),
			SuspicionMult: new(6), GossipNodes: new(4),
		},
		PullPeriod: new(Span(1500 * time.Millisecond)),
	}
}

func rollingUpgrade() Scenario {
	s := stormy("rolling-upgrade", Storm{
		Troubles: Troubles{Upgrades: maxStormFaults}, Outages: 4, OutageOrigins: 20,
	})
	s.About = "all servers are restarted one by one with another configuration, under load"
	s.Proves = "old and new work together at any mixture, and no origin goes unprobed meanwhile"
	s.Servers, s.Origins, s.Other = 12, 600, otherOffice()
	return s
}

// mixedVersions: a share of the servers has been upgraded and the rest never is.
func mixedVersions() Scenario {
	s := stormy("mixed-versions", Storm{
		Crashes: 4, Pauses: 1, Partitions: 1, Outages: 4, OutageOrigins: 20,
	})
	s.About = "a third of the servers speak another version of the wire format, throughout"
	s.Proves = "no message of another version is accepted, and each version checks every origin by itself"
	s.Servers, s.Origins = 12, 600
	s.Other = &Other{SharePPM: rng.Percent(34), Incompatible: true}
	return s
}

func versionUpgrade() Scenario {
	s := stormy("version-upgrade", Storm{
		Troubles: Troubles{Upgrades: maxStormFaults}, Outages: 4, OutageOrigins: 20,
	})
	s.About = "all servers are restarted one by one with another version of the wire format, under load"
	s.Proves = "every origin keeps a checker of either version meanwhile, and afterwards all are one again"
	s.Servers, s.Origins, s.Other = 12, 600, &Other{Incompatible: true}
	return s
}

func lateJoiners() Scenario {
	s := troubled("late-joiners", Troubles{Joins: 6, Restarts: 2})
	s.About = "servers join for the first time minutes after the others, one here, two there"
	s.Proves = "a newcomer gets the map before it checks, and takes over only what is its own"
	return s
}
