package netmodel

import (
	"errors"
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// DefaultRetransmitTimeout is Linux's lower bound for TCP's retransmission timeout (TCP_RTO_MIN in
// include/net/tcp.h), which is what a connection inside one data centre settles on.
const DefaultRetransmitTimeout = 200 * time.Millisecond

// Config describes a directed link, or all of them. The zero value is a perfect network: nothing is
// lost, everything arrives at the instant it is sent.
type Config struct {
	// Latency is the one-way delay. The zero value is no delay.
	Latency Latency
	// Loss is the chance that a datagram, or one try of a stream segment, is lost: independently
	// each time.
	Loss rng.PPM
	// Duplicate is the chance that a datagram arrives twice, each copy with a delay of its own.
	Duplicate rng.PPM
	// Reorder is the share of datagrams held back by ReorderBy, so that later ones overtake them.
	// Latency that varies reorders datagrams as well.
	Reorder rng.PPM
	// ReorderBy is the extra delay of a datagram that is held back.
	ReorderBy time.Duration
	// MTU is the size in bytes of the largest datagram that passes; 0 means no limit.
	MTU int
	// Bandwidth is the speed of one stream in bytes per second; 0 means unlimited.
	Bandwidth int64
	// RetransmitTimeout is how long a stream waits before its first retransmission, and twice as
	// long before each further one (RFC 6298, section 5.5); 0 means [DefaultRetransmitTimeout].
	RetransmitTimeout time.Duration
	// CallLoss is the share of stream calls that come to nothing, request and answer together,
	// whatever becomes of their segments: the contact that fails in the theory of gossip. See
	// [Net.Call].
	CallLoss rng.PPM
}

// Validate says what is wrong with c, all of it, or returns nil. A [Net] takes only valid
// configurations.
func (c *Config) Validate() error {
	return errors.Join(
		c.Latency.Validate(),
		validShare("loss", c.Loss),
		validShare("duplicate", c.Duplicate),
		validShare("reorder", c.Reorder),
		validSpan("reorder-by", c.ReorderBy),
		notNegative("mtu", int64(c.MTU)),
		notNegative("bandwidth", c.Bandwidth),
		validSpan("retransmit-timeout", c.RetransmitTimeout),
		validShare("call-loss", c.CallLoss),
	)
}

func validShare(name string, share rng.PPM) error {
	if share > rng.Always {
		return fmt.Errorf("%s: %v is more than 100%%", name, share)
	}
	return nil
}

func validSpan(name string, d time.Duration) error {
	if d < 0 || d > MaxLatency {
		return fmt.Errorf("%s: %v is not from 0 to %v", name, d, MaxLatency)
	}
	return nil
}

func notNegative(name string, value int64) error {
	if value < 0 {
		return fmt.Errorf("%s: %d is negative", name, value)
	}
	return nil
}

// transferTime is how long size bytes take through the link's bandwidth.
func (c *Config) transferTime(size int) time.Duration {
	if c.Bandwidth == 0 {
		return 0
	}
	return time.Duration(int64(size) * int64(time.Second) / c.Bandwidth)
}

func (c *Config) retransmitTimeout() time.Duration {
	if c.RetransmitTimeout == 0 {
		return DefaultRetransmitTimeout
	}
	return c.RetransmitTimeout
}
