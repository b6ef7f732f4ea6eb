package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestDefaultsAreValid(t *testing.T) { require.NoError(t, DefaultConfig().Validate()) }

// MinDatagramBytes is room for a header, an accusation of the receiver, and one update and one
// broadcast of the stated sizes.
func TestSmallestDatagram(t *testing.T) {
	config := Lan()
	config.DatagramBytes = MinDatagramBytes
	require.NoError(t, config.Validate())
	require.Equal(t, 17, config.metadataLimit())
	require.Equal(t, 19, config.payloadLimit())
	room := MinDatagramBytes - headerBytes - updateBytes
	require.LessOrEqual(t, updateBytes+17+broadcastBytes+19, room)
}

func TestValidateNamesTheField(t *testing.T) {
	for name, spoil := range map[string]func(c *Config){
		"ProbeInterval is 0s":       func(c *Config) { c.ProbeInterval = 0 },
		"ProbeInterval is 2h":       func(c *Config) { c.ProbeInterval = 2 * time.Hour },
		"ProbeTimeout is -1ns":      func(c *Config) { c.ProbeTimeout = -1 },
		"ProbeTimeout 1s leaves":    func(c *Config) { c.ProbeTimeout = time.Second },
		"IndirectProbes is -1":      func(c *Config) { c.IndirectProbes = -1 },
		"IndirectProbes is 256":     func(c *Config) { c.IndirectProbes = 256 },
		"LocalHealthMax is -1":      func(c *Config) { c.LocalHealthMax = -1 },
		"NackPercent is 101":        func(c *Config) { c.NackPercent = 101 },
		"SuspicionMult is -1":       func(c *Config) { c.SuspicionMult = -1 },
		"SuspicionMaxMult is 0":     func(c *Config) { c.SuspicionMaxMult = 0 },
		"RetransmitMult is 0":       func(c *Config) { c.RetransmitMult = 0 },
		"DatagramBytes is 95":       func(c *Config) { c.DatagramBytes = MinDatagramBytes - 1 },
		"DatagramBytes is 65536":    func(c *Config) { c.DatagramBytes = 65536 },
		"GossipInterval is -1ns":    func(c *Config) { c.GossipInterval = -1 },
		"GossipNodes is -1":         func(c *Config) { c.GossipNodes = -1 },
		"GossipNodes is 0, must":    func(c *Config) { c.GossipNodes = 0 },
		"SyncInterval is -1s":       func(c *Config) { c.SyncInterval = -time.Second },
		"SyncTimeout is 0s":         func(c *Config) { c.SyncTimeout = 0 },
		"HealEvery is -1":           func(c *Config) { c.HealEvery = -1 },
		"JoinRetry is 0s":           func(c *Config) { c.JoinRetry = 0 },
		"DeadRetention is 0s":       func(c *Config) { c.DeadRetention = 0 },
		"MaxClockSkew is 0s":        func(c *Config) { c.MaxClockSkew = 0 },
		"MaxMembers is 0":           func(c *Config) { c.MaxMembers = 0 },
		"MaxMembers is 1048577":     func(c *Config) { c.MaxMembers = node.MaxIDs + 1 },
		"Founders is -1":            func(c *Config) { c.Founders = -1 },
		"Founders is 16385":         func(c *Config) { c.Founders = 16385 },
		"seed 16384 is beyond":      func(c *Config) { c.Seeds = []node.ID{1, 16384} },
		"seed 4294967295 is beyond": func(c *Config) { c.Seeds = []node.ID{node.Nobody} },
	} {
		config := DefaultConfig()
		spoil(&config)
		require.ErrorContains(t, config.Validate(), name)
	}
}

// A suspicion that lasts for months is a typing error, and one of centuries overflows.
func TestSuspicionsThatNeverEndAreRefused(t *testing.T) {
	c := Lan()
	c.ProbeInterval, c.SuspicionMult = time.Hour, 1000
	require.ErrorContains(t, c.Validate(), "SuspicionMult is 1000, must be at most 34")
	c.SuspicionMult = 34
	require.NoError(t, c.Validate())
	require.Positive(t, c.VerdictBound(1<<20))
	for _, interval := range []*time.Duration{&c.GossipInterval, &c.SyncInterval} {
		was := *interval
		*interval = time.Nanosecond
		require.ErrorContains(t, c.Validate(), "is 1ns, must be 1ms to")
		*interval = 0
		require.NoError(t, c.Validate())
		*interval = was
	}
}
