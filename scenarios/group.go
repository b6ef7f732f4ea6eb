package scenarios

import (
	"fmt"
	"slices"
)

// Group is a scenario's servers as members of SWIM and nothing else.
type Group struct {
	// Preset names the parameters that the group starts from.
	Preset Preset `json:"preset"`
	// Rules is whose protocol it is.
	Rules Rules `json:"rules"`
	// Lifeguard says which parts of Lifeguard are on; empty leaves them as the preset has them.
	Lifeguard Lifeguard `json:"lifeguard,omitempty"`
	Tuning
	// JoinEvery is the time between one server's joining and the next one's, the first at 0. 0 is a
	// group that has formed long ago.
	JoinEvery Span `json:"join_every,omitempty"`
	// UpdateAt is when server 0 gives itself new metadata, 0 for never; only in a group that has
	// formed long ago.
	UpdateAt Span `json:"update_at,omitempty"`
}

// Tuning is in what a group departs from its preset; nil is as the preset has it.
type Tuning struct {
	ProbeInterval *Span `json:"probe_interval,omitempty"`
	ProbeTimeout  *Span `json:"probe_timeout,omitempty"`
	// IndirectProbes is the paper's k: how many helpers are asked when a ping stays unanswered.
	IndirectProbes *int `json:"k,omitempty"`
	// StreamProbe: a last attempt is made on a stream.
	StreamProbe *bool `json:"fallback,omitempty"`
	// SuspicionMult scales how long a suspect has to answer, RetransmitMult how often news is
	// passed on.
	SuspicionMult  *int `json:"suspicion_mult,omitempty"`
	RetransmitMult *int `json:"retransmit_mult,omitempty"`
	// GossipInterval is the time between rounds of gossip; 0 leaves all to the probes.
	GossipInterval *Span `json:"gossip_interval,omitempty"`
	// GossipNodes is to how many members one round goes.
	GossipNodes *int `json:"fanout,omitempty"`
}

// Preset names a set of parameters of SWIM.
type Preset string

const (
	// Lan, Wan and Local are memberlist's: one data centre, several, one machine.
	Lan, Wan, Local Preset = "lan", "wan", "local"
	// Suspicion is the SWIM paper's whole protocol, Classic the same without suspicion, and Basic
	// without piggyback as well: changes are multicast.
	Suspicion, Classic, Basic Preset = "swim", "classic", "basic"
)

// Presets returns all presets.
func Presets() []Preset { return []Preset{Lan, Wan, Local, Suspicion, Classic, Basic} }

func (p Preset) validate() error { return oneOf(p, Presets()) }

// pace is in how many times as long as with [Lan] a group has done all that it promises, rounded
// up. [Wan] gives a suspect 7.5 times as long to answer: its periods are 5 times as long, and its
// SuspicionMult is 6, not 4. [Local] passes news on half as often, and so leaves it to the
// exchanges to reach everybody. The others promise nothing.
func (p Preset) pace() Span {
	switch p {
	case Wan:
		return 8
	case Local:
		return 2
	}
	return 1
}

// Rules says whose protocol a group runs, where ours and memberlist's differ.
type Rules string

const (
	// Butterfly is our own, which heals partitions and doubts itself.
	Butterfly Rules = "butterfly"
	// Memberlist does what hashicorp/memberlist v0.7.0 does.
	Memberlist Rules = "memberlist"
)

// RuleSets returns whose rules there are.
func RuleSets() []Rules { return []Rules{Butterfly, Memberlist} }

func (r Rules) validate() error { return oneOf(r, RuleSets()) }

// Lifeguard names parts of Lifeguard (Dadgar, Phillips and Currey, 2018, section IV).
type Lifeguard string

const (
	// LifeguardOff is SWIM with suspicion.
	LifeguardOff Lifeguard = "off"
	// LifeguardProbe has the local health multiplier and nacks.
	LifeguardProbe Lifeguard = "probe"
	// LifeguardSuspicion has timeouts that shrink with confirmations.
	LifeguardSuspicion Lifeguard = "suspicion"
	// LifeguardFull has both, and the buddy system.
	LifeguardFull Lifeguard = "full"
)

// Lifeguards returns the names of all choices of its parts.
func Lifeguards() []Lifeguard {
	return []Lifeguard{LifeguardOff, LifeguardProbe, LifeguardSuspicion, LifeguardFull}
}

func (l Lifeguard) validate() error { return oneOf(l, Lifeguards()) }

func oneOf[T ~string](value T, known []T) error {
	if !slices.Contains(known, value) {
		return fmt.Errorf("%q, expected one of %v", value, known)
	}
	return nil
}

// validate reports the first thing wrong with the group in a run of the given length. Whether the
// parameters go together is for the protocol to say.
func (g *Group) validate(duration Span) error {
	if err := g.Preset.validate(); err != nil {
		return fmt.Errorf("preset: %w", err)
	}
	if err := g.Rules.validate(); err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	if err := g.Lifeguard.validate(); err != nil && g.Lifeguard != "" {
		return fmt.Errorf("lifeguard: %w", err)
	}
	if g.JoinEvery < 0 || g.JoinEvery > duration {
		return fmt.Errorf("join_every: %v, expected 0 to the duration %v", g.JoinEvery, duration)
	}
	if g.UpdateAt < 0 || g.UpdateAt > duration {
		return fmt.Errorf("update_at: %v, expected 0 to the duration %v", g.UpdateAt, duration)
	}
	if g.UpdateAt > 0 && g.JoinEvery > 0 {
		return fmt.Errorf("update_at: %v, expected none in a group whose servers join", g.UpdateAt)
	}
	return nil
}
