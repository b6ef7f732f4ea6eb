package live_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live"
	"butterfly/node/live/names"
	"butterfly/node/live/record"
	"butterfly/node/live/view"
)

// A recorded life replays: the machine, told the same, asks for the same to the last byte, with
// everything in it that a life has.
func TestARecordedLifeReplays(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 3)
	nodes := startAll(t, 1, file(targets[0]))
	c := quick(t, "recorded", nodes[0].Address().String())
	c.Origins, c.Record = file(targets[1]), filepath.Join(t.TempDir(), "life")
	n := start(t, c)
	nodes = append(nodes, n)
	eventually(t, nodes, "the origins of both files", healthy(2))
	third := view.Registration{Name: view.Name{Service: "more", Target: targets[2]}, Weight: 1}
	require.NoError(t, n.Register(context.Background(), third))
	eventually(t, nodes, "one more by hand", healthy(3))
	require.NoError(t, n.Reload(context.Background(), file(targets[0])))
	eventually(t, nodes, "one less by file", healthy(2))
	require.NoError(t, n.Leave(context.Background()))

	recording, err := record.Open(c.Record)
	require.NoError(t, err)
	defer recording.Close()
	require.Equal(t, names.Number("recorded"), recording.Header().Number)
	result, err := record.Replay(recording, nil)
	require.NoError(t, err)
	require.Nil(t, result.Difference)
	require.Nil(t, result.Last)
	require.Greater(t, result.Inputs, uint64(50))

	_, err = live.Start(t.Context(), c)
	require.ErrorContains(t, err, "life", "a recording is never written over")
}
