package file

import (
	"math"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

func stormFields() []field[scenarios.Storm] {
	type s = scenarios.Storm
	count := func(key, means string, of func(*s) *int) field[s] {
		return value(key, "how many "+means+", or from how many to how many",
			countRange(0, scenarios.MaxFaults, "such as 0-6"),
			func(s *s) span { return s.Count(of) }, func(s *s, r span) { s.SetCount(of, r) })
	}
	return []field[s]{
		scalar("from", "when faults may begin", length(),
			func(s *s) *scenarios.Span { return &s.From }).must().unlessPhased(),
		scalar("to", "when all are over", length(),
			func(s *s) *scenarios.Span { return &s.To }).must().unlessPhased(),
		count("crashes", "servers crash and return", func(s *s) *int { return &s.Crashes }),
		count("pauses", "servers stand still", func(s *s) *int { return &s.Pauses }),
		count("blocks", "servers have their sockets blocked", func(s *s) *int { return &s.Blocks }),
		count("leaves", "servers leave and return", func(s *s) *int { return &s.Leaves }),
		count("partitions", "times the network falls apart", func(s *s) *int { return &s.Partitions }),
		count("losses", "times every link loses packets", func(s *s) *int { return &s.Losses }),
		count("bursts", "times every link loses packets in bursts",
			func(s *s) *int { return &s.Bursts }),
		count("duplications", "times every link doubles or replays packets",
			func(s *s) *int { return &s.Duplications }),
		count("reorderings", "times packets are overtaken by later ones",
			func(s *s) *int { return &s.Reorderings }),
		count("corruptions", "times every link damages packets",
			func(s *s) *int { return &s.Corruptions }),
		count("outages", "outages of origins there are", func(s *s) *int { return &s.Outages }),
		count("uplinks", "times servers lose their uplinks", func(s *s) *int { return &s.Uplinks }),
		count("flaps", "origins go down and up again and again", func(s *s) *int { return &s.Flaps }),
		count("registrations", "times an operator registers origins",
			func(s *s) *int { return &s.Registrations }),
		count("unregistrations", "times an operator removes origins",
			func(s *s) *int { return &s.Unregistrations }),
		count("restarts", "servers crash and are back before anybody has noticed",
			func(s *s) *int { return &s.Restarts }),
		count("long_crashes", "servers crash and are back long after everybody has noticed",
			func(s *s) *int { return &s.LongCrashes }),
		count("snapshots", "servers crash twice and return with what they had saved before the first",
			func(s *s) *int { return &s.Snapshots }),
		count("torn_saves", "servers crash and return with their last save cut short",
			func(s *s) *int { return &s.TornSaves }),
		count("full_disks", "disks fill up, with a crash meanwhile and one after it",
			func(s *s) *int { return &s.FullDisks }),
		count("slow_hosts", "servers are slow for long", func(s *s) *int { return &s.SlowHosts }),
		count("neighbours", "servers are slow in bursts", func(s *s) *int { return &s.Neighbours }),
		count("collections", "servers stand still again and again",
			func(s *s) *int { return &s.Collections }),
		scalar("pause_preset", "what makes them stand still in collections; g1 if left out",
			word(scenarios.PausePresets()), func(s *s) *scenarios.PausePreset { return &s.PausePreset }),
		count("joins", "servers start only now", func(s *s) *int { return &s.Joins }),
		count("upgrades", "servers, from 0 on, restart with the other configuration, one by one",
			func(s *s) *int { return &s.Upgrades }),
		count("clocks", "servers have a clock that is wrong", func(s *s) *int { return &s.Clocks }),
		scalar("loss", "the most that one of the losses loses; 10% if left out", share(),
			func(s *s) *rng.PPM { return &s.LossPPM }),
		scalar("outage_origins", "how many origins go down in one outage; one if left out",
			whole[int](0, scenarios.MaxFaults), func(s *s) *int { return &s.OutageOrigins }),
	}
}

func trialFields() []field[scenarios.Trial] {
	type t = scenarios.Trial
	type span = scenarios.Span
	return []field[t]{
		scalar("kind", "what the group goes through", word(scenarios.TrialKinds()),
			func(t *t) *scenarios.TrialKind { return &t.Kind }).must(),
		scalar("from", "when it begins at the earliest", length(),
			func(t *t) *span { return &t.From }).must(),
		scalar("to", "when it begins at the latest", length(),
			func(t *t) *span { return &t.To }).must(),
		scalar("percent", "crashes: share of the servers that crash, in percent; 0 is a single one",
			whole[int](0, 100), func(t *t) *int { return &t.Percent }),
		scalar("within", "crashes: time over which they crash; 0s for all at one moment", length(),
			func(t *t) *span { return &t.Within }),
		scalar("down", "crashes: after how long each is back, without its disk; 0s for never",
			length(), func(t *t) *span { return &t.Down }),
		scalar("cut", "halves: how long they are apart", length(),
			func(t *t) *span { return &t.Cut }),
		scalar("slow", "slowness: how many servers are blocked", whole[int](0, scenarios.MaxServers),
			func(t *t) *int { return &t.Slow }),
		scalar("block", "slowness: how long each time", length(),
			func(t *t) *span { return &t.Block }),
		scalar("free", "slowness: how long they run in between", length(),
			func(t *t) *span { return &t.Free }),
		scalar("cycles", "slowness: for how long blocks go on beginning", length(),
			func(t *t) *span { return &t.Cycles }),
	}
}

func faultFields() []field[scenarios.Fault] {
	type f = scenarios.Fault
	return []field[f]{
		scalar("kind", "what goes wrong", word(scenarios.FaultKinds()),
			func(f *f) *scenarios.FaultKind { return &f.Kind }).must(),
		scalar("at", "when it begins", length(),
			func(f *f) *scenarios.Span { return &f.At }).must(),
		scalar("for", "how long it lasts; crashes, leaves and outages are for good without", length(),
			func(f *f) *scenarios.Span { return &f.For }),
		numbers("hosts", "the servers it strikes, or at which an operator works: [0, 4-7]",
			scenarios.MaxServers, func(f *f) *[]node.ID { return &f.Hosts }),
		numbers("origins", "the origins it strikes, or that an operator speaks of: [0-19, 33]",
			scenarios.MaxOrigins, func(f *f) *[]uint32 { return &f.Origins }),
		scalar("keep", "whether a crashed server returns with what it saved", flag(),
			func(f *f) *bool { return &f.Keep }),
		scalar("old", "crash: how old the snapshot is with which a server returns that keeps its disk",
			length(), func(f *f) *scenarios.Span { return &f.Old }),
		scalar("torn", "crash: whether the last save is cut short", flag(),
			func(f *f) *bool { return &f.Torn }),
		scalar("cost", "slow: how long a server takes for each input; 1ms if left out", length(),
			func(f *f) *scenarios.Span { return &f.Cost }),
		scalar("rate_ppm", "clock: how much too fast it runs, in millionths; negative is too slow",
			whole[int](-scenarios.MaxRatePPM, scenarios.MaxRatePPM),
			func(f *f) *int { return &f.RatePPM }),
		scalar("offset", "clock: by how much the wall clock is ahead; negative is behind", shift(),
			func(f *f) *scenarios.Span { return &f.Offset }),
		scalar("one_way", "whether a partition leaves the way back open", flag(),
			func(f *f) *bool { return &f.OneWay }),
		scalar("loss", "share of packets that every link loses", share(),
			func(f *f) *rng.PPM { return &f.LossPPM }),
		scalar("good_packets", "burst-loss: packets that a link is good for, on average",
			whole[int](0, netmodel.MaxGoodLength), func(f *f) *int { return &f.GoodPackets }),
		scalar("bad_packets", "burst-loss: packets that it is bad for, on average",
			whole[int](0, netmodel.MaxBadLength), func(f *f) *int { return &f.BadPackets }),
		scalar("share", "duplicate, reorder, corrupt: share of packets that it strikes", share(),
			func(f *f) *rng.PPM { return &f.SharePPM }),
		scalar("by", "duplicate, reorder: by how much it makes them late at most", length(),
			func(f *f) *scenarios.Span { return &f.By }),
		scalar("definition", "by which definition registered origins are checked",
			whole[uint16](0, math.MaxUint16), func(f *f) *uint16 { return &f.Definition }),
	}
}
