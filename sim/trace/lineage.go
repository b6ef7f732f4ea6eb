package trace

import (
	"fmt"
	"io"
	"slices"
)

// Lineage reads t up to step seq and returns the chain of causes that led to it, oldest first, the
// step itself last. It keeps every step up to seq in memory (64 bytes each). It fails when the
// trace does, or when it holds no such step.
func Lineage(t *Reader, seq uint64) ([]Record, error) {
	var steps []Record
	for {
		r, err := t.Next()
		if err == io.EOF {
			return nil, fmt.Errorf("trace has no step #%d", seq)
		}
		if err != nil {
			return nil, err
		}
		if r.Seq == 0 {
			continue
		}
		steps = append(steps, r)
		if r.Seq == seq {
			return Chain(steps, seq), nil
		}
	}
}

// Chain returns the records of step seq and of its causes, oldest first, out of records in trace
// order. The chain starts where a cause is missing: at what the scenario set up, or where records
// begin. It is empty when there is no step seq.
func Chain(records []Record, seq uint64) []Record {
	var chain []Record
	// A cause is handled before what it schedules, so one pass backwards meets the whole chain in
	// order.
	for _, r := range slices.Backward(records) {
		if r.Seq == seq && seq != 0 {
			chain = append(chain, r)
			seq = r.Cause
		}
	}
	slices.Reverse(chain)
	return chain
}
