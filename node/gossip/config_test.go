package gossip

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestValidateNamesWhatIsWrong(t *testing.T) {
	valid := DefaultConfig()
	require.NoError(t, valid.Validate())
	for complaint, spoil := range map[string]func(*Config){
		"gossip: mode is 3, expected 0 to 2":              func(c *Config) { c.Mode = 3 },
		"gossip: fan-out is 0, expected at least 1":       func(c *Config) { c.FanOut = 0 },
		"gossip: period is 0s, expected more than 0s":     func(c *Config) { c.Period = 0 },
		"gossip: jitter is -1ns, expected from 0s":        func(c *Config) { c.Jitter = -1 },
		"gossip: jitter is 1s, expected from 0s to below": func(c *Config) { c.Jitter = c.Period },
		"gossip: timer is 3, expected 0 to 2":             func(c *Config) { c.Timer = 3 },
		"gossip: timeout is -1ns, expected more than 0s":  func(c *Config) { c.Timeout = -1 },
		"gossip: max entries is -1, expected 0 for no":    func(c *Config) { c.MaxEntries = -1 },
	} {
		config := valid
		spoil(&config)
		require.ErrorContains(t, config.Validate(), complaint)
	}
}

// "pull is the default".
func TestTheDefaultIsAPullASecond(t *testing.T) {
	require.Equal(t, Config{
		Mode: PullMode, FanOut: 1, Period: time.Second, Timer: Phased, Timeout: 2 * time.Second,
		Collect: true,
	}, DefaultConfig())
}
