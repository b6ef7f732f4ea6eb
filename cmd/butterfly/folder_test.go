package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// To ask whether a folder can be written leaves nothing, neither a file nor the folder.
func TestAFolderIsTriedAndLeftAsItWas(t *testing.T) {
	there := t.TempDir()
	require.NoError(t, writable("out", there))
	require.NoError(t, writable("out", filepath.Join(there, "deep", "down")+"/"))
	require.Empty(t, namesIn(t, there))
	t.Chdir(there)
	require.NoError(t, writable("out", "bundles"))
	require.NoError(t, writable("out", ""))
	require.Empty(t, namesIn(t, there))
}

func TestWhatIsNoFolderIsRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("file", nil, 0o600))
	require.NoError(t, os.Symlink("nothing", "link"))
	for path, want := range map[string]string{
		"file":     "-out file is a file, expected a folder",
		"file/sub": "-out file/sub: nothing can be written there: not a directory",
		"link":     "-out link is a link that leads nowhere",
		"link/sub": "-out link is a link that leads nowhere",
	} {
		require.EqualError(t, writable("out", path), want)
	}
	require.ErrorContains(t, writable("corpus", "/proc/none"),
		"-corpus /proc/none: nothing can be written there: ")
}
