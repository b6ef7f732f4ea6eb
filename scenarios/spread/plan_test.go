package spread

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
	"butterfly/sim/rng"
)

func TestGoodPlansAreValid(t *testing.T) {
	for _, p := range []Plan{
		{Mode: gossip.PullMode, Servers: 2, FanOut: 1, Timer: gossip.Aligned},
		{Mode: gossip.PushMode, Servers: 64, FanOut: 255, Timer: gossip.Poisson, Latency: 250_000},
		{Mode: gossip.PullMode, Servers: 1 << 20, FanOut: 1, Loss: 990_000, Latency: 500_000},
	} {
		require.NoError(t, p.Validate())
	}
}

// "It names fields as the flags of the command do."
func TestBadPlansAreNamed(t *testing.T) {
	for message, p := range map[string]Plan{
		"mode: 3, expected pull, push or push-pull":    {Mode: 3, Servers: 64, FanOut: 1},
		"n: 1, expected 2 to 1048576 servers":          {Servers: 1, FanOut: 1},
		"n: 1048577, expected 2 to 1048576 servers":    {Servers: 1<<20 + 1, FanOut: 1},
		"loss: 99.5%, expected at most 99%":            {Servers: 64, Loss: 995_000, FanOut: 1},
		"fanout: 0, expected 1 to 255":                 {Servers: 64},
		"fanout: 256, expected 1 to 255":               {Servers: 1000, FanOut: 256},
		"timer: 3, expected sync, periodic or poisson": {Servers: 64, FanOut: 1, Timer: 3},
		"latency: 1%, expected 0 with synchronous rounds": {
			Servers: 64, FanOut: 1, Timer: gossip.Aligned, Latency: rng.Percent(1),
		},
		"latency: 51%, expected at most 50% of a period: a contact takes 2 trips": {
			Servers: 64, FanOut: 1, Latency: rng.Percent(51),
		},
		"latency: 26%, expected at most 25% of a period: a contact takes 4 trips": {
			Mode: gossip.PushPullMode, Servers: 64, FanOut: 1, Latency: rng.Percent(26),
		},
	} {
		require.EqualError(t, p.Validate(), message)
	}
}

// A contact is over before the next round of its server begins, so that it finds its place free.
func TestContactsEndWithinThePeriod(t *testing.T) {
	for _, mode := range modes {
		for _, p := range []Plan{
			{Mode: mode, Servers: 64, FanOut: 1, Timer: gossip.Aligned},
			{Mode: mode, Servers: 64, FanOut: 1, Timer: gossip.Phased},
		} {
			if p.Timer == gossip.Phased {
				p.Latency = p.longestLatency()
			}
			require.NoError(t, p.Validate())
			require.Less(t, time.Duration(p.trips())*p.latency(), Period)
			require.Greater(t, p.gossip().Timeout, 2*p.latency())
			require.LessOrEqual(t, p.gossip().Timeout, Period)
		}
	}
}
