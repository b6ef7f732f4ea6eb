package swim

import (
	"fmt"
	"math"
	"time"
)

// Lan returns memberlist's parameters for one local network (v0.7.0, DefaultLANConfig), with our
// rules: Contradict, SelfDoubt, SyncDigest, HealEvery, and nacks early enough to count.
func Lan() Config {
	return Config{
		ProbeInterval: time.Second, ProbeTimeout: 500 * time.Millisecond,
		IndirectProbes: 3, StreamProbe: true,
		LocalHealthMax: 8, NackPercent: 80, SuspicionMult: 4, SuspicionMaxMult: 6,
		Buddy: true, Contradict: true, SelfDoubt: true,
		RetransmitMult: 4, DatagramBytes: 1400,
		GossipInterval: 200 * time.Millisecond, GossipNodes: 3,
		SyncInterval: 30 * time.Second, SyncTimeout: 10 * time.Second,
		SyncDigest: true, HealEvery: 2,
		JoinRetry: time.Second, DeadRetention: 30 * time.Second,
		MaxClockSkew: time.Hour, MaxMembers: 1 << 14,
	}
}

// Wan returns memberlist's parameters for a wide area network (v0.7.0, DefaultWANConfig): everything
// slower and more patient.
func Wan() Config {
	c := Lan()
	c.ProbeInterval, c.ProbeTimeout = 5*time.Second, 3*time.Second
	c.SuspicionMult = 6
	c.GossipInterval, c.GossipNodes = 500*time.Millisecond, 4
	c.SyncInterval, c.SyncTimeout = time.Minute, 30*time.Second
	c.DeadRetention = time.Minute
	return c
}

// Local returns memberlist's parameters for members on one machine (v0.7.0, DefaultLocalConfig):
// everything faster.
func Local() Config {
	c := Lan()
	c.ProbeTimeout = 200 * time.Millisecond
	c.IndirectProbes = 1
	c.SuspicionMult = 3
	c.RetransmitMult = 2
	c.GossipInterval = 100 * time.Millisecond
	c.SyncInterval, c.SyncTimeout = 15*time.Second, time.Second
	c.DeadRetention = 15 * time.Second
	return c
}

// Suspicion returns the SWIM paper's full protocol, as its experiments ran it (section 5: T' = 2 s,
// K = 1, at most 6 updates on a datagram, 3 log(N+1) periods to answer and messages per update).
// log is taken as the natural logarithm: 3 ln n = 7 log10 n.
func Suspicion() Config {
	return Config{
		ProbeInterval: 2 * time.Second, ProbeTimeout: 500 * time.Millisecond, IndirectProbes: 1,
		SuspicionMult: 7, SuspicionMaxMult: 1,
		RetransmitMult: 7, DatagramBytes: 110, // 6 updates, which take 135 in the paper
		SyncTimeout: 2 * time.Second, JoinRetry: time.Second,
		DeadRetention: math.MaxInt64, FinalDeath: true,
		MaxClockSkew: time.Hour, MaxMembers: 1 << 14,
	}
}

// Classic returns the SWIM paper's protocol without suspicion: infection-style dissemination only.
func Classic() Config {
	c := Suspicion()
	c.SuspicionMult = 0
	return c
}

// Basic returns the SWIM paper's baseline: no suspicion, and changes told to all by multicast.
func Basic() Config {
	c := Classic()
	c.Multicast = true
	return c
}

// Presets returns the names that [Preset] knows.
func Presets() []string { return []string{"lan", "wan", "local", "swim", "classic", "basic"} }

// Preset returns the configuration of a name: [Lan], [Wan], [Local], [Suspicion] as swim, [Classic]
// or [Basic].
func Preset(name string) (Config, error) {
	switch name {
	case "lan":
		return Lan(), nil
	case "wan":
		return Wan(), nil
	case "local":
		return Local(), nil
	case "swim":
		return Suspicion(), nil
	case "classic":
		return Classic(), nil
	case "basic":
		return Basic(), nil
	}
	return Config{}, fmt.Errorf("%q, expected one of %v", name, Presets())
}

// MemberlistRules returns c with everything memberlist v0.7.0 does otherwise done its way: no healing,
// no contradicting, no self-doubt, whole tables in every exchange, hearsay and the dead counted, nacks
// after the whole of a probe timeout, and the buddy system, which it always has.
func (c Config) MemberlistRules() Config {
	c.HealEvery = 0
	c.Contradict = false
	c.SelfDoubt = false
	c.SyncDigest = false
	c.Hearsay = true
	c.CountGone = true
	c.Buddy = true
	if c.NackPercent > 0 {
		c.NackPercent = 100
	}
	return c
}

// Lifeguard names which parts of Lifeguard are on.
type Lifeguard string

const (
	// LifeguardOff is SWIM with suspicion: every suspect has the shortest time to answer.
	LifeguardOff Lifeguard = "off"
	// LifeguardProbe has the local health multiplier and nacks (LHA-Probe).
	LifeguardProbe Lifeguard = "probe"
	// LifeguardSuspicion has timeouts that shrink with confirmations (LHA-Suspicion).
	LifeguardSuspicion Lifeguard = "suspicion"
	// LifeguardFull has both, and the buddy system.
	LifeguardFull Lifeguard = "full"
)

// WithLifeguard returns c with the parts of Lifeguard named by l, at memberlist's parameters where c
// has none, and without the others. It panics on a name it does not know.
func (c Config) WithLifeguard(l Lifeguard) Config {
	full := Lan()
	if c.LocalHealthMax <= 1 {
		c.LocalHealthMax = full.LocalHealthMax
	}
	if c.NackPercent == 0 {
		c.NackPercent = full.NackPercent
	}
	if c.SuspicionMaxMult <= 1 {
		c.SuspicionMaxMult = full.SuspicionMaxMult
	}
	switch l {
	case LifeguardOff:
		c.LocalHealthMax, c.NackPercent, c.SuspicionMaxMult = 1, 0, 1
	case LifeguardProbe:
		c.SuspicionMaxMult = 1
	case LifeguardSuspicion:
		c.LocalHealthMax, c.NackPercent = 1, 0
	case LifeguardFull:
	default:
		panic("swim: there is no Lifeguard " + string(l))
	}
	c.Buddy = l == LifeguardFull
	return c
}
