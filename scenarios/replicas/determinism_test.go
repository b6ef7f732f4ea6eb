package replicas

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/sim/trace"
)

var rewrite = flag.Bool("rewrite", false, "write testdata/fingerprints.txt anew")

// TestFingerprints compares a small run of every scenario with testdata/fingerprints.txt: what
// makes builds comparable, as in package cluster. It changes with every change of the map, of its
// gossip, of a scenario or of the order of events, which is no failure of theirs. To accept the new
// runs:
//
//	go test ./scenarios/replicas -run TestFingerprints -rewrite
func TestFingerprints(t *testing.T) {
	const golden = "testdata/fingerprints.txt"
	var lines strings.Builder
	for _, s := range scenarios.Maps() {
		result := Build(brief(t, s.Name), 1, Options{}).Run()
		fmt.Fprintf(&lines, "%-13s %v %d events\n", s.Name, result.Fingerprint, result.Events)
	}
	if *rewrite {
		require.NoError(t, os.WriteFile(golden, []byte(lines.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), lines.String(),
		"if this change is meant: go test ./scenarios/replicas -run TestFingerprints -rewrite")
}

// Options "change how a run is carried out and nothing about what happens in it: the fingerprint is
// the same with any of them"; and so it is for a second run. With the codec that says, too, that
// every message survives its encoding and weighs what its encoding does.
func TestFingerprintDoesNotDependOnHowTheRunIsCarriedOut(t *testing.T) {
	for _, s := range scenarios.Maps() {
		const seed = 2
		s = brief(t, s.Name)
		fingerprint := func(seed uint64, o Options) trace.Fingerprint {
			return Build(s, seed, o).Run().Fingerprint
		}
		want := fingerprint(seed, Options{})
		require.Equal(t, want, fingerprint(seed, Options{}), "%s: a second run", s.Name)
		require.Equal(t, want, fingerprint(seed, Options{Codec: true}), "%s: codec", s.Name)
		require.Equal(t, want, fingerprint(seed, Options{PlainHeap: true}), "%s: heap", s.Name)
		require.NotEqual(t, want, fingerprint(seed+1, Options{}), "%s: another seed", s.Name)
		w, err := trace.NewWriter(io.Discard, trace.Header{Scenario: s.Name, Seed: seed})
		require.NoError(t, err)
		require.Equal(t, want, fingerprint(seed, Options{Trace: w}), "%s: a trace attached", s.Name)
		require.NoError(t, w.Close())
	}
}

// What is measured does not depend on how messages travel, either.
func TestTheCodecIsMeteredAsValuesAre(t *testing.T) {
	s := brief(t, "map-truncated")
	want := Build(s, 1, Options{}).Run()
	require.Equal(t, want, Build(s, 1, Options{Codec: true}).Run())
}

// What a bundle holds, the expanded scenario, is the same run.
func TestAnExpandedScenarioIsTheSameRun(t *testing.T) {
	s := brief(t, "map-storm", "servers=5-12", "loss=0-10%")
	for seed := range uint64(5) {
		want := Build(s, seed, Options{}).Run()
		require.Equal(t, want, Build(s.Expand(seed), seed, Options{}).Run())
	}
}
