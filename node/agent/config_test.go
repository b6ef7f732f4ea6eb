package agent

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValidateNamesWhatIsWrong(t *testing.T) {
	valid := DefaultConfig()
	require.ErrorContains(t, valid.Validate(), "there is no placement")
	valid.Placement = NewPlacement(3, 5)
	require.NoError(t, valid.Validate())
	for complaint, spoil := range map[string]func(*Config){
		"gossip":        func(c *Config) { c.Gossip.FanOut = 0 },
		"join grace":    func(c *Config) { c.JoinGrace = 0 },
		"ProbeInterval": func(c *Config) { c.Swim.ProbeInterval = 0 },
		"health":        func(c *Config) { c.Health.RankWait = -1 },
		"routing":       func(c *Config) { c.Routing.ChurnWindow = -1 },
		"configured origin 1 has definition 7, expected one below 1": func(c *Config) {
			c.Configured = []uint16{0, 7}
		},
		"6 configured origins, expected at most the 5": func(c *Config) {
			c.Configured = make([]uint16, 6)
		},
	} {
		config := valid
		spoil(&config)
		require.ErrorContains(t, config.Validate(), complaint)
	}
}
