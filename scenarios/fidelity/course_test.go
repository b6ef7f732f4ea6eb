package fidelity

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCourseFollowsItsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := DefaultConfig()
		c.Servers, c.Origins = rapid.IntRange(3, 64).Draw(t, "servers"), rapid.IntRange(Outages, 99).Draw(t, "origins")
		c.Period = time.Duration(rapid.Int64Range(50, 10_000).Draw(t, "ms")) * time.Millisecond
		require.NoError(t, c.Validate())
		seed := rapid.Uint64().Draw(t, "seed")
		course := c.Course(seed)
		require.Equal(t, course, c.Course(seed))
		require.Len(t, course.Starts, c.Servers)
		for _, start := range course.Starts {
			require.Less(t, start, course.RestFrom-15*c.Period, "there is time to come to rest")
		}
		moments := []time.Duration{course.RestFrom, course.RestTo}
		for _, outage := range course.Outages {
			require.Less(t, outage.Origin, uint32(c.Origins))
			moments = append(moments, outage.At)
		}
		require.IsIncreasing(t, append(moments, course.Kill, course.End))
		require.NotEqual(t, course.Outages[0].Origin, course.Outages[1].Origin)
		require.Len(t, course.Outages, Outages)
		require.Less(t, int(course.Killed), c.Servers)
	})
}

func TestConfigurationsThatMakeNoTrial(t *testing.T) {
	for want, spoil := range map[string]func(*Config){
		"servers: 2, expected 3 to 64":                             func(c *Config) { c.Servers = 2 },
		"servers: 65, expected 3 to 64":                            func(c *Config) { c.Servers = 65 },
		"origins: 1, expected 8 to 4096":                           func(c *Config) { c.Origins = 1 },
		"period: 1ms, expected 50ms to 10s, in whole milliseconds": func(c *Config) { c.Period = time.Millisecond },
		"loss: 51%, expected 0% to 50%":                            func(c *Config) { c.Loss.Share = 510_000 },
		"delay: -1ns, expected 0s to 100ms, a tenth of the period": func(c *Config) { c.Delay = -1 },
		"delay: 101ms, expected 0s to 100ms, a tenth of the period": func(c *Config) {
			c.Delay = 101 * time.Millisecond
		},
	} {
		c := DefaultConfig()
		spoil(&c)
		require.EqualError(t, c.Validate(), want)
	}
}

// "Everything else a machine waits for is as many times longer or shorter"
func TestMachineIsValidAtEveryPeriod(t *testing.T) {
	for _, period := range []time.Duration{50 * time.Millisecond, time.Second, 10 * time.Second} {
		c := DefaultConfig()
		c.Period = period
		machine := newTrial(c, 1).machine
		require.NoError(t, machine.Validate())
		require.Equal(t, period, machine.Swim.ProbeInterval)
		require.Equal(t, period, machine.Gossip.Period)
		require.Equal(t, 3*period/10, machine.Swim.ProbeTimeout)
		require.Equal(t, 5*period, machine.JoinGrace)
	}
}
