package live_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live"
	"butterfly/node/live/view"
)

// A node that comes back is another life of the same server, with its data and without, and all
// take it back: results of its own origins included.
func TestANodeComesBackWithAndWithoutItsData(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 3)
	nodes := startAll(t, 2, file(targets...))
	c := quick(t, "back", nodes[0].Address().String())
	c.Origins, c.Data = file(targets...), t.TempDir()
	last := uint64(0)
	for _, forget := range []bool{false, false, true} {
		if forget {
			require.NoError(t, os.Remove(filepath.Join(c.Data, "state")))
		}
		n := start(t, c)
		all := append([]*live.Node{n}, nodes...)
		eventually(t, all, "all members", sees(3))
		life := overview(n).Generation
		require.Greater(t, life, last)
		last = life
		eventually(t, all, "that life", func(other *live.Node) bool {
			return memberOf(other, "back").Generation == life
		})
		eventually(t, all, "all origins are healthy", func(n *live.Node) bool {
			return overview(n).Healthy == len(targets)
		})
		c.Bind = n.Address().String() // it returns to where it was
		n.Stop()
	}
}

// "A node that begins a new life elsewhere is found as soon as it is heard, although all hold it alive
// where it was": nobody has missed it yet when it is back.
func TestANodeThatIsBackElsewhereIsTakenBack(t *testing.T) {
	t.Parallel()
	nodes := startAll(t, 2, file())
	c := quick(t, "back", nodes[0].Address().String())
	n := start(t, c)
	eventually(t, append(nodes, n), "all members", sees(3))
	n.Stop()
	again := start(t, c)
	require.NotEqual(t, n.Address(), again.Address())
	eventually(t, append(nodes, again), "where it is", func(other *live.Node) bool {
		back := memberOf(other, "back")
		return back.Generation == overview(again).Generation &&
			back.Address == again.Address().String() && sees(3)(other)
	})
}

// "A seed that has answered and is not in the group ... is called again ..., by a look-up of its name":
// it is back elsewhere, and has nobody to join through.
func TestASeedThatIsBackElsewhereIsLookedUp(t *testing.T) {
	t.Parallel()
	seed := start(t, quick(t, "seed"))
	other := start(t, quick(t, "other", seed.Address().String()))
	eventually(t, []*live.Node{seed, other}, "each other", sees(2))
	require.NoError(t, other.LookUp("seed", "192.0.2.1:1"), "who is in the group is not looked for")
	seed.Stop()
	eventually(t, []*live.Node{other}, "it is gone", sees(1))
	seed = start(t, quick(t, "seed"))
	require.NoError(t, other.LookUp("seed", seed.Address().String()))
	eventually(t, []*live.Node{seed, other}, "each other", sees(2))
}

// "When Stop has returned no goroutine, socket or timer of the node is left": the test is not
// parallel, so there are no nodes but its own.
func TestNothingIsLeftOfANodeThatStopped(t *testing.T) {
	targets, _ := listenAll(t, 1)
	nodes := startAll(t, 2, file(targets...))
	eventually(t, nodes, "each other", sees(2))
	require.Contains(t, goroutines(), "live.(*driver).run")
	for _, n := range nodes {
		n.Stop()
	}
	require.Eventually(t, func() bool { // the last one is about to end when it says that all have
		return !strings.Contains(goroutines(), "butterfly/node/live.")
	}, time.Second, time.Millisecond)
	for _, n := range nodes {
		l, err := net.Listen("tcp", n.Address().String())
		require.NoError(t, err)
		require.NoError(t, l.Close())
	}
}

// goroutines returns the stacks of all.
func goroutines() string {
	stacks := make([]byte, 1<<20)
	return string(stacks[:runtime.Stack(stacks, true)])
}

// "corrupt -> set aside as NAME.corrupt-<time> with an error log, never silently used".
func TestACorruptDataFolderIsSetAside(t *testing.T) {
	t.Parallel()
	c := quick(t, "a")
	c.Data = t.TempDir()
	path := filepath.Join(c.Data, "state")
	require.NoError(t, os.WriteFile(path, []byte("no state of ours at all, whatever it is"), 0o600))
	start(t, c).Stop()
	aside, err := filepath.Glob(path + ".corrupt-*")
	require.NoError(t, err)
	require.Len(t, aside, 1)
	start(t, c).Stop()
	aside, err = filepath.Glob(path + ".corrupt-*")
	require.NoError(t, err)
	require.Len(t, aside, 1, "what was written since is sound")
}

// A folder that cannot be is an error, and not a life without memory.
func TestADataFolderThatCannotBeIsAnError(t *testing.T) {
	t.Parallel()
	c := quick(t, "a")
	c.Data = filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(c.Data, nil, 0o600))
	_, err := live.Start(t.Context(), c)
	require.ErrorContains(t, err, "live: data folder: ")
}

func memberOf(n *live.Node, name string) view.Member {
	members, _ := n.Members(context.Background())
	for _, m := range members {
		if m.Name == name {
			return m
		}
	}
	return view.Member{}
}
