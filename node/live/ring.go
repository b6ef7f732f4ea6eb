package live

import (
	"net/netip"
	"sync"
)

// datagram is one that came, as it came.
type datagram struct {
	from  netip.AddrPort
	bytes []byte
}

// ring is the datagrams that wait for the machine's turn, of which it sheds the oldest when too
// many do: what is new says more of the group than what is old, and SWIM can do without any of it.
type ring struct {
	news chan struct{} // is sent to when some may be waiting

	mutex sync.Mutex
	slots []datagram
	first int
	count int
}

func newRing(slots int) *ring {
	return &ring{news: make(chan struct{}, 1), slots: make([]datagram, slots)}
}

// put takes a copy of a datagram, and reports whether it took the place of the oldest.
func (r *ring) put(from netip.AddrPort, bytes []byte) (shed bool) {
	r.mutex.Lock()
	if shed = r.count == len(r.slots); shed {
		r.first = (r.first + 1) % len(r.slots)
		r.count--
	}
	slot := &r.slots[(r.first+r.count)%len(r.slots)]
	slot.from, slot.bytes = from, append(slot.bytes[:0], bytes...)
	r.count++
	r.mutex.Unlock()
	signal(r.news)
	return shed
}

// take moves the oldest datagram into d, whose memory it keeps in exchange.
func (r *ring) take(d *datagram) (taken bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.count == 0 {
		return false
	}
	*d, r.slots[r.first] = r.slots[r.first], *d
	r.first = (r.first + 1) % len(r.slots)
	r.count--
	return true
}

func (r *ring) len() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.count
}

// signal says on a channel that there is news, unless that has been said and not heard.
func signal(news chan<- struct{}) {
	select {
	case news <- struct{}{}:
	default:
	}
}
