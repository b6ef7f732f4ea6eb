package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

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

// The same failure is not put into a corpus twice, and what cannot be run at all is not in it.
func TestACorpusIsAFolderOfFailures(t *testing.T) {
	passed := bundled(t, func(*hunt.Bundle) {})
	h, run := brokenSeed(t)
	folder := filepath.Dir(passed)
	require.NoError(t, os.Mkdir(filepath.Join(folder, "folder.json"), 0o755))
	require.NoError(t, h.corpus.read(h.app, "calm", folder))
	require.Equal(t, 2, h.corpus.Unreadable, "%v", h.corpus.told)
	b := h.newBundle(run.scenario, run.result)
	h.corpus.add(h.app, b)
	require.Equal(t, 1, h.corpus.Added)

	var again corpus
	require.NoError(t, again.read(h.app, "literal", folder))
	again.add(h.app, b)
	require.Zero(t, again.Added)
}
