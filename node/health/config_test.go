package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDefaultConfigIsValid(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
}

func TestValidateSaysWhatIsWrongWithAConfig(t *testing.T) {
	for _, test := range []struct {
		change func(*Config)
		want   string
	}{
		{func(c *Config) { c.RankWait = -1 }, "health: rank wait is -1ns, expected 0s to 1h0m0s"},
		{func(c *Config) { c.RankWait = 2 * time.Hour },
			"health: rank wait is 2h0m0s, expected 0s to 1h0m0s"},
		{func(c *Config) { c.Definitions = make([]Definition, 1<<16) },
			"health: there are 65536 definitions, expected at most 65535"},
		{func(c *Config) { c.Definitions = append(c.Definitions, Definition{}) },
			"definition 1: health: interval is 0s, expected more than 0s and at most 24h0m0s"},
	} {
		cfg := DefaultConfig()
		test.change(&cfg)
		require.EqualError(t, cfg.Validate(), test.want)
	}
}

func TestTheLimitsThemselvesAreValid(t *testing.T) {
	cfg := DefaultConfig()
	for _, wait := range []time.Duration{0, maxRankWait} {
		cfg.RankWait = wait
		require.NoError(t, cfg.Validate())
	}
}
