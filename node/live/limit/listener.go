package limit

import (
	"net"
	"sync"
)

// Listener returns one that accepts a connection only while fewer than a number are open, which is at
// least 1. Whoever waits in Accept is told of Close by [net.ErrClosed]; closing again returns the
// same error, or nil, as the first time.
func Listener(l net.Listener, connections int) net.Listener {
	limited := &listener{
		Listener: l, open: make(chan struct{}, connections), closed: make(chan struct{}),
	}
	limited.close = sync.OnceValue(func() error {
		close(limited.closed)
		return l.Close()
	})
	return limited
}

type listener struct {
	net.Listener
	open   chan struct{} // holds a value for each connection
	closed chan struct{}
	close  func() error
}

func (l *listener) Close() error { return l.close() }

func (l *listener) Accept() (net.Conn, error) {
	select {
	case l.open <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	accepted, err := l.Listener.Accept()
	if err != nil {
		<-l.open
		return nil, err
	}
	return &connection{accepted, sync.OnceFunc(func() { <-l.open })}, nil
}

// connection makes room for another when it is closed.
type connection struct {
	net.Conn
	leave func()
}

func (c *connection) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
