package cluster

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

var rewrite = flag.Bool("rewrite", false, "write testdata/fingerprints.txt anew")

// TestFingerprints compares a small run of every scenario with testdata/fingerprints.txt.
//
// The file is what makes builds comparable: "A run is a pure function of (build, scenario, seed)", and
// the race detector, the invariants, another instruction set or a 32-bit platform are not to matter. So
// .ci/run runs this one test in each of those builds, against the one file.
//
// It changes with every change of the protocol, of a scenario or of the order of events, which is no
// failure of theirs. To accept the new runs:
//
//	go test ./scenarios/cluster -run TestFingerprints -rewrite
func TestFingerprints(t *testing.T) {
	const golden = "testdata/fingerprints.txt"
	var lines strings.Builder
	for _, s := range scenarios.Clusters() {
		result := Build(small(t, s.Name), 1, Options{}).Run()
		fmt.Fprintf(&lines, "%-10s %v %d events\n", s.Name, result.Fingerprint, result.Events)
	}
	if *rewrite {
		require.NoError(t, os.WriteFile(golden, []byte(lines.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), lines.String(),
		"if this change is meant: go test ./scenarios/cluster -run TestFingerprints -rewrite")
}

// fingerprint plays a small run with the given options.
func fingerprint(t *testing.T, scenario string, seed uint64, o Options) trace.Fingerprint {
	return Build(small(t, scenario), seed, o).Run().Fingerprint
}

// Options "change how a run is carried out and nothing about what happens in it: the fingerprint is the
// same with any of them"; and so it is for a second run, and for one without a second processor.
func TestFingerprintDoesNotDependOnHowTheRunIsCarriedOut(t *testing.T) {
	for _, s := range scenarios.Clusters() {
		t.Run(s.Name, func(t *testing.T) {
			const seed = 2
			want := fingerprint(t, s.Name, seed, Options{})
			require.Equal(t, want, fingerprint(t, s.Name, seed, Options{}), "a second run")
			require.Equal(t, want, fingerprint(t, s.Name, seed, Options{Codec: true}), "codec")
			require.Equal(t, want, fingerprint(t, s.Name, seed, Options{PlainHeap: true}), "heap")
			require.Equal(t, want, traced(t, s.Name, seed), "a trace attached")
			require.Equal(t, want, onOneProcessor(t, s.Name, seed), "GOMAXPROCS=1")
			require.Equal(t, want, recorded(t, s.Name, seed), "a timeline recorded")
			require.NotEqual(t, want, fingerprint(t, s.Name, seed+1, Options{}), "another seed")
		})
	}
}

func traced(t *testing.T, scenario string, seed uint64) trace.Fingerprint {
	w, err := trace.NewWriter(io.Discard, trace.Header{Scenario: scenario, Seed: seed})
	require.NoError(t, err)
	result := fingerprint(t, scenario, seed, Options{Trace: w})
	require.NoError(t, w.Close())
	return result
}

func onOneProcessor(t *testing.T, scenario string, seed uint64) trace.Fingerprint {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	return fingerprint(t, scenario, seed, Options{})
}

func recorded(t *testing.T, scenario string, seed uint64) trace.Fingerprint {
	timeline := checkers.NewTimeline(time.Second)
	result := fingerprint(t, scenario, seed, Options{Timeline: timeline})
	require.NotEmpty(t, timeline.Moments())
	return result
}

// "Two worlds in one process never influence each other."
func TestInterleavedWorldsDoNotInfluenceEachOther(t *testing.T) {
	a := Build(small(t, "talk"), 1, Options{})
	b := Build(small(t, "churn"), 2, Options{})
	for now := clock.Time(0); now < a.Ends(); now = now.Add(100 * time.Millisecond) {
		a.Advance(now)
		b.Advance(now + clock.Time(50*time.Millisecond))
	}
	require.Equal(t, fingerprint(t, "talk", 1, Options{}), a.Run().Fingerprint)
	require.Equal(t, fingerprint(t, "churn", 2, Options{}), b.Run().Fingerprint)
}
