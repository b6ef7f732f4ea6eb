package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func namesIn(t *testing.T, folder string) (all []string) {
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestADraftHasItsNameOnceItIsComplete(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	d, err := newDraft(path)
	require.NoError(t, err)
	_, err = d.WriteString("new")
	require.NoError(t, err)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "old", string(text), "half-written, the file is as before")
	require.NoError(t, d.Publish())
	text, err = os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "new", string(text))
	require.Equal(t, []string{"file"}, namesIn(t, folder))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "private stays private")
}

// A link stays a link: what it leads to is replaced.
func TestALinkIsFollowed(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "file"), filepath.Join(folder, "link")
	require.NoError(t, os.Symlink("file", link))
	require.ErrorContains(t, writeFile(link, nil), "link is a link that leads nowhere")
	require.NoError(t, os.WriteFile(file, []byte("old"), 0o644))
	require.NoError(t, writeFile(link, []byte("new")))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "new", string(text))
	require.True(t, isLink(link))
}

// A rename would put a file in the place of a device.
func TestADeviceIsNotReplaced(t *testing.T) {
	_, err := newDraft(os.DevNull)
	require.EqualError(t, err, os.DevNull+" is not a regular file")
}

func TestADiscardedDraftLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	d, err := newDraft(filepath.Join(folder, "file"))
	require.NoError(t, err)
	d.discard()
	require.Empty(t, namesIn(t, folder))
}

func TestAFolderIsNoFile(t *testing.T) {
	_, err := newDraft(t.TempDir())
	require.ErrorContains(t, err, "is a folder")
}

func TestWriteFileMakesTheFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "b")
	require.NoError(t, writeFile(filepath.Join(folder, "file"), []byte("text")))
	require.Equal(t, []string{"file"}, namesIn(t, folder))
}
