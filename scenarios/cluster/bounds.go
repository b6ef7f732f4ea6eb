package cluster

import (
	"math/bits"
	"time"

	"butterfly/node/agent"
	"butterfly/node/health"
	"butterfly/node/swim"
	"butterfly/scenarios"
)

// Bounds are the times within which things must have happened, all computed from the configuration,
// the size of the cluster and the faults of the plan.
type Bounds struct {
	// Detection: from a crash until every server connected with it knows, while the network is
	// whole.
	Detection swim.DetectionTerms
	// Alone: the same for a server that has nobody to hear it from. It is what a small side of a
	// partition needs to find out about the many servers it has lost: it probes one of them a
	// period.
	Alone time.Duration
	// Pause: for how long a server of the plan is paused, slow or blocked at most while it is to find out
	// whom it has lost and to take over from them, and by how much a slow clock makes all else longer.
	// Whoever is to notice something may be standing still.
	Pause time.Duration
	// Rumour: how long a server may be misled that hears, across a cut that lets nothing out, of
	// others that have come back or refuted an accusation: it has to find out once more that it
	// cannot reach them, and again for each further one-way cut: who hears nobody accuses everybody. 0
	// if nothing goes on during a one-way cut that could bring that about.
	Rumour time.Duration
	// Heal: from the end of a partition until both sides have found each other again.
	Heal time.Duration
	// Spread: until news has reached every replica of the map.
	Spread time.Duration
	// Silence: how long news may be kept from spreading by blocked streams, by which it travels.
	Silence time.Duration
	// Detour: how much longer news may take to reach a server that sees the others only through some.
	Detour time.Duration
	// Unable: for how long an origin is probed in vain at most, by servers that can open no sockets.
	Unable time.Duration
	// Join: how long a server takes after its start until it checks.
	Join time.Duration
	// Gap: how long an origin may go unprobed after a disturbance, in its parts. A small side of a
	// partition may take longer; see [Bounds.Extra].
	Gap health.Gap
	// Notice: how long until every server of a side knows what an operator told one of them.
	Notice time.Duration
	// Verdict: from a change of an origin until its checker says so.
	Verdict time.Duration

	servers int
	period  time.Duration // of probing
	// accusers is how many it takes to shorten a suspicion, lonely how much longer it lasts without.
	accusers int
	lonely   time.Duration
}

// NewBounds computes the bounds for a scenario that has been expanded. Where some servers are
// configured in another way they hold whichever of the two the servers concerned have.
func NewBounds(s *scenarios.Scenario, config *agent.Config) Bounds {
	b := boundsBy(s, config)
	if other, any, err := OtherConfig(s); any && err == nil {
		o := boundsBy(s, &other)
		b.widen(&o)
	}
	b.Pause = standstill(s.Faults, b.Alone+b.Rumour+b.Join) + b.lag(s.Faults)
	b.Gap = health.GapBound(b.Detection.Total()+b.Rumour+b.Pause+b.Join, config.Health)
	b.Notice = b.Spread + b.Silence + b.Detour + b.Pause + b.Join
	b.Unable = withoutSockets(s, config.Health, b.Spread)
	b.Verdict = health.VerdictBound(config.Health)
	return b
}

// boundsBy are those that the failure detector and the gossip of one configuration set.
func boundsBy(s *scenarios.Scenario, config *agent.Config) Bounds {
	b := Bounds{
		servers:   s.Servers,
		period:    config.Swim.ProbeInterval,
		Detection: config.Swim.DetectionTerms(s.Servers),
		Spread:    SpreadBound(s.Servers, config),
		Join:      config.JoinGrace,
	}
	b.Silence = withoutStreams(s.Faults, b.Spread)
	b.Detour = throughBridges(s, config, b.Spread)
	b.Alone = time.Duration(2*s.Servers)*config.Swim.ProbeInterval +
		config.Swim.VerdictBound(s.Servers)
	b.accusers = 1 + config.Swim.Confirmations(s.Servers)
	b.lonely = config.Swim.VerdictBound(s.Servers) - b.Detection.Suspicion
	b.Rumour = time.Duration(rumours(s.Faults)) * b.Detection.Total()
	// Two turns of the exchange that tries dead members too: the first may be lost or meet a server
	// that is away; then everybody has to refute what was said of it on the other side.
	b.Heal = (2*time.Duration(config.Swim.HealEvery)+1)*config.Swim.SyncPause(s.Servers) +
		b.Detection.Spread
	return b
}

// SpreadBound is how long the map needs to carry news to every one of n replicas, but for a chance
// far below one in a million. Pulling reaches all after log2 n + log2 ln n + 1 rounds on average,
// and each two further rounds make being missed ten times less likely (exact chain of synchronous
// pull, 4 to 1024 replicas): so the mean, and 16 rounds for a millionth of a percent, and one
// time-out for a pull that was under way to a dead server.
func SpreadBound(n int, config *agent.Config) time.Duration {
	log2n := bits.Len(uint(max(1, n-1)))
	rounds := log2n + bits.Len(uint(log2n)) + 1 + 16
	return time.Duration(rounds)*config.Gossip.Period + config.Gossip.Timeout
}

// Membership is how long the group needs to agree on who is in it, after the last fault.
func (b *Bounds) Membership() time.Duration { return b.Detection.Total() + b.Pause + b.Heal }

// Completeness is how long a crash may go unnoticed by a server, whatever else goes wrong
// meanwhile.
func (b *Bounds) Completeness() time.Duration { return max(b.Membership(), b.Alone+b.Pause) }

// Ownership is how long until each origin has one checker and all know it, after the last fault:
// the group agrees, the owner starts and claims, and the claim spreads.
func (b *Bounds) Ownership() time.Duration {
	return b.Membership() + b.Join + b.Verdict + b.Spread
}

// Convergence is how long a write may take to reach every replica.
func (b *Bounds) Convergence() time.Duration { return b.Ownership() + b.Spread }

// Checked is how long it may take a side of so many live servers, after anything has happened to any of
// them, until somebody checks every origin who can, and ever after.
func (b *Bounds) Checked(live int) time.Duration { return b.Gap.Total() + b.Extra(live) + b.Unable }

// Known is how long a change of an origin that is checked may take to be known to its whole side: its
// checker finds out, and the news spreads.
func (b *Bounds) Known() time.Duration { return b.Verdict + b.Spread + b.Silence + b.Detour }

func (b *Bounds) knownTerms() string {
	return terms{
		{"verdict", b.Verdict}, {"spread", b.Spread}, {"blocked streams", b.Silence}, {"bridges", b.Detour},
	}.String()
}

// Truth is how long a change of an origin may take to be known everywhere when no fault is on:
// somebody checks it, finds out, and the news spreads.
func (b *Bounds) Truth() time.Duration { return b.Ownership() + b.Verdict + b.Spread }

// Settle is how long a run has to go on after its last fault for everything to be judged.
func (b *Bounds) Settle() time.Duration {
	return max(b.Completeness(), b.Convergence(), b.Truth())
}

// Extra is how much longer than Gap it may take a side on which only live of all servers are left. They
// are the only ones to probe the others, and it takes them the more periods to come by any one of them
// the fewer they are, and when they are too few to confirm each other's suspicions, those last longer;
// but never more than each would need alone.
func (b *Bounds) Extra(live int) time.Duration {
	whole := b.Detection.FirstProbe
	extra := whole*time.Duration(b.servers)/time.Duration(max(1, live)) - whole
	if live <= b.accusers {
		extra += b.lonely
	}
	return max(0, min(extra, b.Alone-b.Detection.Total()))
}
