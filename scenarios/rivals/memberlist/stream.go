package memberlist

import (
	"net"
	"os"
	"time"
)

// DialTimeout opens a stream after the two ways of a handshake. A host that is down or behind a cut
// answers nothing, so the caller waits for the time-out. A blocked host accepts, as its kernel
// would, and reads nothing.
func (h *host) DialTimeout(address string, timeout time.Duration) (net.Conn, error) {
	if !h.mayDial(timeout) {
		return nil, errDialTimeout
	}
	to := h.network.byName[address]
	handshake := latency() + latency()
	if !reachable(h, to) || timeout < handshake {
		time.Sleep(timeout)
		return nil, errDialTimeout
	}
	time.Sleep(handshake)
	near, far := net.Pipe()
	select {
	case to.streams <- &stream{Conn: far, door: to.door}:
		return &stream{Conn: near, door: h.door}, nil
	case <-to.down:
		return nil, errDialTimeout
	}
}

func (h *host) mayDial(timeout time.Duration) bool {
	if h.network.sends == SendsQueue {
		return h.door.passWithin(timeout)
	}
	h.door.pass()
	return true
}

var errDialTimeout error = &net.OpError{Op: "dial", Net: "tcp", Err: os.ErrDeadlineExceeded}

// stream is one end of a connection, whose host may be blocked.
type stream struct {
	net.Conn
	door *door
}

// Read hands over what came once the door is open.
func (s *stream) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	s.door.pass()
	return n, err
}

// Write begins once the door is open.
func (s *stream) Write(p []byte) (int, error) {
	s.door.pass()
	return s.Conn.Write(p)
}
