package cap

import (
	"cmp"
	"slices"

	"github.com/anishathalye/porcupine"
)

// entry is what is known of an operation: what came of it, if that is known.
type entry struct {
	result uint64
	known  bool
}

// model is what a register or a seat would do if there were one copy of it: histories that it could
// have brought about are linearizable (Herlihy and Wing, "Linearizability: a correctness condition
// for concurrent objects", 1990).
func model() porcupine.Model {
	return porcupine.Model{
		Partition: partition,
		Init:      func() any { return uint64(0) },
		Step: func(state, input, output any) (bool, any) {
			o, e := input.(Operation), output.(entry)
			next, result := o.step(state.(uint64))
			return !e.known || result == e.result, next
		},
		DescribeOperation: func(input, output any) string {
			o, e := input.(Operation), output.(entry)
			return o.describe(e.result, e.known)
		},
		DescribeState: func(state any) string { return describeValue(state.(uint64)) },
	}
}

// partition takes the keys apart: a history is linearizable if that of each key is (Herlihy and
// Wing, theorem 1), and many short histories are judged sooner than a long one.
func partition(history []porcupine.Operation) (parts [][]porcupine.Operation) {
	key := func(o porcupine.Operation) uint32 { return o.Input.(Operation).Key }
	sorted := slices.Clone(history)
	slices.SortStableFunc(sorted, func(a, b porcupine.Operation) int {
		return cmp.Compare(key(a), key(b))
	})
	for i := 0; i < len(sorted); {
		j := i + 1
		for j < len(sorted) && key(sorted[j]) == key(sorted[i]) {
			j++
		}
		parts = append(parts, sorted[i:j])
		i = j
	}
	return parts
}

// operations are what has to be explained. What may or may not have taken place goes on until the
// end: it may still take place. But if nobody has seen it, it need not have, and is left out; every
// such operation would double the work.
func (h *history) operations() (all []porcupine.Operation) {
	seen := h.results()
	for i := range h.records {
		r := &h.records[i]
		o := porcupine.Operation{
			ClientId: r.client, Input: r.Operation, Call: r.asked,
			Output: entry{r.result, r.known()}, Return: r.ended,
		}
		if !r.known() {
			if r.Verb == Read || !seen[sight{r.Key, r.Value}] {
				continue
			}
			o.Return = h.seen + 1
		}
		all = append(all, o)
	}
	return all
}

// sight is a value that somebody has seen under a key.
type sight struct {
	key   uint32
	value uint64
}

func (h *history) results() map[sight]bool {
	seen := make(map[sight]bool)
	for i := range h.records {
		if r := &h.records[i]; r.known() {
			seen[sight{r.Key, r.result}] = true
		}
	}
	return seen
}

// judgement is what became of a history.
type judgement struct {
	linearizable bool
	// key is the one of which the shortest history that is not linearizable is; without any, the
	// one with the longest history.
	key        uint32
	operations []porcupine.Operation // of that key
}

// judge says whether a history is linearizable. Time is not limited: a verdict must not depend on
// how fast the machine is, so it is histories that are.
func (h *history) judge() judgement {
	good, bad := judgement{linearizable: true}, judgement{}
	for _, part := range partition(h.operations()) {
		key := part[0].Input.(Operation).Key
		legal := porcupine.CheckOperations(model(), part)
		if !legal && (bad.operations == nil || len(part) < len(bad.operations)) {
			bad = judgement{key: key, operations: part}
		}
		if legal && len(part) > len(good.operations) {
			good.key, good.operations = key, part
		}
	}
	if bad.operations != nil {
		return bad
	}
	return good
}

// soldTwice counts the seats of which more than one purchase was told that it has it.
func (h *history) soldTwice() (seats []uint32) {
	holder := make(map[uint32]uint64)
	for i := range h.records {
		r := &h.records[i]
		if !r.known() || r.Verb != Buy || r.result != r.Value {
			continue
		}
		if _, sold := holder[r.Key]; sold && !slices.Contains(seats, r.Key) {
			seats = append(seats, r.Key)
		}
		holder[r.Key] = r.Value
	}
	return seats
}
