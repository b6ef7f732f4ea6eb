package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"butterfly/node"
	"butterfly/node/live/endpoint"
	"butterfly/node/live/limit"
	"butterfly/node/live/seal"
)

// carrier takes bytes to other servers and brings theirs: sealed datagrams by UDP, sealed calls by
// HTTP. It knows of servers by number and address, and nothing of what is said.
type carrier struct {
	number   node.ID
	boot     uint64        // the generation of this life on the carrier
	sequence atomic.Uint64 // of datagrams; requests, which are slower, count for themselves
	requests atomic.Uint64
	keys     atomic.Pointer[seal.Keyring]
	metrics  *metrics
	log      *slog.Logger

	socket   *net.UDPConn
	listener net.Listener
	server   *http.Server
	client   *http.Client
	received *ring // datagrams as they came
	sealed   []byte
	opened   []byte

	loses         func() bool // of a datagram that has come; nil for never
	delay         delay
	datagramsSeen seal.Replay
	requestsSeen  seal.Replay
	door          chan struct{} // a place for each request under way that has not opened
	places        chan struct{} // a place for each that has
	answer        answerer
	greet         greeter
}

// answerer answers a request of another server with bytes; false refuses it.
type answerer func(from node.ID, request []byte) (reply []byte, served bool)

// greeter answers a hello.
type greeter func(question hello) hello

// Bounds of what the network may ask of a node.
const (
	// maxDatagram is how large a datagram may be that is looked at, in bytes.
	maxDatagram = 1 << 13
	// maxWaiting is how many datagrams wait at most.
	maxWaiting = 1 << 10
	// maxRequest and maxReply bound what a call carries, in bytes. A table of a thousand members
	// has 0.2 MB, a whole map of 65,536 origins about 3 MB.
	maxRequest, maxReply = 8 << 20, 64 << 20
	// maxHeader bounds the headers of HTTP, in bytes.
	maxHeader = 4 << 10
	// maxRequests is how many requests of those who have the key are read and answered at a time,
	// maxStrangers how many there may be besides of which that is not known yet.
	maxRequests, maxStrangers = 64, 1 << 9
	// maxConnections is how many connections are open, maxOfSource how many of those from one source,
	// so that a stranger does not have them all; 64 servers of one host need one each. maxStreams is how
	// many requests are under way on one.
	maxConnections, maxOfSource, maxStreams = 1 << 10, 1 << 8, 16
	// readHeaderTime is how long a connection may take to send a header, openTime how long from
	// there to show that it has the key, requestTime to send the rest, idleTime to send nothing.
	readHeaderTime, openTime = 2 * time.Second, 3 * time.Second
	requestTime, idleTime    = 10 * time.Second, 2 * time.Minute
)

// openCarrier takes the address for datagrams and streams. A port of 0 is any that is free for
// both.
func openCarrier(
	life context.Context, bind string, metrics *metrics, log *slog.Logger,
) (*carrier, error) {
	c := &carrier{
		metrics: metrics, log: log, received: newRing(maxWaiting),
		door: make(chan struct{}, maxStrangers), places: make(chan struct{}, maxRequests),
	}
	if err := c.listen(bind); err != nil {
		return nil, err
	}
	_ = c.socket.SetReadBuffer(1 << 20) // or as much as the system allows
	_ = c.socket.SetWriteBuffer(1 << 20)
	c.client = newClient(life)
	c.server = c.newServer()
	return c, nil
}

// listen takes a port for streams, and the same for datagrams. Somebody else may have that one: if
// any port will do, it tries another.
func (c *carrier) listen(bind string) error {
	const attempts = 20
	var err error
	for range attempts {
		var listener net.Listener
		if listener, err = net.Listen("tcp", bind); err != nil {
			return fmt.Errorf("live: bind %s: %w", bind, err)
		}
		address := net.UDPAddrFromAddrPort(endpoint.OfTCP(listener.Addr()))
		if c.socket, err = net.ListenUDP("udp", address); err == nil {
			fair := limit.PerSource(listener, maxOfSource, c.metrics.connectionsRefused.Inc)
			c.listener = limit.Listener(fair, maxConnections)
			return nil
		}
		err = errors.Join(fmt.Errorf("live: bind %s: %w", bind, err), listener.Close())
		if _, port, _ := net.SplitHostPort(bind); port != "0" {
			return err
		}
	}
	return err
}

// bound is the address that was taken.
func (c *carrier) bound() netip.AddrPort { return endpoint.OfTCP(c.listener.Addr()) }

// begin starts to listen, as a server of that number in that life.
func (c *carrier) begin(number node.ID, boot uint64, keys *seal.Keyring, life *life) {
	c.number, c.boot = number, boot
	c.keys.Store(keys)
	life.run(c.receive)
	if c.delay.span > 0 {
		life.run(func() { c.delay.release(life.context, c.deliver) })
	}
	life.run(func() { _ = c.server.Serve(c.listener) }) // it ends when it is closed
}

// close ends everything that is under way, and is for good: it takes all places.
func (c *carrier) close() error {
	err := errors.Join(c.server.Close(), c.socket.Close())
	_ = c.listener.Close() // which the server has closed, if it began
	for _, places := range []chan struct{}{c.door, c.places} {
		for range cap(places) { // requests under way end soon: their connections are gone
			places <- struct{}{}
		}
	}
	return err
}
