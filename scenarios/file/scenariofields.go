package file

import (
	"butterfly/scenarios"
	"butterfly/sim/form"
	"butterfly/sim/rng"
)

// scenarioFields is the whole form of a file, in the order in which it is printed.
func scenarioFields() []field[document] {
	type s = document
	return []field[s]{
		scalar("name", "what reports and bundles call the scenario", name(),
			func(s *s) *string { return &s.Name }).must(),
		scalar("about", "what happens, in one line", line(), func(s *s) *string { return &s.About }),
		scalar("proves", "what a green run shows, in one line", line(),
			func(s *s) *string { return &s.Proves }),
		scalar("expect_fail", "whether the scenario is there to be found failing", form.Bool(),
			func(s *s) *bool { return &s.ExpectFail }),
		value("servers", "how many servers, or from how many to how many: 64 or 5-64",
			countRange(1, scenarios.MaxServers, "such as 5-64"), servers, setServers).must(),
		value("origins", "how many origins a cluster checks, or from how many to how many: 50-500",
			countRange(1, scenarios.MaxOrigins, "such as 50-500"), origins, setOrigins),
		scalar("unregistered",
			"how many of the origins, those of the highest numbers, nobody knows of at first",
			form.Whole[int](0, scenarios.MaxOrigins), func(s *s) *int { return &s.Unregistered }),
		scalar("merge", "how replicas of a cluster merge concurrent writes; siblings if left out",
			form.Words(scenarios.Merges()...), func(s *s) *scenarios.Merge { return &s.Merge }),
		scalar("design", "whose servers a cluster has; ours if left out",
			form.Words(scenarios.Designs()...), func(s *s) *scenarios.Design { return &s.Design }),
		scalar("datacenters", "how many clusters, each a world of its own; 0 for a single one",
			form.Whole[int](0, scenarios.MaxDatacenters), func(s *s) *int { return &s.Datacenters }),
		section("other", "how some of a cluster's servers are configured that are not like the rest",
			otherFields(), func(s *s) **scenarios.Other { return &s.Other }),
		scalar("duration", "length of the run, faults and what comes after them included", length(),
			func(s *s) *scenarios.Span { return &s.Duration }).must().unlessPhased(),
		section("phases", "how long the parts of the run are, in place of its duration and of from and to",
			phaseFields(), func(s *s) **phases { return &s.phases }),
		value("paced", "whether a run may take longer if it is given settings that need more time",
			form.Bool(), func(s *s) bool { return s.Paced() },
			func(s *s, paced bool) { s.SetPaced(paced) }),
		scalar("latency", "one-way delay between servers: 500us, 50us..500us, lognormal(0.5ms, 0.8)",
			latency(), func(s *s) *scenarios.Latency { return &s.Latency }).must(),
		value("loss", "share of packets lost on every link throughout, or a range: 5% or 0%-5%",
			shareRange(), loss, setLoss),
		scalar("racks", "how many racks the servers stand in, filled one after the other",
			form.Whole[int](0, scenarios.MaxServers), func(s *s) *int { return &s.Racks }),
		values("places", "cities, or zones of cities, in which the servers stand, each in the next: "+
			"[london, tokyo/a]", "[london, tokyo/a]", scenarios.MaxPlaces, site(),
			func(s *s) *[]string { return &s.Places }),
		list("regions", "in which the servers stand instead, each in the next, and the round trips "+
			"between them: a row each", scenarios.MaxPlaces, regionFields(),
			func(s *s) *[]scenarios.Region { return &s.Regions }),
		scalar("bare_carrier", "whether datagrams go without checksum and key: nothing is promised then",
			form.Bool(), func(s *s) *bool { return &s.BareCarrier }),
		section("group", "makes the servers members of SWIM and nothing else", groupFields(),
			func(s *s) **scenarios.Group { return &s.Group }),
		section("replicas", "makes the servers replicas of the map and nothing else", replicasFields(),
			func(s *s) **scenarios.Replicas { return &s.Replicas }),
		section("cap", "makes the servers replicas of registers and seats, with clients", capFields(),
			func(s *s) **scenarios.Cap { return &s.Cap }),
		section("schedule", "makes messages late by who sends them, to find bugs of their order",
			scheduleFields(), func(s *s) **scenarios.Schedule { return &s.Schedule }),
		section("storm", "faults that the seed draws for a cluster or for replicas", stormFields(),
			func(s *s) **scenarios.Storm { return &s.Storm }),
		section("trial", "what a group goes through, drawn by the seed", trialFields(),
			func(s *s) **scenarios.Trial { return &s.Trial }),
		list("rates", "faults that come so often on average, drawn by the seed", scenarios.MaxRates,
			rateFields(), func(s *s) *[]scenarios.Rate { return &s.Rates }),
		scalar("budget", "whether what the seed draws stays inside the fault budget; on if left out",
			form.Words(scenarios.Budgets()...), func(s *s) *scenarios.Budget { return &s.Budget }),
		section("checkers", "how the run is judged, where that is not by all promises with their own bounds",
			checkerFields(), func(s *s) **scenarios.Checkers { return &s.Checkers }),
		list("faults", "what goes wrong, and when", scenarios.MaxFaults, faultFields(),
			func(s *s) *[]scenarios.Fault { return &s.Faults }),
	}
}

// servers is between how many servers there are; [scenarios.Vary] says so if it is not one number.
func servers(s *document) span {
	if s.Vary != nil && s.Vary.Servers != nil {
		return *s.Vary.Servers
	}
	return span{Least: s.Servers, Most: s.Servers}
}

func setServers(s *document, r span) {
	s.Servers = r.Most
	if r.Least < r.Most {
		vary(s).Servers = &r
	}
}

// origins is between how many origins there are.
func origins(s *document) span {
	if s.Vary != nil && s.Vary.Origins != nil {
		return *s.Vary.Origins
	}
	return span{Least: s.Origins, Most: s.Origins}
}

func setOrigins(s *document, r span) {
	s.Origins = r.Most
	if r.Least < r.Most {
		vary(s).Origins = &r
	}
}

// loss is between which shares of packets are lost.
func loss(s *document) scenarios.Range[rng.PPM] {
	if s.Vary != nil && s.Vary.LossPPM != nil {
		return *s.Vary.LossPPM
	}
	return scenarios.Range[rng.PPM]{Least: s.LossPPM, Most: s.LossPPM}
}

func setLoss(s *document, r scenarios.Range[rng.PPM]) {
	s.LossPPM = r.Most
	if r.Least < r.Most {
		vary(s).LossPPM = &r
	}
}

// vary is what the seed draws of a scenario that is being read.
func vary(s *document) *scenarios.Vary {
	if s.Vary == nil {
		s.Vary = &scenarios.Vary{}
	}
	return s.Vary
}
