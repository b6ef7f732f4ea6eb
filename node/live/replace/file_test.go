package replace_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/replace"
)

func requireFile(t *testing.T, path, want string, mode fs.FileMode) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, want, string(text))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, mode, info.Mode().Perm())
}

func requireNames(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	require.Equal(t, want, names)
}

// "Whoever looks finds all of the old one or all of the new one" (package documentation).
func TestAFileHasItsNameOnceItIsComplete(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	require.NoError(t, replace.Write(path, 0o600, []byte("old")))
	f, err := replace.Begin(path, 0o644)
	require.NoError(t, err)
	require.Equal(t, path, f.Path())
	_, err = f.WriteString("new")
	require.NoError(t, err)
	requireFile(t, path, "old", 0o600)
	require.NoError(t, f.Publish())
	requireFile(t, path, "new", 0o644)
	requireNames(t, folder, "file")
}

func TestWhatIsDiscardedLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	f, err := replace.Begin(filepath.Join(folder, "file"), 0o644)
	require.NoError(t, err)
	f.Discard()
	requireNames(t, folder)
}

// A folder with something in it cannot be replaced by a rename.
func TestWhatCannotBePublishedLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "full", "inside"), 0o755))
	require.Error(t, replace.Write(filepath.Join(folder, "full"), 0o644, nil))
	requireNames(t, folder, "full")
}

func TestAnErrorNamesThePathThatWasGiven(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "file")
	require.EqualError(t, replace.Write(path, 0o644, nil), "create "+path+": no such file or directory")
}
