package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
)

// bundled writes the bundle of a small run that passes, after a change, and returns its path.
func bundled(t *testing.T, change func(*hunt.Bundle)) string {
	s, err := scenarios.Find("calm")
	require.NoError(t, err)
	require.NoError(t, s.Set("servers=5"))
	require.NoError(t, s.Set("origins=20"))
	result, err := hunt.Play(context.Background(), s, 9, stage.Options{}, nil)
	require.NoError(t, err)
	b := hunt.NewBundle(s, result, "this-build")
	change(b)
	text, err := b.Encode()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), b.FileName())
	require.NoError(t, os.WriteFile(path, text, 0o600))
	return path
}

func TestABundleOfARunThatPassedIsReproducedToo(t *testing.T) {
	stdout, stderr, err := invoke(context.Background(), "replay", bundled(t, func(*hunt.Bundle) {}))
	require.NoError(t, err)
	require.Empty(t, stderr)
	require.Contains(t, stdout, "REPRODUCED  calm, seed 0x0000000000000009: verdict pass")
	require.Contains(t, stdout, "build        this-build, as this is\n")
}

// The code of a guest is in its owner's test.
func TestTheBundleOfAGuestIsForItsOwnTest(t *testing.T) {
	path := bundled(t, func(b *hunt.Bundle) {
		b.Scenario.Origins, b.Scenario.Merge, b.Scenario.Faults = 0, "", nil
		b.Scenario.Guest = &scenarios.Guest{Package: "example.com/shop", Test: "TestCart"}
	})
	for _, command := range []string{"replay", "shrink"} {
		stdout, _, err := invoke(context.Background(), command, path)
		require.Empty(t, stdout)
		require.ErrorContains(t, err, "only its own test can repeat: BUTTERFLY_REPLAY="+path+
			" go test -run '^TestCart$' example.com/shop")
	}
}

// A bundle of another build says so and is replayed anyway.
func TestABundleOfAnotherBuildIsReplayedWithAWarning(t *testing.T) {
	path := bundled(t, func(b *hunt.Bundle) { b.Build = "that-build" })
	stdout, stderr, err := invoke(context.Background(), "replay", path)
	require.NoError(t, err)
	require.Contains(t, stderr, "was made by build that-build, this is build this-build")
	require.Contains(t, stdout, "REPRODUCED")
	require.Contains(t, stdout, "build        that-build; this is this-build\n")
}

func TestARunThatDiffersIsToldApart(t *testing.T) {
	path := bundled(t, func(b *hunt.Bundle) {
		b.Fingerprint = "00000000000000000000000000000000"
		b.Violations = []hunt.Violation{{Property: "map-convergence", AtSeconds: 1.5, Detail: "not so"}}
	})
	stdout, _, err := invoke(context.Background(), "replay", path)
	require.Equal(t, exitHarness, exitCode(err))
	require.Contains(t, stdout,
		"DIFFERS  calm, seed 0x0000000000000009: this is not the run in the bundle.")
	require.Contains(t, stdout, "fingerprint: 00000000000000000000000000000000 in the bundle")
	require.Contains(t, stdout, "violation 1: 1.5s map-convergence: not so in the bundle, none now")

	stdout, _, err = invoke(context.Background(), "replay", path, "-json")
	require.Equal(t, exitHarness, exitCode(err))
	require.Contains(t, stdout, `"reproduced":false,"differences":["fingerprint: `)
}

func TestAReplayThatIsStoppedReproducesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	stdout, _, err := invoke(ctx, "replay", "-json", bundled(t, func(*hunt.Bundle) {}))
	require.Equal(t, exitUndecided, exitCode(err))
	require.Contains(t, stdout, `"reproduced":false,"differences":[]`)
}
