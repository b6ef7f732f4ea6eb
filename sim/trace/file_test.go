package trace_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

var header = trace.Header{Scenario: "talk", Seed: 0xdead_beef_dead_beef, Build: "v1.2.3"}

// written returns the file of a trace.
func written(t require.TestingT, records []trace.Record) []byte {
	var file bytes.Buffer
	w, err := trace.NewWriter(&file, header)
	require.NoError(t, err)
	for i := range records {
		require.NoError(t, w.Write(&records[i]))
	}
	require.NoError(t, w.Close())
	return file.Bytes()
}

// read returns the records of a file and the error that ended it: nil for a proper end.
func read(file []byte) (records []trace.Record, err error) {
	t, err := trace.NewReader(bytes.NewReader(file))
	for err == nil {
		var r trace.Record
		if r, err = t.Next(); err == nil {
			records = append(records, r)
		}
	}
	if err == io.EOF {
		err = nil
	}
	return records, err
}

func allKinds() (all []trace.Kind) {
	for k := trace.Start; k <= trace.Digest; k++ {
		all = append(all, k)
	}
	return all
}

// recordGenerator draws any record that may follow one at time at.
func recordGenerator(at clock.Time) *rapid.Generator[trace.Record] {
	return rapid.Custom(func(t *rapid.T) trace.Record {
		return trace.Record{
			At:  clock.Time(rapid.Int64Min(int64(at)).Draw(t, "at")),
			Seq: rapid.Uint64().Draw(t, "seq"), Cause: rapid.Uint64().Draw(t, "cause"),
			A: rapid.Uint64().Draw(t, "a"), B: rapid.Uint64().Draw(t, "b"),
			Host: rapid.Uint32().Draw(t, "host"), Peer: rapid.Uint32().Draw(t, "peer"),
			Subject: rapid.Uint32().Draw(t, "subject"), Size: rapid.Uint32().Draw(t, "size"),
			Code: rapid.Uint16().Draw(t, "code"),
			Kind: rapid.SampledFrom(allKinds()).Draw(t, "kind"),
		}
	})
}

func TestReaderReturnsWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var records []trace.Record
		var at clock.Time
		for range rapid.IntRange(0, 20).Draw(t, "records") {
			records = append(records, recordGenerator(at).Draw(t, "record"))
			at = records[len(records)-1].At
		}
		got, err := read(written(t, records))
		require.NoError(t, err)
		require.Equal(t, records, got)
	})
}

// history makes up a run of n steps, each with a remark.
func history(n int) []trace.Record {
	r, at := rng.New(1), clock.Time(0)
	records := make([]trace.Record, 0, 2*n)
	for seq := uint64(1); seq <= uint64(n); seq++ {
		at = at.Add(rng.Exponential(&r, 10*time.Microsecond))
		host := uint32(r.Below(1000))
		records = append(records, trace.Record{
			At: at, Seq: seq, Cause: r.Below(seq), Kind: trace.Deliver,
			Host: host, Peer: uint32(r.Below(1000)), Size: uint32(r.Below(1400)),
		}, trace.Record{
			At: at, Cause: seq, Kind: trace.NodeEvent, Host: host, Peer: trace.Nobody,
			Code: 11, A: r.Uint64(),
		})
	}
	return records
}

// Long enough to go beyond the compressor's window of 1 MiB.
func TestLongTraceAndItsHeader(t *testing.T) {
	records := history(40_000)
	file := written(t, records)
	got, err := read(file)
	require.NoError(t, err)
	require.True(t, slices.Equal(records, got))
	reader, err := trace.NewReader(bytes.NewReader(file))
	require.NoError(t, err)
	require.Equal(t, header, reader.Header())
}

func TestEndStays(t *testing.T) {
	reader, err := trace.NewReader(bytes.NewReader(written(t, history(1))))
	require.NoError(t, err)
	for range 2 {
		_, err = reader.Next()
		require.NoError(t, err)
	}
	for range 2 {
		_, err = reader.Next()
		require.Equal(t, io.EOF, err)
	}
}

func TestEveryTruncationIsNoticed(t *testing.T) {
	records := history(100)
	file := written(t, records)
	for length := range file {
		got, err := read(file[:length])
		require.ErrorIs(t, err, io.ErrUnexpectedEOF, "cut to %d of %d bytes", length, len(file))
		require.Equal(t, records[:len(got)], append([]trace.Record{}, got...))
	}
}

func TestDamageIsNeverReadAsAnotherTrace(t *testing.T) {
	records := history(100)
	file := written(t, records)
	noticed := 0
	for i := range file {
		damaged := bytes.Clone(file)
		damaged[i] ^= 0x10
		got, err := read(damaged)
		if err != nil {
			noticed++
			continue
		}
		require.Equal(t, records, got, "byte %d", i)
	}
	// A few bits of a zstd stream mean nothing, or write the same content another way.
	require.Greater(t, noticed, len(file)*99/100)
}

func TestOtherFilesAreRefused(t *testing.T) {
	_, err := read([]byte("package trace_test"))
	require.ErrorContains(t, err, `no butterfly trace of this version (begins with "package ")`)
	_, err = read([]byte("bfly-tr\x02 from the future"))
	require.ErrorContains(t, err, "no butterfly trace of this version")
	_, err = read([]byte("bfly-tr\x01 but no zstd stream"))
	require.ErrorContains(t, err, "trace header: ")
}

func TestWriterRefusesWhatNoRunDoes(t *testing.T) {
	w, err := trace.NewWriter(io.Discard, header)
	require.NoError(t, err)
	require.ErrorContains(t, w.Write(&trace.Record{}), "no known kind: 0")
	require.ErrorContains(t, w.Write(&trace.Record{Kind: 100}), "no known kind: 100")
	require.NoError(t, w.Write(&trace.Record{Kind: trace.Start, At: clock.At(time.Second)}))
	require.EqualError(t, w.Write(&trace.Record{Kind: trace.Start}),
		"record at 0.000s comes after one at 1.000s")
	require.NoError(t, w.Close(), "a refused record leaves no mark")
	_, err = trace.NewWriter(io.Discard, trace.Header{Scenario: strings.Repeat("x", 4097)})
	require.EqualError(t, err, "trace header text exceeds 4096 bytes")
}

func TestNothingFollowsClose(t *testing.T) {
	w, err := trace.NewWriter(io.Discard, header)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.EqualError(t, w.Write(&trace.Record{Kind: trace.Start}), "trace writer is closed")
	require.EqualError(t, w.Close(), "trace writer is closed")
}

// fullDisk takes so many bytes and no more.
type fullDisk int

var errFull = errors.New("disk full")

func (d *fullDisk) Write(b []byte) (int, error) {
	if len(b) > int(*d) {
		return 0, errFull
	}
	*d -= fullDisk(len(b))
	return len(b), nil
}

func TestWriterReportsAFullDisk(t *testing.T) {
	disk := fullDisk(7)
	_, err := trace.NewWriter(&disk, header)
	require.ErrorIs(t, err, errFull)

	disk = 1000
	w, err := trace.NewWriter(&disk, header)
	require.NoError(t, err)
	for _, r := range history(100_000) {
		if err = w.Write(&r); err != nil {
			break
		}
	}
	require.ErrorIs(t, err, errFull)
	require.ErrorIs(t, w.Close(), errFull)
}

func TestNeitherEndOwnsAGoroutine(t *testing.T) {
	before := runtime.NumGoroutine() // one of another test may be about to end
	var file bytes.Buffer
	w, err := trace.NewWriter(&file, header)
	require.NoError(t, err)
	for _, r := range history(50_000) {
		require.NoError(t, w.Write(&r))
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
	require.NoError(t, w.Close())
	reader, err := trace.NewReader(&file)
	require.NoError(t, err)
	_, err = reader.Next()
	require.NoError(t, err)
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
}

func TestWriteAllocatesNothing(t *testing.T) {
	w, err := trace.NewWriter(io.Discard, header)
	require.NoError(t, err)
	records, at := history(5_000), clock.Time(0)
	require.Zero(t, testing.AllocsPerRun(20, func() {
		for i := range records {
			at++
			records[i].At = at
			if w.Write(&records[i]) != nil {
				t.Fatal("not written")
			}
		}
	}))
}

func BenchmarkWrite(b *testing.B) {
	b.ReportAllocs()
	var size countingWriter
	w, err := trace.NewWriter(&size, header)
	require.NoError(b, err)
	records, at, n := history(50_000), clock.Time(0), 0
	for b.Loop() {
		r := &records[n%len(records)]
		r.At, at, n = at, at+5_000, n+1
		if w.Write(r) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(size)/float64(n), "B/record")
}

type countingWriter int

func (w *countingWriter) Write(b []byte) (int, error) {
	*w += countingWriter(len(b))
	return len(b), nil
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	file := written(b, history(50_000))
	var reader *trace.Reader
	for b.Loop() {
		if reader != nil {
			if _, err := reader.Next(); err == nil {
				continue
			}
		}
		reader, _ = trace.NewReader(bytes.NewReader(file))
	}
}
