package fidelity

import (
	"fmt"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/health"
	"butterfly/node/wire"
	"butterfly/sim/rng"
)

// Config is what both halves of a comparison have in common, and what the simulated half has to be
// told of the live one.
type Config struct {
	// Servers is how many there are, 3 to 64, and Origins how many they check: [Outages] at least, up to
	// 4,096.
	Servers, Origins int
	// Period is SWIM's protocol period, the time between two pulls and between two checks of an
	// origin, in whole milliseconds from 50 to 10,000. Everything else that a machine waits for in a
	// trial is as many times longer or shorter than with [agent.DefaultConfig], where that is a
	// second.
	Period time.Duration
	// Loss is what the network loses, at most half.
	Loss Loss
	// Delay is how much of Latency the network between servers is made to add, up to a tenth of
	// Period: two ways fit into SWIM's ProbeTimeout then. The live half has to see to that.
	Delay time.Duration
	// Latency is the way from one server to another, and RoundTrip that to an origin and back.
	Latency, RoundTrip netmodel.Latency
	// About returns what a server says of itself, nil for nothing: see [agent.Agent.Describe].
	About func(server node.ID) []byte
	// Size is what a message is to its carrier, as a datagram or on a stream, in bytes. nil is
	// [wire.Size].
	Size func(m *wire.Message, stream bool) int
}

// Loss is which share of the packets a network loses, each by itself.
type Loss struct {
	Share rng.PPM
	// Streams: segments of streams are lost as well, and sent again, as on a real network. Otherwise
	// it is only datagrams: a loss that is inflicted where they arrive, which needs no privileges.
	Streams bool
}

// Outages is how many origins fail in a trial, one after the other. How long news takes varies more
// than anything else that is measured, and so many of them take little longer than one.
const Outages = 8

const (
	// standard is the period of [agent.DefaultConfig].
	standard = time.Second
	// seeds is how many servers, those of the lowest numbers, all join through.
	seeds = 3
)

// DefaultConfig returns the comparison that the README shows: 16 servers that check 64 origins on a
// network that loses nothing, with the periods of [agent.DefaultConfig]. The latencies are those of
// a loopback device, give or take: a caller that can measure them should.
func DefaultConfig() Config {
	return Config{
		Servers: 16, Origins: 64, Period: standard,
		Latency:   netmodel.Constant(100 * time.Microsecond),
		RoundTrip: netmodel.Constant(500 * time.Microsecond),
	}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	switch {
	case c.Servers < seeds || c.Servers > 64:
		return fmt.Errorf("servers: %d, expected %d to 64", c.Servers, seeds)
	case c.Origins < Outages || c.Origins > 4096:
		return fmt.Errorf("origins: %d, expected %d to 4096", c.Origins, Outages)
	case c.Period < 50*time.Millisecond || c.Period > 10*time.Second || c.Period%time.Millisecond != 0:
		return fmt.Errorf("period: %v, expected 50ms to 10s, in whole milliseconds", c.Period)
	case c.Loss.Share > rng.Percent(50):
		return fmt.Errorf("loss: %v, expected 0%% to 50%%", c.Loss.Share)
	}
	if c.Delay < 0 || c.Delay > c.Period/10 {
		return fmt.Errorf("delay: %v, expected 0s to %v, a tenth of the period", c.Delay, c.Period/10)
	}
	if err := c.Latency.Validate(); err != nil {
		return err
	}
	return c.RoundTrip.Validate()
}

// periods returns a number of periods as a span.
func (c *Config) periods(thousandths int) time.Duration {
	return c.Period * time.Duration(thousandths) / 1000
}

// Machine is how each server behaves, but for who and what there is: its placement, its seeds and
// the origins that it checks from the start.
func (c *Config) Machine() agent.Config {
	config := agent.DefaultConfig()
	config.OpenGroup = true // as that of a live server
	for _, span := range []*time.Duration{
		&config.Swim.ProbeInterval, &config.Swim.ProbeTimeout, &config.Swim.GossipInterval,
		&config.Swim.SyncInterval, &config.Swim.SyncTimeout, &config.Swim.JoinRetry,
		&config.Gossip.Period, &config.Gossip.Timeout,
		&config.Health.RankWait, &config.JoinGrace,
	} {
		*span = *span * time.Duration(c.Period/time.Millisecond) / time.Duration(standard/time.Millisecond)
	}
	config.Health.Definitions = []health.Definition{c.Check()}
	return config
}

// Check is how every origin is checked: over HTTP, for a server that fails a check has something to
// answer.
func (c *Config) Check() health.Definition {
	check := health.DefaultDefinition()
	check.Kind = health.HTTP
	check.Interval, check.Timeout = c.Period, c.Period/2
	return check
}

// Seeds are the servers that all join through.
func (c *Config) Seeds() []node.ID {
	first := make([]node.ID, seeds)
	for i := range first {
		first[i] = node.ID(i)
	}
	return first
}
