//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package live

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// "A data folder belongs to one node": the second is told who has it, before it has touched anything,
// and may have it when the first one has stopped.
func TestADataFolderBelongsToOneNode(t *testing.T) {
	c := soundConfig(t)
	c.Data = filepath.Join(t.TempDir(), "not", "yet")
	require.NoError(t, CheckData(""))
	require.NoError(t, CheckData(c.Data))
	require.NoDirExists(t, c.Data, "to check it makes nothing")
	first, err := Start(t.Context(), c)
	require.NoError(t, err)
	defer first.Stop()
	state, err := os.ReadFile(filepath.Join(c.Data, stateFile))
	require.NoError(t, err)

	want := fmt.Sprintf("live: data folder %s: process %d uses it, and it belongs to one node",
		c.Data, os.Getpid())
	require.EqualError(t, CheckData(c.Data), want)
	_, err = Start(t.Context(), c)
	require.EqualError(t, err, want)
	after, err := os.ReadFile(filepath.Join(c.Data, stateFile))
	require.NoError(t, err)
	require.Equal(t, state, after)

	first.Stop()
	require.NoError(t, CheckData(c.Data))
	second, err := Start(t.Context(), c)
	require.NoError(t, err)
	second.Stop()
}

// A node that cannot start keeps nobody out.
func TestNoLockIsLeftOfANodeThatCouldNotStart(t *testing.T) {
	c := soundConfig(t)
	c.Data, c.Bind = t.TempDir(), "192.0.2.1:1" // no address of this machine
	_, err := Start(t.Context(), c)
	require.ErrorContains(t, err, "live: bind ")
	require.NoError(t, CheckData(c.Data))
	c.Bind, c.API = "127.0.0.1:0", "nowhere"
	_, err = Start(t.Context(), c)
	require.ErrorContains(t, err, "live: what others would be told")
	require.NoError(t, CheckData(c.Data))
}

// Whoever has just locked the folder may not have written yet who it is.
func TestAHolderWithoutAName(t *testing.T) {
	folder := t.TempDir()
	l, err := takeLock(folder, os.O_CREATE)
	require.NoError(t, err)
	_, err = lockFolder(folder)
	require.ErrorContains(t, err, ": another process uses it")
	require.NoError(t, l.sign())
	_, err = lockFolder(folder)
	require.ErrorContains(t, err, fmt.Sprintf(": process %d uses it", os.Getpid()))
	require.NoError(t, l.release())
	l, err = lockFolder(folder)
	require.NoError(t, err)
	require.NoError(t, l.release())
}
