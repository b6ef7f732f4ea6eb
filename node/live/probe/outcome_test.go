package probe

import (
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

func TestAClosedPortIsTheOriginsFault(t *testing.T) {
	r := look(t, newProber(t, nil), closedPort(t), over(health.TCP), patience)
	require.Equal(t, node.Failed, r.Outcome)
	require.Equal(t, "connection refused", r.Detail)
}

// The table of the package documentation.
func TestWhoseFaultItIs(t *testing.T) {
	a := attempt{timeout: time.Second}
	for want, numbers := range map[node.Outcome][]syscall.Errno{
		node.Failed: {
			syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ETIMEDOUT, syscall.EHOSTUNREACH,
			syscall.EHOSTDOWN,
		},
		node.Unable: {
			syscall.ENETUNREACH, syscall.EADDRNOTAVAIL, syscall.EAFNOSUPPORT, syscall.EAGAIN,
			syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.EACCES,
			syscall.EPERM,
		},
	} {
		for _, number := range numbers {
			err := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", number)}
			r := a.noConnection(err)
			require.Equal(t, want, r.Outcome, "%v", number)
			require.NotContains(t, r.Detail, "dial")
		}
	}
}

func TestDetailsAreBrief(t *testing.T) {
	r := failed("%s", strings.Repeat("é", 300))
	require.Len(t, r.Detail, maxDetail)
	r = failed("x%s", strings.Repeat("é", 300))
	require.Equal(t, "x"+strings.Repeat("é", 99), r.Detail, "no half letter")
	require.Equal(t, "ab c", failed("%s", "a\x00b \x1bc\n").Detail)
}
