package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
)

// corpusOf is a folder with one bundle, of a run that passes and says that it failed.
func corpusOf(t *testing.T, build string) string {
	return filepath.Dir(bundled(t, func(b *hunt.Bundle) { failed(b); b.Build = build }))
}

func TestWhatDoesNotFailAnyMoreIsGone(t *testing.T) {
	folder := corpusOf(t, "that-build")
	stdout, _, err := invoke(context.Background(), append([]string{"hunt", "calm", "-n", "1",
		"-corpus", folder}, tiny...)...)
	require.NoError(t, err, "a failure that is gone is none")
	require.Contains(t, stdout, ".json: gone: it does not fail in this build\n")
}

// The same build gives the same run: if it does not, the harness is at fault.
func TestABundleOfThisBuildThatDiffersIsADivergence(t *testing.T) {
	folder := corpusOf(t, "this-build")
	stdout, _, err := invoke(context.Background(), append([]string{"hunt", "calm", "-n", "1",
		"-corpus", folder}, tiny...)...)
	require.Equal(t, exitHarness, exitCode(err))
	require.Contains(t, stdout, "DIVERGED")
}

// A failure that breaks something in another run is said to differ.
func TestAFailureInAnotherRunDiffers(t *testing.T) {
	h, run := brokenSeed(t)
	b := h.newBundle(run.scenario, run.result)
	b.Build, b.Events = "that-build", b.Events+1
	path := filepath.Join(t.TempDir(), "kept.json")
	require.Equal(t, path, h.keepAs(path, b))
	require.NoError(t, h.corpus.read(h.app, "literal", filepath.Dir(path)))
	h.workers = 1
	require.NoError(t, h.sweepCorpus(context.Background()))
	require.Equal(t, corpusCounts{Differs: 1}, h.corpus.corpusCounts)
	require.Equal(t, exitBroken, h.code())
	require.Equal(t, 1, h.groups.Kinds())
}

// What was never meant for the hunt says nothing about it; a failure of its own that is damaged does.
func TestOnlyWhatBelongsToAScenarioCanLeaveItsHuntUndecided(t *testing.T) {
	hunted := func(change func(folder string)) (stdout, stderr string, err error) {
		folder := t.TempDir()
		change(folder)
		return invoke(context.Background(), append([]string{"hunt", "calm", "-n", "1",
			"-corpus", folder}, tiny...)...)
	}
	write := func(folder, file, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600))
	}
	bundle := func(change func(*hunt.Bundle)) string {
		text, err := os.ReadFile(bundled(t, change))
		require.NoError(t, err)
		return string(text)
	}
	stdout, stderr, err := hunted(func(folder string) {
		write(folder, "guest.json", bundle(func(b *hunt.Bundle) {
			b.Scenario.Guest = &scenarios.Guest{Package: "example.com/ring", Test: "TestRing"}
		}))
		write(folder, "passed.json", bundle(func(b *hunt.Bundle) { b.Scenario.Name = "storm" }))
	})
	require.NoError(t, err)
	require.Empty(t, stderr)
	require.Contains(t, stdout, " 0 unreadable, 2 of other")

	stdout, stderr, err = hunted(func(folder string) {
		write(folder, "foo.json", `{"servers": 5}`)
		require.NoError(t, os.Mkdir(filepath.Join(folder, "folder.json"), 0o755))
	})
	require.NoError(t, err)
	require.Contains(t, stdout, " 0 unreadable, 0 of other")
	require.Contains(t, stderr, "foo.json: this is no bundle: it has no checksum\n")
	require.Contains(t, stderr, "folder.json: is a directory\n")

	whole := bundle(failed)
	for file, text := range map[string]string{
		"altered.json":                strings.Replace(whole, "not so", "so", 1),
		"calm-map-convergence-1.json": whole[:len(whole)/2],
	} {
		stdout, stderr, err = hunted(func(folder string) { write(folder, file, text) })
		require.Equal(t, exitUndecided, exitCode(err), file)
		require.Contains(t, stdout, " 1 unreadable, 0 of other")
		require.Contains(t, stderr, file)
	}
}

// The same failure is not put into a corpus twice, and what cannot be run at all is not in it.
func TestACorpusIsAFolderOfFailures(t *testing.T) {
	passed := bundled(t, func(*hunt.Bundle) {})
	h, run := brokenSeed(t)
	folder := filepath.Dir(passed)
	require.NoError(t, h.corpus.read(h.app, "calm", folder))
	require.Equal(t, 1, h.corpus.Unreadable, "%v", h.corpus.told)
	b := h.newBundle(run.scenario, run.result)
	h.corpus.add(h.app, b)
	require.Equal(t, 1, h.corpus.Added)

	var again corpus
	require.NoError(t, again.read(h.app, "literal", folder))
	again.add(h.app, b)
	require.Zero(t, again.Added)
}
