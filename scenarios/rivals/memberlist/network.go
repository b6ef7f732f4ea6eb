package memberlist

import (
	"math/rand/v2"
	"net"
	"strconv"
	"sync/atomic"
	"time"
)

// One way, of packets and of each half of a handshake: a uniform choice between these, as between
// the machines of one hall.
const (
	fastest = 500 * time.Microsecond
	slowest = 1500 * time.Microsecond
)

const port = 7946 // memberlist's own

// SendRule says what becomes of a send while the sender is blocked.
type SendRule int

const (
	// SendsBlock stops the caller at the socket until the block ends: a process that is not
	// scheduled, or a full socket buffer.
	SendsBlock SendRule = iota
	// SendsQueue takes the packet and returns at once; it leaves when the block ends. A dial gives
	// up after its time-out: a machine that runs behind an interface that does not.
	SendsQueue
)

// network connects the hosts of one cluster. Packets are lost with the probability given, streams
// never lose a byte; neither crosses a cut.
type network struct {
	lossPPM atomic.Int64
	sends   SendRule
	hosts   []*host
	byName  map[string]*host // by address, "10.0.0.1:7946"; fixed once built
	packets atomic.Int64     // handed to the network so far, lost ones included
}

func newNetwork(hosts int, sends SendRule) *network {
	n := &network{sends: sends, byName: map[string]*host{}}
	for i := range hosts {
		h := newHost(n, net.IPv4(10, 0, byte(i>>8), byte(i)).To4())
		n.hosts = append(n.hosts, h)
		n.byName[net.JoinHostPort(h.address.String(), strconv.Itoa(port))] = h
	}
	return n
}

// reachable reports whether anything sent by one host now arrives at the other.
func reachable(from, to *host) bool {
	return to != nil && !from.isDown() && !to.isDown() && from.side.Load() == to.side.Load()
}

func (n *network) loses() bool { return rand.Int64N(1_000_000) < n.lossPPM.Load() }

func latency() time.Duration { return fastest + rand.N(slowest-fastest) }
