package limit_test

import (
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/limit"
)

// "accepts a connection only while fewer than a number are open": one more waits until one is
// closed.
func TestConnectionsAreBounded(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	limited := limit.Listener(listener, 2)
	accepted := acceptAll(limited, 0)
	for range 3 {
		dialled, err := net.Dial("tcp", listener.Addr().String())
		require.NoError(t, err)
		defer dialled.Close()
	}
	first, second := <-accepted, <-accepted
	defer second.Close()
	select {
	case <-accepted:
		require.Fail(t, "a third connection was accepted")
	case <-time.After(20 * time.Millisecond):
	}
	require.NoError(t, first.Close())
	require.Error(t, first.Close(), "closing twice makes no more room than closing once")
	third := <-accepted
	defer third.Close()
	require.NoError(t, limited.Close())
	require.NoError(t, limited.Close())
	for range accepted {
		require.Fail(t, "a connection was accepted after the end")
	}
}

// acceptAll accepts connections until the listener is closed, so many of them before anybody takes one.
func acceptAll(l net.Listener, ahead int) <-chan net.Conn {
	accepted := make(chan net.Conn, ahead)
	go func() {
		defer close(accepted)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			accepted <- c
		}
	}()
	return accepted
}
