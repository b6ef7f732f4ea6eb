package multicast

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestConfigurationsThatMeanNothingAreRefused(t *testing.T) {
	good := Config{Keys: 10, Interval: time.Second}
	require.NoError(t, good.Validate())
	for want, spoil := range map[string]func(*Config){
		"multicast: 0 keys, expected 1 to 2^32-1": func(c *Config) { c.Keys = 0 },
		"multicast: interval is 9ns, expected at least a nanosecond a key": func(c *Config) {
			c.Interval = 9
		},
		"multicast: batch is -1ns, expected 0s or more": func(c *Config) { c.Batch = -1 },
	} {
		bad := good
		spoil(&bad)
		require.EqualError(t, bad.Validate(), want)
	}
}
