package record

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/wire"
)

// BenchmarkRecord is what it costs to record a probe that succeeded and has no effect but an alarm:
// most of the inputs of a busy node.
func BenchmarkRecord(b *testing.B) {
	b.ReportAllocs()
	s := newStage(b, filepath.Join(b.TempDir(), "life"), DefaultLimits())
	h := s.hosts[0]
	h.start()
	token := uint64(1 << 40)
	for b.Loop() {
		s.now, token = s.now.Add(time.Millisecond), token+1
		h.writer.Probed(s.now, node.ProbeResult{Token: token, Origin: 5, Outcome: node.Succeeded})
		h.out.Reset()
		h.out.Alarm(6, s.now.Add(time.Second))
		h.writer.Effects(&h.out, Outcome{})
	}
	require.NoError(b, h.writer.Close())
}

// BenchmarkNotRecording is what the same costs where nobody records.
func BenchmarkNotRecording(b *testing.B) {
	b.ReportAllocs()
	var w *Writer
	var out node.Out[wire.Message]
	for b.Loop() {
		w.Probed(1, node.ProbeResult{Token: 1, Origin: 5, Outcome: node.Succeeded})
		w.Effects(&out, Outcome{})
	}
}

// BenchmarkReplay is a minute of one of two servers with 8 origins, and how large its recording is.
func BenchmarkReplay(b *testing.B) {
	path := filepath.Join(b.TempDir(), "life")
	s := newStage(b, path, DefaultLimits())
	s.hosts[0].start()
	s.hosts[1].start()
	s.advance(time.Minute)
	require.NoError(b, s.hosts[0].writer.Close())
	info, err := os.Stat(path)
	require.NoError(b, err)
	inputs := uint64(0)
	for b.Loop() {
		result, err := replayed(b, path)
		require.NoError(b, err)
		require.Nil(b, result.Difference)
		inputs = result.Inputs
	}
	b.ReportMetric(float64(inputs), "inputs")
	b.ReportMetric(float64(info.Size())/float64(inputs), "B/input")
}
