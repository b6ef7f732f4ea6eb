package memberlist

import (
	"net"
	"sync"
	"sync/atomic"
	"time"

	hashicorp "github.com/hashicorp/memberlist"
)

// host is one machine on the network, and what memberlist calls a transport.
type host struct {
	network *network
	address net.IP
	side    atomic.Int32 // of the cut; hosts on different sides do not reach each other
	door    *door
	packets chan *hashicorp.Packet
	streams chan net.Conn
	down    chan struct{} // closed by Shutdown
	once    sync.Once
}

var _ hashicorp.Transport = (*host)(nil)

func newHost(n *network, address net.IP) *host {
	return &host{
		network: n,
		address: address,
		door:    newDoor(),
		packets: make(chan *hashicorp.Packet, 64),
		streams: make(chan net.Conn),
		down:    make(chan struct{}),
	}
}

// FinalAdvertiseAddr ignores what was configured: a host has one address.
func (h *host) FinalAdvertiseAddr(string, int) (net.IP, int, error) { return h.address, port, nil }

// WriteTo sends a packet. It never fails, as UDP hardly ever does. The payload is not copied:
// memberlist does not write to what it has sent.
func (h *host) WriteTo(payload []byte, address string) (time.Time, error) {
	if h.network.sends == SendsBlock {
		h.door.pass()
	}
	h.network.packets.Add(1)
	to := h.network.byName[address]
	if to != nil && !h.network.loses() {
		h.send(payload, to)
	}
	return time.Now(), nil
}

// send has the packet leave through our door, travel, and enter through theirs.
func (h *host) send(payload []byte, to *host) {
	travel := func() {
		time.AfterFunc(latency(), func() { to.receive(payload, h) })
	}
	select {
	case <-h.door.opening():
		travel()
	default:
		go func() {
			h.door.pass()
			travel()
		}()
	}
}

// receive hands a packet to memberlist as soon as the door is open. Packets that waited enter
// roughly in the order in which they came; UDP promises no more.
func (h *host) receive(payload []byte, from *host) {
	h.door.pass()
	if !reachable(from, h) {
		return
	}
	packet := &hashicorp.Packet{
		Buf:       payload,
		From:      &net.UDPAddr{IP: from.address, Port: port},
		Timestamp: time.Now(),
	}
	select {
	case h.packets <- packet:
	case <-h.down:
	}
}

// PacketCh is where packets arrive.
func (h *host) PacketCh() <-chan *hashicorp.Packet { return h.packets }

// StreamCh is where accepted streams arrive.
func (h *host) StreamCh() <-chan net.Conn { return h.streams }

// Shutdown takes the host off the network: a crash, as the others see it.
func (h *host) Shutdown() error {
	h.once.Do(func() { close(h.down) })
	return nil
}

func (h *host) isDown() bool {
	select {
	case <-h.down:
		return true
	default:
		return false
	}
}
