package routing

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

func TestDefaultConfigIsValidAndSoIsNone(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	require.NoError(t, Config{}.Validate())
}

// "The default panic threshold is 50%" (Envoy, panic threshold); outlier detection's interval
// "defaults to 10000ms or 10s" and its max_ejection_time to 300 s (Envoy,
// config.cluster.v3.OutlierDetection).
func TestDefaultsFromEnvoy(t *testing.T) {
	config := DefaultConfig()
	require.Equal(t, rng.Percent(50), config.PanicPPM)
	require.Equal(t, 10*time.Second, config.ChurnWindow)
	require.Equal(t, 300*time.Second, config.LongestDebounce)
}

func TestValidateNamesTheField(t *testing.T) {
	day := 24 * time.Hour
	for _, wrong := range []struct {
		edit func(*Config)
		want string
	}{
		{func(c *Config) { c.PanicPPM = rng.Always + 1 }, "panic share is 100.0001%, expected at most 100%"},
		{func(c *Config) { c.ChurnPPM = 2 * rng.Always }, "churn share is 200%, expected at most 100%"},
		{func(c *Config) { c.ChurnWindow = -1 }, "churn window is -1ns, expected 0s to 24h0m0s"},
		{func(c *Config) { c.LongestDebounce = day + 1 }, "longest debounce is 24h0m0.000000001s, expected"},
		{func(c *Config) { c.Debounce = c.LongestDebounce + 1 }, "debounce is 5m0.000000001s, expected 0s to"},
		{func(c *Config) { c.Forgiveness = day + 1 }, "forgiveness is 24h0m0.000000001s, expected 0s to"},
	} {
		config := DefaultConfig()
		wrong.edit(&config)
		require.ErrorContains(t, config.Validate(), "routing: "+wrong.want)
	}
}
