package spec

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"butterfly/node/agent"
	"butterfly/node/live/names"
	"butterfly/sim/strict"
)

// MaxNodeBytes is how large a node's configuration file may be.
const MaxNodeBytes = 1 << 20

const (
	// MaxJoin is how many servers a node can be told to join through.
	MaxJoin = names.Servers - int(names.FirstAlias)
	// maxNetworks is how many networks may be allowed, and denied.
	maxNetworks = 256
	// maxNames is how many names the API may have.
	maxNames = 64
)

// Node is the configuration of one live node. The zero value is not valid: start from [DefaultNode].
type Node struct {
	// Name is the server's, of the form of a service's.
	Name string
	// Number is what the servers call it among themselves, 1 to [MaxNumber]; 0 for the one that its
	// name hashes to.
	Number int
	// Bind is where datagrams and streams of other servers arrive, "host:port": without a host at
	// all addresses of the machine, with port 0 at one that is free.
	Bind string
	// Advertise is where the others reach it, "ip:port"; empty for what Bind says, or if that is all
	// addresses, for the one by which it reaches the first of Join.
	Advertise string
	// HTTP is where the API listens, as Bind; empty for no API.
	HTTP string
	// HTTPNames are the host names by which the API may be asked besides IP addresses, localhost and
	// the host of HTTP, at most 64. None, where HTTP is not on loopback, is any name.
	HTTPNames []string
	// Join are the addresses of servers to join through, "host:port", at most [MaxJoin]; none begins
	// a cluster.
	Join []string
	// Label is the name of the cluster: what bears another is not listened to.
	Label string

	// Origins is the path of the origins file, Data that of the folder in which the node remembers
	// its life, KeyFile that of the keys by which the servers trust each other, Record that of a
	// recording of all that the node is told. Empty is none of it.
	Origins, Data, KeyFile, Record string
	// Capacity is how many origins the node can get to know while it runs, those that are removed
	// again included, 1 to [names.MaxCapacity].
	Capacity int
	// Allow are the networks that probes may go to, none for all but those that nobody means to
	// probe; Deny are those that they may not, whatever Allow says.
	Allow, Deny []netip.Prefix

	// Log is the form of what is logged: text, json, or auto for text on a terminal only. Level is
	// the least of what is logged: debug, info, warn or error.
	Log, LogLevel string
	// TLS has the API speak TLS, both or neither set.
	TLS TLS
	// APITokenFile is the path of the token that whoever changes something by the API must show;
	// empty for none.
	APITokenFile string
	// AgentCheck is where HAProxy's agent checks are answered, as Bind; empty for nowhere.
	AgentCheck string
	// EDSDir is the folder in which Envoy finds the endpoints; empty for none.
	EDSDir string
	// Pprof has the API show profiles of the program.
	Pprof bool

	// Agent is how the machine behaves, without placement and origins.
	Agent agent.Config
}

// TLS are the paths of a certificate and its key, in PEM.
type TLS struct{ Cert, Key string }

// MaxNumber is the highest number that a server may have.
const MaxNumber = int(names.FirstAlias) - 1

// DefaultNode listens on the loopback interface only, at ports of its own. The port of datagrams is
// that of Serf and Consul's memberlist, 7946.
func DefaultNode() Node {
	return Node{
		Bind:     "127.0.0.1:7946",
		HTTP:     "127.0.0.1:7980",
		Label:    "butterfly",
		Capacity: 1 << 14,
		Log:      "auto",
		LogLevel: "info",
		Agent:    agent.DefaultConfig(),
	}
}

// ParseNode reads a configuration file on top of [DefaultNode]. The name is that of the file, for
// the error, which is an [*Error]. What flags say goes on top of that by [Node.Set], and
// [Node.Validate] then says whether it fits together.
func ParseNode(name string, text []byte) (Node, error) {
	n := DefaultNode()
	if err := readFile(name, text, MaxNodeBytes, nodeFields(), &n); err != nil {
		return Node{}, err
	}
	return n, nil
}

// Print writes all of a valid configuration, what holds by default included, as [ParseNode] reads it.
func (n *Node) Print() []byte {
	w, otherwise := &writer{whole: true}, DefaultNode()
	writeMapping(w, nodeFields(), n, &otherwise)
	return []byte(w.String())
}

// Validate reports the first thing that does not fit together, nil if nothing is.
func (n *Node) Validate() error {
	switch {
	case n.Name == "":
		return errors.New("name: found none, expected that of this server, unlike all others'")
	case n.Advertise == "" && len(n.Join) == 0 && isEverywhere(n.Bind):
		return fmt.Errorf("advertise: found none, expected where others reach what is bound to %s",
			strict.Quoted(n.Bind))
	case (n.TLS.Cert == "") != (n.TLS.Key == ""):
		return errors.New("tls: found one of cert and key, expected both or neither")
	case n.Origins == "" && len(n.Join) == 0 && n.HTTP == "":
		return errors.New("origins: found none, and neither join nor http to hear of them")
	}
	return nil
}

// isEverywhere reports whether an address to listen at is no address to be reached at.
func isEverywhere(address string) bool {
	host := strings.Trim(address[:strings.LastIndexByte(address, ':')], "[]")
	ip, err := netip.ParseAddr(host)
	return host == "" || err == nil && ip.IsUnspecified()
}
