//go:build unix

package memberlist

import (
	"fmt"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// BenchmarkCrash plays a cluster for 60 s, a crash, and 60 s more, and reports how many seconds of
// virtual time go by in a second on the wall, and in a second of processor time, which is the
// figure to compare if the machine has other work to do:
//
//	go test -run '^$' -bench Crash -cpu 1 ./...
func BenchmarkCrash(b *testing.B) {
	for _, servers := range []int{8, 32, 128} {
		b.Run(fmt.Sprint(servers), func(b *testing.B) { benchmarkCrash(b, servers) })
	}
}

func benchmarkCrash(b *testing.B, servers int) {
	b.ReportAllocs()
	crash := Crash{
		Setup:  Setup{Servers: servers},
		WarmUp: 60 * time.Second,
		Watch:  60 * time.Second,
	}
	var virtual time.Duration
	began := processorTime(b)
	for b.Loop() {
		asTest(b, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				if _, err := crash.Run(); err != nil {
					t.Fatal(err)
				}
				virtual += time.Since(begin) - longestCall // in which nothing goes on
			})
		})
	}
	b.ReportMetric(virtual.Seconds()/b.Elapsed().Seconds(), "virtual-s/s")
	b.ReportMetric(virtual.Seconds()/(processorTime(b)-began).Seconds(), "virtual-s/cpu-s")
}

// processorTime returns what this process has used so far, the garbage collector included.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// asTest runs f as a test, because a bubble is to be had for a test only. It repeats f as often as
// -count and the list of -cpu say, which is why the virtual time is added up inside.
func asTest(b *testing.B, f func(*testing.T)) {
	all := func(_, _ string) (bool, error) { return true, nil }
	if !testing.RunTests(all, []testing.InternalTest{{Name: b.Name(), F: f}}) {
		b.Fatal("the test in the benchmark failed")
	}
}
