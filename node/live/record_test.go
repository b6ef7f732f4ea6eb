package live_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live"
	"butterfly/node/live/names"
	"butterfly/node/live/record"
	"butterfly/node/live/view"
	"butterfly/sim/rng"
)

// A recording that is as large as it may be ends, and the life does not: thousands of origins with
// names that cannot be compressed.
func TestARecordingEndsBeforeItIsTooLarge(t *testing.T) {
	t.Parallel()
	var log synced
	c := quick(t, "a")
	c.Capacity, c.Origins = 1<<13, file("127.0.0.1:9")
	c.Origins.Services[0].Check.Interval = time.Hour
	c.Record = filepath.Join(t.TempDir(), "life")
	c.RecordLimits = record.Limits{SegmentBytes: 64 << 10, TotalBytes: 64 << 10}
	c.Logger = slog.New(slog.NewTextHandler(&log, nil))
	n := start(t, c)
	luck := rng.New(1)
	for registered := 0; !strings.Contains(log.String(), "event=recording-ended"); registered++ {
		require.Less(t, registered, c.Capacity)
		target := fmt.Sprintf("o%016x%016x.test:80", luck.Uint64(), luck.Uint64())
		r := view.Registration{Name: view.Name{Service: "shop", Target: target}}
		require.NoError(t, n.Register(context.Background(), r))
	}
	require.False(t, overview(n).Now.IsZero(), "the node answers")
	all, err := filepath.Glob(c.Record + "*")
	require.NoError(t, err)
	total := int64(0)
	for _, path := range all {
		file, err := os.Stat(path)
		require.NoError(t, err)
		total += file.Size()
	}
	require.LessOrEqual(t, total, c.RecordLimits.TotalBytes)
}

// synced is a log that may be read while it is written.
type synced struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (s *synced) Write(p []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.Write(p)
}

func (s *synced) String() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.String()
}

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
