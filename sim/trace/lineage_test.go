package trace_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/trace"
)

// family is a small run: 1 schedules 2 and 4, 2 schedules 3 and 5, and 5 was set for earlier than
// 4.
func family() []trace.Record {
	step := func(seq, cause uint64) trace.Record {
		return trace.Record{Seq: seq, Cause: cause, Kind: trace.Wake}
	}
	remark := func(cause uint64) trace.Record {
		return trace.Record{Cause: cause, Kind: trace.NodeEvent}
	}
	return []trace.Record{
		step(1, 0), remark(1), step(2, 1), remark(2), step(5, 2), step(3, 2), step(4, 1),
	}
}

func seqs(records []trace.Record) (all []uint64) {
	for _, r := range records {
		all = append(all, r.Seq)
	}
	return all
}

func TestChainIsOldestFirst(t *testing.T) {
	require.Equal(t, []uint64{1, 2, 5}, seqs(trace.Chain(family(), 5)))
	require.Equal(t, []uint64{1, 4}, seqs(trace.Chain(family(), 4)))
	require.Equal(t, []uint64{1}, seqs(trace.Chain(family(), 1)))
}

func TestChainStartsWhereRecordsBegin(t *testing.T) {
	require.Equal(t, []uint64{2, 5}, seqs(trace.Chain(family()[1:], 5)))
}

func TestChainOfNoStepIsEmpty(t *testing.T) {
	require.Empty(t, trace.Chain(family(), 6))
	require.Empty(t, trace.Chain(family(), 0))
}

func TestLineageReadsUpToTheStep(t *testing.T) {
	reader, err := trace.NewReader(bytes.NewReader(written(t, family())))
	require.NoError(t, err)
	chain, err := trace.Lineage(reader, 5)
	require.NoError(t, err)
	require.Equal(t, trace.Chain(family(), 5), chain)
	next, err := reader.Next()
	require.NoError(t, err)
	require.Equal(t, uint64(3), next.Seq)
}

func TestLineageNeedsTheStepAndAWholeTrace(t *testing.T) {
	file := written(t, family())
	for _, seq := range []uint64{0, 6} {
		reader, err := trace.NewReader(bytes.NewReader(file))
		require.NoError(t, err)
		_, err = trace.Lineage(reader, seq)
		require.ErrorContains(t, err, "trace has no step")
	}
	file = written(t, history(10_000))
	reader, err := trace.NewReader(bytes.NewReader(file[:len(file)/2]))
	require.NoError(t, err)
	_, err = trace.Lineage(reader, 10_000)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}
