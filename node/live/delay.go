package live

import (
	"bytes"
	"context"
	"net/netip"
	"time"
)

// delay makes the way between servers longer than the network does: datagrams are held back where
// they arrive, calls where they begin and end. A delay of 0 is none.
type delay struct {
	span time.Duration
	held chan held // datagrams in the order in which they came, which is that in which they are due
}

// held is a datagram that is still on its way.
type held struct {
	datagram
	due time.Time
}

func newDelay(span time.Duration) delay {
	if span == 0 {
		return delay{}
	}
	return delay{span, make(chan held, maxWaiting)}
}

// hold takes a copy of a datagram, and reports whether there was room for it.
func (d *delay) hold(from netip.AddrPort, content []byte) (taken bool) {
	select {
	case d.held <- held{datagram{from, bytes.Clone(content)}, time.Now().Add(d.span)}:
		return true
	default:
		return false
	}
}

// release hands over each datagram when it is due, until the life ends.
func (d *delay) release(life context.Context, deliver func(from netip.AddrPort, bytes []byte)) {
	for {
		select {
		case h := <-d.held:
			if pause(life, time.Until(h.due)) != nil {
				return
			}
			deliver(h.from, h.bytes)
		case <-life.Done():
			return
		}
	}
}
