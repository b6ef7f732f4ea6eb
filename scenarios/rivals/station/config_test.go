package station

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestConfigurationsThatMeanNothingAreRefused(t *testing.T) {
	require.NoError(t, configOf(3, 8).Validate())
	for want, spoil := range map[string]func(c *Config){
		"station: 0 servers, expected 1 to 1048576":     func(c *Config) { c.Servers = 0 },
		"station: -1 origins, expected 0 to 2147483648": func(c *Config) { c.Origins = -1 },
		"station: 4 configured origins of 3":            func(c *Config) { c.Origins = 3 },
		"station: 0 definitions, expected 1 to 65535":   func(c *Config) { c.Definitions = nil },
		"station: there is no score":                    func(c *Config) { c.Score = nil },
		"station: origin 2 is checked by definition 2 of 2": func(c *Config) {
			c.Configured[2] = 2
		},
		"station: definition 1: health: rise is 0, expected 1 to 255": func(c *Config) {
			c.Definitions[1].Rise = 0
		},
	} {
		c := configOf(3, 8)
		spoil(c)
		require.EqualError(t, c.Validate(), want)
	}
	c := configOf(3, 8)
	c.Routing.ChurnWindow = -1
	require.ErrorContains(t, c.Validate(), "routing: ")
}
