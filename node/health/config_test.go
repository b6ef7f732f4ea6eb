package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDefaultConfigIsValid(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
}

func TestValidateNamesTheFieldAndItsRange(t *testing.T) {
	for _, test := range []struct {
		change func(*Config)
		want   string
	}{
		{func(c *Config) { c.Interval = 0 }, "health: interval is 0s, expected more than 0s"},
		{func(c *Config) { c.Timeout = 0 },
			"health: timeout is 0s, expected more than 0s and at most the interval of 1s"},
		{func(c *Config) { c.Timeout = 2 * time.Second },
			"health: timeout is 2s, expected more than 0s and at most the interval of 1s"},
		{func(c *Config) { c.RankWait = -1 }, "health: rank wait is -1ns, expected 0s to 1h0m0s"},
		{func(c *Config) { c.RankWait = 2 * time.Hour },
			"health: rank wait is 2h0m0s, expected 0s to 1h0m0s"},
		{func(c *Config) { c.Rise = 0 }, "health: rise is 0, expected 1 to 255"},
		{func(c *Config) { c.Fall = 256 }, "health: fall is 256, expected 1 to 255"},
	} {
		cfg := DefaultConfig()
		test.change(&cfg)
		require.EqualError(t, cfg.Validate(), test.want)
	}
}

func TestTheLimitsThemselvesAreValid(t *testing.T) {
	cfg := Config{Interval: 1, Timeout: 1, RankWait: maxRankWait, Rise: 1, Fall: maxThreshold}
	require.NoError(t, cfg.Validate())
	cfg.RankWait, cfg.Rise, cfg.Fall = 0, maxThreshold, 1
	require.NoError(t, cfg.Validate())
}
