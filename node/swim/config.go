package swim

import (
	"fmt"
	"math"
	"time"

	"butterfly/node"
)

// Config holds the protocol's parameters. All members of a group should agree on them: a member
// with a shorter suspicion timeout decides for all others. [Preset] names the usual choices.
type Config struct {
	// ProbeInterval is the protocol period T': every member probes one other member per interval.
	// Shorter detects sooner, for proportionally more datagrams.
	ProbeInterval time.Duration
	// ProbeTimeout is how long a direct ping may stay unanswered before helpers are asked. It must
	// leave time in the interval for the way through a helper: three round trips are enough (SWIM,
	// section 3.1). Shorter asks helpers for nothing, longer leaves them less time.
	ProbeTimeout time.Duration
	// IndirectProbes is K, the number of helpers asked. 0 asks nobody: a single lost datagram then
	// fails the probe. More forgive more loss, for 4 datagrams each per unanswered ping.
	IndirectProbes int
	// StreamProbe makes the last attempt of a probe on a stream, while the helpers try: a network
	// that loses datagrams, or lets none through, then accuses nobody. One connection per
	// unanswered ping.
	StreamProbe bool

	// LocalHealthMax bounds Lifeguard's local health multiplier (section IV.A): a member whose own
	// probes fail for want of helpers gives the next up to LocalHealthMax intervals. The score runs
	// from 0 to LocalHealthMax-1, as in memberlist. 0 or 1 switches it off. Larger makes a slow
	// member accuse less, and one that has lost many members at once find out about them slowly.
	LocalHealthMax int
	// NackPercent is after which part of its ProbeTimeout a helper without an ack says so, in
	// percent. Lifeguard has 80, memberlist 100, too late to count in the first interval. 0 sends
	// none, and every failed probe counts against the local health.
	NackPercent int
	// SuspicionMult scales how long a suspect has to answer when enough members have accused it:
	// SuspicionMult * max(1, log10 n) * ProbeInterval. 0 is SWIM without suspicion: a failed probe
	// is a death. Larger forgives longer silences and detects crashes later.
	SuspicionMult int
	// SuspicionMaxMult scales that time while it has a single accuser: it shrinks from
	// SuspicionMaxMult times the above as SuspicionMult-2 others join in (Lifeguard, section IV.B).
	// 1 gives everybody the shortest time. Larger protects from accusers that are slow themselves.
	SuspicionMaxMult int
	// Buddy begins each datagram to a suspect with the accusation, so that it can answer at once
	// (Lifeguard, section IV.C). The price is one update.
	Buddy bool
	// Contradict tells who is held dead or has left so with the next datagram to it, and answers who
	// brings an accusation of this member directly, where memberlist leaves both to gossip. It also
	// remembers at which incarnation a member died after it has forgotten all else, for who comes
	// back can be told what to refute. One update each.
	Contradict bool
	// SelfDoubt holds the verdicts of a member that has itself been away back: one that nobody has
	// spoken to for a while counts its own accusation only, and one that is spoken to again, or
	// wakes up late, first listens for as long as a suspect has to answer. Not in memberlist. The
	// price: one that is really alone takes SuspicionMaxMult times as long to notice.
	SelfDoubt bool

	// RetransmitMult scales how often one member passes on one update: RetransmitMult *
	// ceil(log10(n+1)). Larger misses fewer members and fills datagrams for longer.
	RetransmitMult int
	// DatagramBytes bounds a datagram, and so the news it carries. It must be below the MTU.
	DatagramBytes int
	// GossipInterval is the time between two rounds of gossip, while there is news. 0 leaves all to
	// the datagrams of the probes, as SWIM does. Shorter spreads news faster, for more datagrams.
	GossipInterval time.Duration
	// GossipNodes is the fan-out: to how many members one round goes.
	GossipNodes int
	// Multicast tells every change that this member finds out itself to all others at once, and
	// passes on nothing: the SWIM paper's baseline, for n datagrams per change.
	Multicast bool

	// SyncInterval is the time between two exchanges of whole tables with a random member, in a
	// group of up to 32; see [Config.SyncPause]. 0 makes none but to join. Shorter repairs what
	// gossip missed sooner, for n entries each way per exchange.
	SyncInterval time.Duration
	// SyncDigest begins an exchange with the digests of the tables, and ends it there if they are
	// equal, as they are at rest: it then takes as little in a large group as in a small one. Not in
	// memberlist. The price is a second round trip where they differ.
	SyncDigest bool
	// SyncTimeout is how long such an exchange may take.
	SyncTimeout time.Duration
	// HealEvery makes every HealEvery-th exchange choose among the dead members and the seeds that
	// are not in the group, so that the two sides of a partition find each other again. Not in
	// memberlist, which has 0: never. 1 leaves no exchange for the living while anybody is dead.
	HealEvery int
	// Seeds are members to join through; the node itself may be among them. A node without another
	// seed starts a group of its own.
	Seeds []node.ID
	// Founders makes the nodes 0 to Founders-1 members from the start, of one another and in the
	// eyes of all: a group that has formed long ago. 0 is the usual way, by joining.
	Founders int
	// JoinRetry is the pause before the next seed is tried.
	JoinRetry time.Duration

	// DeadRetention is how long a dead or left member is part of the exchanges, and gossiped to if it
	// is dead. Longer tells more of those that missed the news; the price is an entry in every
	// exchange. Afterwards it is unknown to others but not to healing, and old news cannot bring it
	// back.
	DeadRetention time.Duration
	// FinalDeath makes a death the last word about a member, at any incarnation: "Confirm overrides"
	// (SWIM, section 4.2). A member that hears of its own stops.
	FinalDeath bool
	// Hearsay makes an accusation found in an exchange our own, as memberlist does: it then counts as
	// a confirmation, though nobody has probed the suspect once more.
	Hearsay bool
	// CountGone counts the dead and the left that are remembered as members when timeouts and
	// limits are computed from the size of the group, as memberlist does.
	CountGone bool

	// MaxClockSkew bounds how far ahead of ours another node's clock may be. Claims about lives
	// begun later than that are ignored as corrupt; too small a bound shuts honest members out.
	MaxClockSkew time.Duration
	// MaxMembers bounds the IDs a node accepts, 0 <= id < MaxMembers, and so its memory: 20 bytes
	// each. At most [node.MaxIDs].
	MaxMembers int
}

const (
	// MaxMetadata bounds a member's metadata in bytes, as in memberlist.
	MaxMetadata = 512
	// MaxPayload bounds the payload of a broadcast in bytes, as Serf bounds its user events.
	MaxPayload = 512
	// MaxDatagramUpdates bounds the updates read from one datagram, whoever sent it, and
	// MaxDatagramBroadcasts the broadcasts.
	MaxDatagramUpdates, MaxDatagramBroadcasts = 255, 255
	// maxSuspicion bounds the longest suspicion of a group of ten. That of the largest group is six
	// times as long, and in thousandths of that there is no overflow yet.
	maxSuspicion = 10 * 24 * time.Hour
	// MinDatagramBytes is room for a header, an accusation of the receiver, one update with 17 bytes
	// of metadata, and one broadcast with 19.
	MinDatagramBytes = 96
)

// DefaultConfig returns what our servers run: [Lan] for one data centre, but faster where a round
// trip takes less than a millisecond, and without the local health multiplier: it slows the probes
// of the small side of a partition, where haste matters most, and SelfDoubt does its work.
func DefaultConfig() Config {
	c := Lan()
	c.ProbeTimeout = 300 * time.Millisecond
	c.LocalHealthMax = 1
	c.SyncInterval = 5 * time.Second
	c.SyncTimeout = 2 * time.Second
	c.HealEvery = 3
	c.DeadRetention = 5 * time.Minute
	return c
}

// Validate says what is wrong with the first field that is out of its range, or nil.
func (c Config) Validate() error {
	if err := c.validateSpans(); err != nil {
		return err
	}
	if err := c.validateCounts(); err != nil {
		return err
	}
	if c.ProbeTimeout >= c.ProbeInterval {
		return fmt.Errorf("swim: ProbeTimeout %v leaves no time for helpers in ProbeInterval %v",
			c.ProbeTimeout, c.ProbeInterval)
	}
	if c.SuspicionMult > int(maxSuspicion/c.ProbeInterval)/(c.SuspicionMaxMult+1) {
		return fmt.Errorf("swim: SuspicionMult is %d, must be at most %d with ProbeInterval %v and "+
			"SuspicionMaxMult %d, or a suspicion would last more than %v", c.SuspicionMult,
			int(maxSuspicion/c.ProbeInterval)/(c.SuspicionMaxMult+1), c.ProbeInterval,
			c.SuspicionMaxMult, maxSuspicion)
	}
	if c.GossipInterval > 0 && c.GossipNodes == 0 {
		return fmt.Errorf("swim: GossipNodes is 0, must be 1 or more when there is a GossipInterval")
	}
	for _, seed := range c.Seeds {
		if int(seed) >= c.MaxMembers {
			return fmt.Errorf("swim: seed %d is beyond MaxMembers %d", seed, c.MaxMembers)
		}
	}
	return nil
}

func (c Config) validateSpans() error {
	spans := []struct {
		name             string
		value, low, high time.Duration
	}{
		{"ProbeInterval", c.ProbeInterval, time.Millisecond, time.Hour},
		{"ProbeTimeout", c.ProbeTimeout, 1, time.Hour},
		{"GossipInterval", c.GossipInterval, leastInterval(c.GossipInterval), time.Hour},
		{"SyncInterval", c.SyncInterval, leastInterval(c.SyncInterval), 24 * time.Hour},
		{"SyncTimeout", c.SyncTimeout, 1, time.Hour},
		{"JoinRetry", c.JoinRetry, 1, time.Hour},
		{"DeadRetention", c.DeadRetention, 1, math.MaxInt64},
		{"MaxClockSkew", c.MaxClockSkew, 1, math.MaxInt64},
	}
	for _, s := range spans {
		if s.value < s.low || s.value > s.high {
			return fmt.Errorf("swim: %s is %v, must be %v to %v", s.name, s.value, s.low, s.high)
		}
	}
	return nil
}

// leastInterval is the least value of an interval that may also be 0, for never.
func leastInterval(interval time.Duration) time.Duration {
	if interval == 0 {
		return 0
	}
	return time.Millisecond
}

func (c Config) validateCounts() error {
	counts := []struct {
		name             string
		value, low, high int
	}{
		{"IndirectProbes", c.IndirectProbes, 0, math.MaxUint8},
		{"LocalHealthMax", c.LocalHealthMax, 0, math.MaxUint8},
		{"NackPercent", c.NackPercent, 0, 100},
		{"SuspicionMult", c.SuspicionMult, 0, 1000},
		{"SuspicionMaxMult", c.SuspicionMaxMult, 1, 1000},
		{"RetransmitMult", c.RetransmitMult, 1, 1000},
		{"DatagramBytes", c.DatagramBytes, MinDatagramBytes, math.MaxUint16},
		{"GossipNodes", c.GossipNodes, 0, math.MaxUint8},
		{"HealEvery", c.HealEvery, 0, math.MaxInt32},
		{"MaxMembers", c.MaxMembers, 1, node.MaxIDs},
		{"Founders", c.Founders, 0, c.MaxMembers},
	}
	for _, n := range counts {
		if n.value < n.low || n.value > n.high {
			return fmt.Errorf("swim: %s is %d, must be %d to %d", n.name, n.value, n.low, n.high)
		}
	}
	return nil
}
