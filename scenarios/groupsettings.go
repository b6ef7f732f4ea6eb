package scenarios

import (
	"fmt"
	"math"
	"time"
)

var groupSettings = []setting{
	{"preset", "parameters to start from: lan, wan, local, swim, classic or basic",
		setPreset},
	{"rules", "whose protocol: butterfly or memberlist",
		ofGroup(func(g *Group, value string) error {
			g.Rules = Rules(value)
			return g.Rules.validate()
		})},
	{"lifeguard", "which parts of Lifeguard: off, probe, suspicion or full",
		ofGroup(func(g *Group, value string) error {
			g.Lifeguard = Lifeguard(value)
			return g.Lifeguard.validate()
		})},
	{"k", "how many helpers are asked when a ping stays unanswered",
		tuneCount(0, math.MaxUint8, func(t *Tuning) **int { return &t.IndirectProbes })},
	{"suspicion_mult", "scales how long a suspect has to answer; 0 is SWIM without suspicion",
		tuneCount(0, MaxMult, func(t *Tuning) **int { return &t.SuspicionMult })},
	{"retransmit_mult", "scales how often a member passes on one piece of news",
		tuneCount(1, MaxMult, func(t *Tuning) **int { return &t.RetransmitMult })},
	{"fanout", "to how many servers one round of gossip goes, SWIM's or the map's", setFanout},
	{"fallback", "whether a probe's last attempt is made on a stream: on or off",
		ofGroup(setFallback)},
	{"probe_interval", "the protocol period: one probe each",
		tuneSpan(time.Millisecond, func(t *Tuning) **Span { return &t.ProbeInterval })},
	{"probe_timeout", "how long a ping may stay unanswered before helpers are asked",
		tuneSpan(time.Millisecond, func(t *Tuning) **Span { return &t.ProbeTimeout })},
	{"gossip_interval", "time between rounds of gossip; 0s leaves all to the probes",
		tuneSpan(0, func(t *Tuning) **Span { return &t.GossipInterval })},
}

const (
	// MaxMult is the most that [Tuning]'s SuspicionMult and RetransmitMult may be.
	MaxMult = 1000
	// maxTuned is as long as any interval of SWIM may be.
	maxTuned = time.Hour
)

// ofGroup makes a setting of one that changes a group. Scenarios copied from s keep theirs.
func ofGroup(set func(*Group, string) error) func(*Scenario, string) error {
	return func(s *Scenario, value string) error {
		if s.Group == nil {
			return fmt.Errorf("the scenario %s is of %s, not of SWIM alone", s.Name, s.kind())
		}
		changed := *s.Group
		s.Group = &changed
		return set(s.Group, value)
	}
}

// setPreset gives a run of the catalogue's length as much more or less time after the last thing
// that happens in it as the preset takes longer or shorter than the one before to do what it
// promises.
func setPreset(s *Scenario, value string) error {
	preset := Preset(value)
	if err := preset.validate(); err != nil {
		return err
	}
	return ofGroup(func(g *Group, _ string) error {
		if s.paced {
			begun := s.begun()
			s.Duration = begun + (s.Duration-begun)*preset.pace()/g.Preset.pace()
		}
		g.Preset = preset
		return nil
	})(s, value)
}

// begun is when, at the latest, all has begun that a group is to deal with, and faults are over.
func (s *Scenario) begun() Span {
	_, rated := s.phases()
	last := max(Healed(s.Faults), s.Group.UpdateAt, rated)
	if s.Trial != nil {
		last = max(last, s.Trial.To+s.Trial.length())
	}
	return last
}

func tuneCount(least, most int, field func(*Tuning) **int) func(*Scenario, string) error {
	return ofGroup(func(g *Group, value string) error {
		n := new(int)
		if err := setCount(n, value, least, most); err != nil {
			return err
		}
		*field(&g.Tuning) = n
		return nil
	})
}

func tuneSpan(least time.Duration, field func(*Tuning) **Span) func(*Scenario, string) error {
	return ofGroup(func(g *Group, value string) error {
		span := new(Span)
		if err := setSpan(span, value, least, maxTuned); err != nil {
			return err
		}
		*field(&g.Tuning) = span
		return nil
	})
}

func setFallback(g *Group, value string) error {
	g.StreamProbe = new(bool)
	return setSwitch(g.StreamProbe, value)
}
