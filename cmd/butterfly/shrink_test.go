package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/world"
)

func TestARunThatDidNotFailIsNotShrunk(t *testing.T) {
	stdout, _, err := invoke(context.Background(), "shrink", bundled(t, func(*hunt.Bundle) {}))
	require.ErrorContains(t, err, "there is nothing to shrink in a run that broke nothing, the verdict is pass")
	require.Equal(t, exitUsage, exitCode(err))
	require.Empty(t, stdout)
}

// failed makes a bundle say that its run failed.
func failed(b *hunt.Bundle) {
	b.Verdict = world.Fail
	b.Violations = []hunt.Violation{{Property: "map-convergence", AtSeconds: 1.5, Detail: "not so"}}
}

// A failure that this build does not reproduce leaves no bundle.
func TestAFailureThatIsNotReproducedIsNotShrunk(t *testing.T) {
	path := bundled(t, func(b *hunt.Bundle) { failed(b); b.Build = "that-build" })
	_, stderr, err := invoke(context.Background(), "shrink", path)
	require.ErrorContains(t, err, "map-convergence held: this is not the run in the bundle")
	require.Equal(t, exitHarness, exitCode(err))
	require.Contains(t, stderr, "was made by build that-build, this is build this-build")
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	require.Equal(t, []string{path}, files)
}

func TestAShrinkingThatIsStoppedAtOnceIsUndecided(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	stdout, _, err := invoke(ctx, "shrink", bundled(t, failed))
	require.ErrorContains(t, err, "stopped before the run in the bundle was over")
	require.Equal(t, exitUndecided, exitCode(err))
	require.Empty(t, stdout)
}

// endingSoon is a context that ends after it has been asked so many times.
type endingSoon struct {
	context.Context
	asked, most int
}

func (e *endingSoon) Err() error {
	if e.asked++; e.asked > e.most {
		return context.Canceled
	}
	return nil
}

// A shrinking that is stopped writes the best plan so far, and it replays.
func TestAShrinkingThatIsStoppedKeepsItsBest(t *testing.T) {
	folder := t.TempDir()
	_, _, err := invoke(context.Background(), "run", "contest", "-set", "design=raft", "-set", "servers=5",
		"-set", "origins=20", "-out", folder)
	require.Equal(t, exitBroken, exitCode(err))
	bundles, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	small := filepath.Join(folder, "small.json")

	ctx := &endingSoon{Context: context.Background(), most: 1500}
	stdout, _, err := invoke(ctx, "shrink", bundles[0], "-out", small)
	require.Equal(t, exitBroken, exitCode(err))
	require.Regexp(t, `(?s)^SHRUNK  contest.* Stopped:\s+it\s+may\s+take\s+less\.\n`, stdout)
	stdout, _, err = invoke(context.Background(), "replay", small)
	require.Equal(t, exitBroken, exitCode(err))
	require.Contains(t, stdout, "REPRODUCED")
}

func TestTheSmallBundleLiesBesideTheLargeOne(t *testing.T) {
	for path, want := range map[string]string{
		"bundles/talk-0x07.json": "bundles/talk-0x07-shrunk.json",
		"some.where/bundle":      "some.where/bundle-shrunk",
	} {
		require.Equal(t, want, besideBundle(path))
	}
}

// Whatever one fault less comes to is said.
func TestTheNearestPlanThatPasses(t *testing.T) {
	crash := scenarios.Fault{Kind: scenarios.Crash, At: scenarios.Span(time.Second), Hosts: []node.ID{3}}
	for want, found := range map[string]shrink.Result{
		"without 1s crash server 3, in a run of ": {Plan: scenarios.Scenario{Faults: []scenarios.Fault{crash}}},
		"never: it takes no fault":                {Decisive: -1},
		"by no single fault less": {
			Plan: scenarios.Scenario{Faults: []scenarios.Fault{crash}}, Decisive: -1,
		},
	} {
		var sheet sheet
		(&shrinking{Shrunk: &hunt.Shrunk{Result: &found}}).nearest(&sheet)
		require.Contains(t, sheet.String(), "passes       "+want)
	}
	var empty sheet
	found := shrink.Result{Plan: scenarios.Scenario{Faults: []scenarios.Fault{crash}}, Decisive: -1}
	stopped := &hunt.Shrunk{Result: &found, Stopped: context.Canceled}
	(&shrinking{Shrunk: stopped}).nearest(&empty)
	require.Empty(t, empty.String(), "nobody has looked")
}
