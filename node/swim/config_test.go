package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestDefaultsAreValid(t *testing.T) { require.NoError(t, DefaultConfig().Validate()) }

func TestValidateNamesTheField(t *testing.T) {
	for name, spoil := range map[string]func(c *Config){
		"ProbeInterval is 0s":       func(c *Config) { c.ProbeInterval = 0 },
		"ProbeInterval is 2h":       func(c *Config) { c.ProbeInterval = 2 * time.Hour },
		"ProbeTimeout is -1ns":      func(c *Config) { c.ProbeTimeout = -1 },
		"ProbeTimeout 1s leaves":    func(c *Config) { c.ProbeTimeout = time.Second },
		"IndirectProbes is -1":      func(c *Config) { c.IndirectProbes = -1 },
		"SuspicionMult is 0":        func(c *Config) { c.SuspicionMult = 0 },
		"RetransmitMult is 0":       func(c *Config) { c.RetransmitMult = 0 },
		"MaxUpdates is 256":         func(c *Config) { c.MaxUpdates = 256 },
		"SyncInterval is 0s":        func(c *Config) { c.SyncInterval = 0 },
		"SyncTimeout is 0s":         func(c *Config) { c.SyncTimeout = 0 },
		"HealEvery is 0":            func(c *Config) { c.HealEvery = 0 },
		"JoinRetry is 0s":           func(c *Config) { c.JoinRetry = 0 },
		"DeadRetention is 0s":       func(c *Config) { c.DeadRetention = 0 },
		"MaxClockSkew is 0s":        func(c *Config) { c.MaxClockSkew = 0 },
		"MaxMembers is 1048577":     func(c *Config) { c.MaxMembers = node.MaxIDs + 1 },
		"seed 16384 is beyond":      func(c *Config) { c.Seeds = []node.ID{1, 16384} },
		"seed 4294967295 is beyond": func(c *Config) { c.Seeds = []node.ID{node.Nobody} },
	} {
		config := DefaultConfig()
		spoil(&config)
		require.ErrorContains(t, config.Validate(), name)
	}
}
