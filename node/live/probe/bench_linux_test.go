package probe

import (
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

// benchmarkProbes keeps 64 probes under way. The time of the processors is what counts on a machine
// that has other things to do; it includes the origins' half. Their ports are several, or there
// would be no local port left for them after half a minute.
func benchmarkProbes(b *testing.B, kind health.Kind, talk func(*net.TCPConn)) {
	var targets []string
	for range 16 {
		targets = append(targets, listen(b, talk))
	}
	p := newProber(b, nil)
	places := make(chan struct{}, 64)
	d := over(kind)
	b.ReportAllocs()
	before := processorTime(b)
	b.ResetTimer()
	for i := range b.N {
		places <- struct{}{}
		p.Start(targets[i%len(targets)], d, patience, func(r Report) {
			if r.Outcome != node.Succeeded {
				b.Error(r.Detail)
			}
			<-places
		})
	}
	for range cap(places) {
		places <- struct{}{}
	}
	b.StopTimer()
	spent := processorTime(b) - before
	b.ReportMetric(float64(b.N)/spent.Seconds(), "probes/cpu-s")
}

func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func BenchmarkTCP(b *testing.B) { benchmarkProbes(b, health.TCP, func(*net.TCPConn) {}) }

func BenchmarkHTTP(b *testing.B) {
	benchmarkProbes(b, health.HTTP, func(c *net.TCPConn) {
		readRequest(c)
		_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
	})
}
