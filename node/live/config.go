package live

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/live/endpoint"
	"butterfly/node/live/names"
	"butterfly/node/live/probe"
	"butterfly/node/live/record"
	"butterfly/node/live/seal"
	"butterfly/node/live/spec"
)

// Config says how a node lives. Start from [DefaultConfig].
type Config struct {
	// Name is the node's, the same in all its lives and no other node's; see [names.ValidateName].
	Name string
	// Number is what the servers call the node among themselves, from 1 on; 0 for the one that its
	// name makes, which is right unless two names of a cluster make the same.
	Number node.ID
	// Bind is the address for datagrams and streams, "host:port"; port 0 for any that is free.
	Bind string
	// Advertise is where others reach that, "ip:port"; empty for what is bound, or if that is any
	// address of the machine, for the one by which it reaches the first of Join.
	Advertise string
	// API is where the API listens, for others to know: "host:port", or empty.
	API string
	// Join are the addresses of members to join through, "host:port", at most 16. Without any, or
	// if they are all its own, it begins alone.
	Join []string
	// JoinTime is how long the node waits at most before it starts for all of Join to say who they
	// are. Whoever does not is called again later.
	JoinTime time.Duration
	// Keyring seals what the nodes say to each other. [seal.NewKeyring] makes one of label and
	// keys.
	Keyring *seal.Keyring
	// Label is that of the cluster, as the keyring has it, to be shown.
	Label string
	// Origins are those of the node's own file.
	Origins spec.Origins
	// Capacity is how many origins there may be, of all files and registrations of all lives of
	// this node's process.
	Capacity int
	// Data is the folder for what lasts longer than a life; empty for none.
	Data string
	// Agent is how the machine behaves. Its Placement, Configured, OpenGroup, Health.Definitions,
	// Swim.Seeds and Swim.MaxMembers are the driver's to set, and not looked at.
	Agent agent.Config
	// Probe is how probes are made.
	Probe probe.Config
	// Loses is asked of every datagram that comes whether it got lost on the way; nil for a network
	// that decides that itself. It is for tests and measurements, and asked by one goroutine.
	Loses func() bool
	// Delay is how much longer than on the network datagrams take to this node, and calls of this
	// node there and back again, each way; 0 for no longer. Like Loses it is for tests and
	// measurements.
	Delay time.Duration
	// Logger gets a line for all that happens, with an attribute event and the node's name. nil for
	// none.
	Logger *slog.Logger
	// Registerer gets the node's metrics until it stops. nil for none.
	Registerer prometheus.Registerer
	// Record is the file for a recording of the life, which there must not be yet; empty for none.
	Record string
	// RecordLimits is how large that gets.
	RecordLimits record.Limits
	// Build is the version of the program, to be shown.
	Build string
}

// DefaultConfig returns a configuration that lacks nothing but a name, an address and a keyring:
// the machine of the simulated data centre, with 16,384 origins.
func DefaultConfig() Config {
	return Config{
		JoinTime: 3 * time.Second, Capacity: 1 << 14, Agent: agent.DefaultConfig(),
		Probe: probe.DefaultConfig(), RecordLimits: record.DefaultLimits(),
	}
}

// Validate reports the first thing wrong with the configuration, nil if nothing is.
func (c *Config) Validate() error {
	if err := names.ValidateName(c.Name); err != nil {
		return fmt.Errorf("live: name: %w", err)
	}
	switch {
	case c.Number >= names.FirstAlias:
		return fmt.Errorf("live: number is %d, expected 1 to %d, or 0 for that of the name",
			c.Number, names.FirstAlias-1)
	case len(c.Join) > spec.MaxJoin:
		return fmt.Errorf("live: %d addresses to join through, expected at most %d", len(c.Join),
			spec.MaxJoin)
	case c.JoinTime < 0:
		return fmt.Errorf("live: join time is %v, expected 0s or more", c.JoinTime)
	case c.Delay < 0:
		return fmt.Errorf("live: delay is %v, expected 0s or more", c.Delay)
	case c.Keyring == nil:
		return errors.New("live: there is no keyring, expected one, if need be without keys")
	case c.Capacity < 1 || c.Capacity > names.MaxCapacity:
		return fmt.Errorf("live: capacity is %d, expected 1 to %d", c.Capacity, names.MaxCapacity)
	case c.Agent.Swim.DatagramBytes > maxDatagram-seal.Overhead:
		return fmt.Errorf("live: datagrams of %d bytes, expected at most %d",
			c.Agent.Swim.DatagramBytes, maxDatagram-seal.Overhead)
	}
	return c.validateAddresses()
}

func (c *Config) validateAddresses() error {
	if _, _, err := net.SplitHostPort(c.Bind); err != nil {
		return fmt.Errorf("live: bind is %q, expected host:port", c.Bind)
	}
	if c.Advertise != "" {
		if address, err := netip.ParseAddrPort(c.Advertise); err != nil || address.Port() == 0 {
			return fmt.Errorf("live: advertise is %q, expected ip:port", c.Advertise)
		}
	}
	for _, seed := range c.Join {
		if _, err := endpoint.Parse(seed); err != nil {
			return fmt.Errorf("live: join: %w", err)
		}
	}
	return nil
}

// number is what the servers call the node.
func (c *Config) number() node.ID {
	return cmp.Or(c.Number, names.Number(c.Name))
}

// advertised is where others reach what was bound.
func (c *Config) advertised(bound netip.AddrPort) (netip.AddrPort, error) {
	if c.Advertise != "" {
		return netip.ParseAddrPort(c.Advertise)
	}
	if !bound.Addr().IsUnspecified() {
		return bound, nil
	}
	if len(c.Join) == 0 {
		return netip.AddrPort{}, errors.New(
			"live: bound to all addresses, and there is nothing to choose one by: set advertise")
	}
	// A socket of UDP that is connected has sent nothing, and knows by which address it would.
	connection, err := net.Dial("udp", c.Join[0])
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("live: no way to %s: %w; set advertise", c.Join[0], err)
	}
	defer func() { _ = connection.Close() }()
	local := connection.LocalAddr().(*net.UDPAddr).AddrPort()
	return netip.AddrPortFrom(local.Addr().Unmap(), bound.Port()), nil
}
