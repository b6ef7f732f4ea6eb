package group

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/swim"
)

// The names a scenario may use are those that the protocol knows.
func TestEveryPresetIsOneOfTheProtocol(t *testing.T) {
	for _, preset := range swim.Presets() {
		s := catalogued(t, "swim-crash", "preset="+preset)
		config, err := Config(&s)
		require.NoError(t, err, preset)
		want, err := swim.Preset(preset)
		require.NoError(t, err)
		want.MaxMembers, want.Founders = 64, 64
		require.Equal(t, want, config)
	}
	s := catalogued(t, "swim-crash")
	require.ErrorContains(t, s.Set("preset=none"), fmt.Sprint("expected one of ", swim.Presets()))
}

func TestEveryPartOfLifeguardIsOneOfTheProtocol(t *testing.T) {
	for _, part := range []swim.Lifeguard{
		swim.LifeguardOff, swim.LifeguardProbe, swim.LifeguardSuspicion, swim.LifeguardFull,
	} {
		s := catalogued(t, "swim-crash", "lifeguard="+string(part))
		config, err := Config(&s)
		require.NoError(t, err)
		want := swim.Lan().WithLifeguard(part)
		want.MaxMembers, want.Founders = 64, 64
		require.Equal(t, want, config, part)
	}
}

func TestEachSettingReachesTheConfiguration(t *testing.T) {
	for set, change := range map[string]func(c *swim.Config){
		"rules=memberlist":    func(c *swim.Config) { *c = c.MemberlistRules() },
		"k=1":                 func(c *swim.Config) { c.IndirectProbes = 1 },
		"fallback=off":        func(c *swim.Config) { c.StreamProbe = false },
		"suspicion_mult=9":    func(c *swim.Config) { c.SuspicionMult = 9 },
		"retransmit_mult=9":   func(c *swim.Config) { c.RetransmitMult = 9 },
		"fanout=9":            func(c *swim.Config) { c.GossipNodes = 9 },
		"probe_interval=9s":   func(c *swim.Config) { c.ProbeInterval = 9 * time.Second },
		"probe_timeout=9ms":   func(c *swim.Config) { c.ProbeTimeout = 9 * time.Millisecond },
		"gossip_interval=0s":  func(c *swim.Config) { c.GossipInterval = 0 },
		"gossip_interval=9ms": func(c *swim.Config) { c.GossipInterval = 9 * time.Millisecond },
	} {
		s := catalogued(t, "swim-crash", set)
		config, err := Config(&s)
		require.NoError(t, err)
		want := swim.Lan()
		change(&want)
		want.MaxMembers, want.Founders = 64, 64
		require.Equal(t, want, config, set)
	}
}

func TestParametersThatDoNotGoTogetherAreRefused(t *testing.T) {
	s := catalogued(t, "swim-crash", "probe_interval=300ms")
	_, err := Config(&s)
	require.ErrorContains(t, err, "ProbeTimeout 500ms leaves no time for helpers")
}
