package live

import (
	"errors"
	"net"
	"net/netip"

	"butterfly/node"
	"butterfly/node/live/seal"
)

// receive takes every datagram that comes, until the socket is closed.
func (c *carrier) receive() {
	buffer := make([]byte, maxDatagram+1)
	for {
		length, from, err := c.socket.ReadFromUDPAddrPort(buffer)
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil: // of an earlier send, such as a port that nobody listens at
			c.metrics.drop("receive")
		case length > maxDatagram:
			c.metrics.drop("oversized")
		case c.loses != nil && c.loses():
			c.metrics.drop("lost")
		case c.delay.span == 0:
			c.deliver(from, buffer[:length])
		case !c.delay.hold(from, buffer[:length]):
			c.metrics.drop("shed")
		}
	}
}

// deliver puts a datagram into the ring.
func (c *carrier) deliver(from netip.AddrPort, bytes []byte) {
	c.metrics.datagram("in", len(bytes))
	if c.received.put(from, bytes) {
		c.metrics.drop("shed")
	}
}

// open returns what a datagram says and who says it, if it is for this cluster and was not here
// before. The bytes are valid until the next call. It is for the machine's goroutine, as send is.
func (c *carrier) open(d *datagram) (from node.ID, plain []byte, opened bool) {
	plain, header, err := c.keys.Load().Open(c.opened[:0], d.bytes)
	switch {
	case err != nil:
		c.metrics.drop(reasonOf(err))
		return 0, nil, false
	case header.From == uint32(c.number) || !c.datagramsSeen.Accept(header):
		c.metrics.drop("replayed")
		return 0, nil, false
	}
	c.opened = plain
	return node.ID(header.From), plain, true
}

// send seals a datagram and lets it go. What the system does not take is lost, as any datagram may
// be.
func (c *carrier) send(to netip.AddrPort, plain []byte) {
	c.sealed = c.keys.Load().Seal(c.sealed[:0], plain, uint32(c.number), c.boot, c.sequence.Add(1))
	if _, err := c.socket.WriteToUDPAddrPort(c.sealed, to); err != nil {
		c.metrics.drop("send")
		return
	}
	c.metrics.datagram("out", len(c.sealed))
}

// reasonOf says in a word why something did not open.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, seal.ErrKey):
		return "key"
	case errors.Is(err, seal.ErrLabel):
		return "label"
	case errors.Is(err, seal.ErrForged):
		return "forged"
	}
	return "form"
}
