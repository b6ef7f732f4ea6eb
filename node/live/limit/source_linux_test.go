package limit_test

import (
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/limit"
)

// "closes at once what a source opens while it has a number of connections open": one address that dials
// without end keeps out itself and nobody else, and may come again when it has left. All of 127.0.0.0/8
// is this machine's own on Linux.
func TestOneSourceKeepsOutNobodyElse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var refused atomic.Int64
	limited := limit.PerSource(listener, 4, func() { refused.Add(1) })
	accepted := acceptAll(limited, 100)
	dial := func(from string) net.Conn {
		dialler := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
		c, err := dialler.Dial("tcp", listener.Addr().String())
		require.NoError(t, err)
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	var last net.Conn
	for range 50 {
		last = dial("127.0.0.1")
	}
	require.NoError(t, last.SetReadDeadline(time.Now().Add(10*time.Second)))
	_, err = last.Read(make([]byte, 1))
	require.Error(t, err)
	require.NotErrorIs(t, err, net.ErrClosed)
	var late net.Error
	require.False(t, errors.As(err, &late) && late.Timeout(), "it is closed and not left waiting")
	require.EqualValues(t, 46, refused.Load())
	require.Len(t, accepted, 4)

	dial("127.0.0.2")
	first := <-accepted
	for range 3 {
		<-accepted
	}
	other := <-accepted
	require.Contains(t, other.RemoteAddr().String(), "127.0.0.2:")
	require.NoError(t, first.Close())
	dial("127.0.0.1")
	again := <-accepted
	require.Contains(t, again.RemoteAddr().String(), "127.0.0.1:")
	require.NoError(t, limited.Close())
}
