package group

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/scenarios"
)

// Config is what the members of the scenario's group are configured with. It fails if the parameters
// do not go together. Where members join one by one each has seeds of its own.
func Config(s *scenarios.Scenario) (swim.Config, error) {
	g := s.Group
	config, err := swim.Preset(string(g.Preset))
	if err != nil {
		return config, fmt.Errorf("preset: %w", err)
	}
	if g.Lifeguard != "" {
		config = config.WithLifeguard(swim.Lifeguard(g.Lifeguard))
	}
	Tune(&config, &g.Tuning)
	if g.Rules == scenarios.Memberlist {
		config = config.MemberlistRules()
	}
	config.MaxMembers = s.Servers
	if g.JoinEvery == 0 {
		config.Founders = s.Servers
	}
	return config, config.Validate()
}

// Tune changes in a configuration what a tuning names.
func Tune(config *swim.Config, t *scenarios.Tuning) {
	replace(&config.IndirectProbes, t.IndirectProbes)
	replace(&config.StreamProbe, t.StreamProbe)
	replace(&config.SuspicionMult, t.SuspicionMult)
	replace(&config.RetransmitMult, t.RetransmitMult)
	replace(&config.GossipNodes, t.GossipNodes)
	if t.ProbeInterval != nil {
		config.ProbeInterval = t.ProbeInterval.Duration()
	}
	if t.ProbeTimeout != nil {
		config.ProbeTimeout = t.ProbeTimeout.Duration()
	}
	if t.GossipInterval != nil {
		config.GossipInterval = t.GossipInterval.Duration()
	}
}

func replace[T any](field, by *T) {
	if by != nil {
		*field = *by
	}
}

// weakened reports whether a configuration protects live members less than the preset it started
// from.
func weakened(config, preset *swim.Config) bool {
	return hastier(config, preset) || config.IndirectProbes < preset.IndirectProbes ||
		preset.StreamProbe && !config.StreamProbe ||
		config.SuspicionMult < preset.SuspicionMult ||
		config.SuspicionMaxMult < preset.SuspicionMaxMult ||
		config.RetransmitMult < preset.RetransmitMult || config.GossipNodes < preset.GossipNodes ||
		config.NackPercent != preset.NackPercent || config.LocalHealthMax < preset.LocalHealthMax
}

// hastier reports whether a configuration gives live members less time than the preset it started
// from: to answer a probe, directly or through a helper, or to hear what they are accused of.
func hastier(config, preset *swim.Config) bool {
	return config.ProbeInterval < preset.ProbeInterval ||
		config.ProbeTimeout < preset.ProbeTimeout ||
		config.ProbeInterval-config.ProbeTimeout < preset.ProbeInterval-preset.ProbeTimeout ||
		config.GossipInterval > preset.GossipInterval || config.GossipInterval == 0
}

// seeds are the members through which a member that joins later may join: all before it.
func seeds(self node.ID) []node.ID {
	earlier := make([]node.ID, self)
	for id := range earlier {
		earlier[id] = node.ID(id)
	}
	return earlier
}
