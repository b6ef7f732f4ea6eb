package probe

import (
	"fmt"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

// A listener whose queue is full answers nobody who knocks, as a machine that is gone does (Linux:
// listen(2), and tcp_abort_on_overflow in tcp(7)).
func TestABlackHoleIsTheOriginsFault(t *testing.T) {
	const timeout = 80 * time.Millisecond
	target := blackHole(t)
	r := look(t, newProber(t, nil), target, over(health.TCP), timeout)
	require.Equal(t, node.Failed, r.Outcome, r.Detail)
	require.Equal(t, "no connection within 80ms", r.Detail)
	require.GreaterOrEqual(t, r.Took, timeout)
	require.Less(t, r.Took, patience)
}

// blackHole returns a target that does not even refuse.
func blackHole(t *testing.T) string {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	require.NoError(t, err)
	t.Cleanup(func() { _ = syscall.Close(fd) })
	require.NoError(t, syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	require.NoError(t, syscall.Listen(fd, 0))
	bound, err := syscall.Getsockname(fd)
	require.NoError(t, err)
	target := fmt.Sprintf("127.0.0.1:%d", bound.(*syscall.SockaddrInet4).Port)
	for { // a queue of 0 has room for one
		c, err := net.DialTimeout("tcp", target, 100*time.Millisecond)
		if err != nil {
			return target
		}
		t.Cleanup(func() { _ = c.Close() })
	}
}
