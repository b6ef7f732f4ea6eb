package record

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/live/names"
	"butterfly/node/wire"
	"butterfly/sim/rng"
)

// "A crash in the middle of a write" leaves a prefix: however many bytes of a file are there, what
// replays is a beginning of the life, and more bytes never replay to less (invariant 1).
func TestEveryTruncationReplaysAsFarAsItGoes(t *testing.T) {
	whole, err := os.ReadFile(recorded(t, DefaultLimits()))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "truncated")
	longest, refused := uint64(0), 0
	for length := 0; length < len(whole); length += 1 + length/40 {
		require.NoError(t, os.WriteFile(path, whole[:length], 0o600))
		result, err := replayed(t, path)
		if err != nil {
			require.ErrorContains(t, err, "unexpected EOF")
			require.Zero(t, longest, "only a file without its header is no recording")
			refused++
			continue
		}
		require.Nil(t, result.Difference)
		require.Equal(t, Cut, result.End)
		require.GreaterOrEqual(t, result.Inputs, longest)
		longest = result.Inputs
	}
	require.NotZero(t, refused)
	require.Greater(t, longest, uint64(150))
}

// A damaged file is not taken for a shorter one, unless the damage is in its length.
func TestDamageIsFound(t *testing.T) {
	whole, err := os.ReadFile(recorded(t, DefaultLimits()))
	require.NoError(t, err)
	path, found := filepath.Join(t.TempDir(), "damaged"), 0
	const damages = 60
	for i := range damages {
		damaged := append([]byte{}, whole...)
		damaged[(i*len(whole)+1)/damages] ^= 0x10
		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		result, err := replayed(t, path)
		if err != nil || result.Difference != nil || result.End == Cut {
			found++
		}
	}
	require.Equal(t, damages, found)
}

// longLife records so many wakes of a lone server, and closes.
func longLife(t testing.TB, path string, limits Limits, wakes int) *Writer {
	s := newStage(t, path, limits)
	h := s.hosts[0]
	h.start()
	for range wakes {
		s.queue = nil
		s.now = s.now.Add(10 * time.Millisecond)
		h.wake(0)
		h.describe(incompressible(uint64(s.now)))
	}
	require.NoError(t, h.writer.Close())
	return h.writer
}

// incompressible returns 200 bytes that stay so many in a file.
func incompressible(seed uint64) (b []byte) {
	for r := rng.New(seed); len(b) < 200; {
		b = binary.BigEndian.AppendUint64(b, r.Uint64())
	}
	return b
}

// "FILE, FILE.1, FILE.2 and so on, all of which it takes to replay it".
func TestALongLifeTakesSeveralFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "life")
	const wakes = 2000
	limits := Limits{SegmentBytes: minSegmentBytes, TotalBytes: 1 << 30}
	longLife(t, path, limits, wakes)
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	require.Greater(t, len(files), 3)
	for _, file := range files {
		info, err := os.Stat(file)
		require.NoError(t, err)
		require.LessOrEqual(t, info.Size(), int64(minSegmentBytes), file)
	}
	result, err := replayed(t, path)
	require.NoError(t, err)
	require.Equal(t, Closed, result.End)
	require.Equal(t, uint64(1+2*wakes), result.Inputs)

	_, err = replayed(t, path+".1")
	require.ErrorContains(t, err, path+".1, after 1 records: expected a header: is this the first file")
	require.NoError(t, os.Rename(path+".2", path+".4"), "a file is missing")
	result, err = replayed(t, path)
	require.NoError(t, err)
	require.Equal(t, Cut, result.End)
	require.Nil(t, result.Difference)
	require.NoError(t, os.Rename(path+".4", path+".2"))
	require.NoError(t, os.Rename(path+".3", path+".2"), "a file is in the place of another")
	_, err = replayed(t, path)
	require.ErrorContains(t, err, path+".2, after ")
	require.ErrorContains(t, err, "it is of another recording")
}

// A process may die between two files, or while it begins one.
func TestAnEmptyFileIsNoMoreThanNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "life")
	longLife(t, path, Limits{SegmentBytes: minSegmentBytes, TotalBytes: 1 << 30}, 1000)
	var before uint64
	for _, length := range []int64{20, 8, 3, 0} {
		require.NoError(t, os.Truncate(path+".1", length))
		result, err := replayed(t, path)
		require.NoError(t, err)
		require.Equal(t, Cut, result.End)
		require.True(t, before == 0 || before == result.Inputs)
		before = result.Inputs
	}
}

// "The files of a recording never take more than TotalBytes" (invariant 2), and "a recording that
// has become as large as it may ends".
func TestARecordingEndsAtItsLimit(t *testing.T) {
	for _, total := range []int64{minSegmentBytes, 3*minSegmentBytes + 7777} {
		path := filepath.Join(t.TempDir(), "life")
		w := longLife(t, path, Limits{SegmentBytes: minSegmentBytes, TotalBytes: total}, 2000)
		require.True(t, w.Full())
		files, err := filepath.Glob(path + "*")
		require.NoError(t, err)
		taken := int64(0)
		for _, file := range files {
			info, err := os.Stat(file)
			require.NoError(t, err)
			taken += info.Size()
		}
		require.LessOrEqual(t, taken, total)
		require.Greater(t, taken, total/2)
		result, err := replayed(t, path)
		require.NoError(t, err)
		require.Equal(t, Limit, result.End)
		require.Nil(t, result.Difference)
		require.Greater(t, result.Inputs, uint64(100))
	}
}

// Every second what there is is in the file.
func TestWhatIsWrittenIsInTheFileAfterASecond(t *testing.T) {
	path := filepath.Join(t.TempDir(), "life")
	s := newStage(t, path, DefaultLimits())
	h := s.hosts[0]
	h.start()
	for range 30 {
		s.queue = nil
		s.now = s.now.Add(100 * time.Millisecond)
		h.wake(0)
	}
	result, err := replayed(t, path)
	require.NoError(t, err)
	require.Equal(t, Cut, result.End)
	require.GreaterOrEqual(t, result.Inputs, uint64(20))
	require.NoError(t, h.writer.Close())
}

func TestNothingIsOverwritten(t *testing.T) {
	path, h := filepath.Join(t.TempDir(), "life"), headerOf("alpha")
	d := names.NewDirectory(h.Capacity)
	w, err := Create(path, h, d, DefaultLimits())
	require.NoError(t, err)
	require.NoError(t, w.Close())
	_, err = Create(path, h, d, DefaultLimits())
	require.ErrorIs(t, err, os.ErrExist)
	require.ErrorContains(t, err, "record: open "+path)
	require.NoError(t, os.Rename(path, path+".1"))
	_, err = Create(path, h, d, DefaultLimits())
	require.ErrorContains(t, err, "record: there is "+path+".1 of another recording; move it away")
}

// "A writer never fails a machine: when it cannot write any more it stops, and says so".
func TestAFileThatCannotBeWrittenEndsTheRecording(t *testing.T) {
	path := filepath.Join(t.TempDir(), "life")
	s := newStage(t, path, DefaultLimits())
	h := s.hosts[0]
	h.start()
	require.NoError(t, h.writer.segment.file.Close())
	s.advanceAlone(5 * time.Second)
	require.ErrorIs(t, h.writer.Err(), os.ErrClosed)
	require.ErrorIs(t, h.writer.Close(), os.ErrClosed)
	require.False(t, h.writer.Full())

	backwards := newStage(t, path+"2", DefaultLimits()).hosts[0]
	backwards.start()
	backwards.writer.Leave(epoch - 1)
	require.ErrorContains(t, backwards.writer.Err(), "expected none before the last one's")
}

// advanceAlone plays the first server without the other.
func (s *stage) advanceAlone(d time.Duration) {
	for end := s.now.Add(d); s.now < end; s.now = s.now.Add(100 * time.Millisecond) {
		s.queue = nil
		s.hosts[0].wake(0)
	}
}

// In the steady state recording allocates nothing.
func TestRecordingAllocatesNothing(t *testing.T) {
	s := newStage(t, filepath.Join(t.TempDir(), "life"), DefaultLimits())
	h := s.hosts[0]
	h.start()
	var out node.Out[wire.Message]
	out.Alarm(1, 5)
	record := func() {
		h.writer.Wake(s.now, 0)
		h.writer.Effects(&out, Outcome{})
		h.writer.Probed(s.now, node.ProbeResult{})
		h.writer.Effects(&out, Outcome{})
		s.now = s.now.Add(100 * time.Millisecond)
	}
	for range 100 {
		record()
	}
	require.Zero(t, testing.AllocsPerRun(1000, record))
	require.NoError(t, h.writer.Close())
}
