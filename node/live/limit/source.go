package limit

import (
	"net"
	"net/netip"
	"sync"
)

// PerSource returns a listener that closes at once what a source opens while it has a number of
// connections open, which is at least 1, and tells refused of each. A source is an IPv4 address or the
// /64 network of an IPv6 one, for that is what one host is given.
func PerSource(l net.Listener, connections int, refused func()) net.Listener {
	return &sources{Listener: l, most: connections, refused: refused, open: map[netip.Prefix]int{}}
}

type sources struct {
	net.Listener
	most    int
	refused func()

	mutex sync.Mutex
	open  map[netip.Prefix]int // connections by source, 1 or more
}

func (s *sources) Accept() (net.Conn, error) {
	for {
		accepted, err := s.Listener.Accept()
		if err != nil {
			return nil, err
		}
		source := sourceOf(accepted.RemoteAddr())
		if s.enter(source) {
			return &connection{accepted, sync.OnceFunc(func() { s.leave(source) })}, nil
		}
		s.refused()
		_ = accepted.Close() // whoever it is learns no more than that
	}
}

// sourceOf is who connects from an address. Those without an IP address are one source.
func sourceOf(a net.Addr) netip.Prefix {
	address, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.Prefix{}
	}
	ip := address.Addr().Unmap()
	bits := 64
	if ip.Is4() {
		bits = 32
	}
	source, _ := ip.WithZone("").Prefix(bits) // so many it has
	return source
}

func (s *sources) enter(source netip.Prefix) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.open[source] >= s.most {
		return false
	}
	s.open[source]++
	return true
}

func (s *sources) leave(source netip.Prefix) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.open[source]--; s.open[source] == 0 {
		delete(s.open, source)
	}
}
