package file

import (
	"math"
	"slices"

	"butterfly/scenarios"
	"butterfly/sim/form"
	"butterfly/sim/rng"
)

func groupFields() []field[scenarios.Group] {
	type g = scenarios.Group
	type span = scenarios.Span
	return slices.Concat([]field[g]{
		scalar("preset", "parameters to start from", form.Words(scenarios.Presets()...),
			func(g *g) *scenarios.Preset { return &g.Preset }).must(),
		scalar("rules", "whose protocol it is", form.Words(scenarios.RuleSets()...),
			func(g *g) *scenarios.Rules { return &g.Rules }).must(),
		scalar("lifeguard", "which parts of Lifeguard are on; as the preset has them if left out",
			form.Words(scenarios.Lifeguards()...),
			func(g *g) *scenarios.Lifeguard { return &g.Lifeguard }),
	}, tuningFields(func(g *g) *scenarios.Tuning { return &g.Tuning }), []field[g]{
		scalar("join_every", "time between two servers' joining; 0s for a group formed long ago",
			length(), func(g *g) *span { return &g.JoinEvery }),
		scalar("update_at", "when server 0 gives itself new metadata; 0s for never", length(),
			func(g *g) *span { return &g.UpdateAt }),
	})
}

// tuningFields are those of what a T changes about the failure detector.
func tuningFields[T any](of func(*T) *scenarios.Tuning) []field[T] {
	type span = scenarios.Span
	return []field[T]{
		optional("probe_interval", "the protocol period: one probe each", length(),
			func(t *T) **span { return &of(t).ProbeInterval }),
		optional("probe_timeout", "how long a ping may stay unanswered before helpers are asked",
			length(), func(t *T) **span { return &of(t).ProbeTimeout }),
		optional("k", "how many helpers are asked when a ping stays unanswered",
			form.Whole[int](0, math.MaxUint8), func(t *T) **int { return &of(t).IndirectProbes }),
		optional("fallback", "whether a probe's last attempt is made on a stream", form.Bool(),
			func(t *T) **bool { return &of(t).StreamProbe }),
		optional("suspicion_mult", "scales how long a suspect has to answer; 0 is no suspicion",
			form.Whole[int](0, scenarios.MaxMult), func(t *T) **int { return &of(t).SuspicionMult }),
		optional("retransmit_mult", "scales how often a member passes on one piece of news",
			form.Whole[int](1, scenarios.MaxMult), func(t *T) **int { return &of(t).RetransmitMult }),
		optional("gossip_interval", "time between rounds of gossip; 0s leaves all to the probes",
			length(), func(t *T) **span { return &of(t).GossipInterval }),
		optional("fanout", "to how many members one round of gossip goes",
			form.Whole[int](1, scenarios.MaxFanout), func(t *T) **int { return &of(t).GossipNodes }),
	}
}

// otherFields are those of servers that are configured in another way.
func otherFields() []field[scenarios.Other] {
	type o = scenarios.Other
	return slices.Concat([]field[o]{
		scalar("share", "share of the servers that are so from the start, those of the highest numbers",
			form.Share(), func(o *o) *rng.PPM { return &o.SharePPM }),
	}, tuningFields(func(o *o) *scenarios.Tuning { return &o.Tuning }), []field[o]{
		optional("pull_period", "time between two pulls of the map", length(),
			func(o *o) **scenarios.Span { return &o.PullPeriod }),
		scalar("incompatible", "whether they speak another version of the wire format, and form a cluster "+
			"of their own", form.Bool(), func(o *o) *bool { return &o.Incompatible }),
	})
}

func replicasFields() []field[scenarios.Replicas] {
	type r = scenarios.Replicas
	return []field[r]{
		scalar("keys", "how many keys the map has", form.Whole[int](1, scenarios.MaxOrigins),
			func(r *r) *int { return &r.Keys }).must(),
		scalar("writes", "how many writes a second, on all servers together",
			form.Whole[int](0, scenarios.MaxWrites), func(r *r) *int { return &r.Writes }),
		scalar("removals", "share of writes that remove a key", form.Share(),
			func(r *r) *rng.PPM { return &r.RemovalsPPM }),
		scalar("mode", "which way news travels", form.Words(scenarios.Modes()...),
			func(r *r) *scenarios.Mode { return &r.Mode }).must(),
		scalar("fanout", "how many contacts a round begins", form.Whole[int](1, scenarios.MaxFanout),
			func(r *r) *int { return &r.Fanout }).must(),
		scalar("period", "time between two rounds of a replica", length(),
			func(r *r) *scenarios.Span { return &r.Period }).must(),
		scalar("timer", "when rounds begin", form.Words(scenarios.Timers()...),
			func(r *r) *scenarios.Timer { return &r.Timer }).must(),
		scalar("jitter", "by how much at most a round begins late", length(),
			func(r *r) *scenarios.Span { return &r.Jitter }),
		scalar("limit", "the most entries one answer has; 0 for no limit",
			form.Whole[int](0, scenarios.MaxOrigins), func(r *r) *int { return &r.Limit }),
		scalar("collect", "whether tombstones are collected and lives retired", form.Bool(),
			func(r *r) *bool { return &r.Collect }),
	}
}

func capFields() []field[scenarios.Cap] {
	type c = scenarios.Cap
	return []field[c]{
		scalar("replication", "how the servers keep the same", form.Words(scenarios.Replications()...),
			func(c *c) *scenarios.Replication { return &c.Replication }).must(),
		scalar("clients", "how many clients there are", form.Whole[int](1, scenarios.MaxClients),
			func(c *c) *int { return &c.Clients }).must(),
		scalar("keys", "how many registers there are", form.Whole[int](1, scenarios.MaxOrigins),
			func(c *c) *int { return &c.Keys }).must(),
		scalar("seats", "how many seats are for sale", form.Whole[int](1, scenarios.MaxSeats),
			func(c *c) *int { return &c.Seats }).must(),
		scalar("think", "how long a client thinks before its next question, on average", length(),
			func(c *c) *scenarios.Span { return &c.Think }).must(),
		scalar("timeout", "how long a client waits for an answer", length(),
			func(c *c) *scenarios.Span { return &c.Timeout }).must(),
		scalar("buys", "share of operations that buy a seat", form.Share(),
			func(c *c) *rng.PPM { return &c.BuyPPM }),
		scalar("own", "whether clients insist on reading their own writes", form.Bool(),
			func(c *c) *bool { return &c.Own }),
	}
}
