package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// situations counts what a plan reached that matters; among it keys with several siblings, with
// more than two, and with slots that do not fit into their entries. A set of plans that misses one
// of these proves less than it seems to.
type situations struct {
	conflicts, crowds, overflows int
	removals, refusals, repeats  int
	cuts, clouds, returns        int
	collected, retirements       int
}

// note counts what one key with so many siblings is an example of.
func (s *situations) note(m *testMap, key string, siblings int) {
	count(&s.conflicts, siblings > 1)
	count(&s.crowds, siblings > 2)
	if f, known := m.find(key); known {
		count(&s.overflows, m.entries[f.place].size > fewSlots)
	}
}

func (s *situations) noteDelivery(applied bool, news int) {
	count(&s.refusals, !applied)
	count(&s.repeats, applied && news == 0)
}

func (s *situations) noteCloud(dots int) { count(&s.clouds, dots > 0) }

func (s *situations) noteCollection(slots int, retired bool) {
	count(&s.collected, slots > 0)
	count(&s.retirements, retired)
}

func count(counter *int, reached bool) {
	if reached {
		*counter++
	}
}

func (s *situations) all() []*int {
	return []*int{
		&s.conflicts, &s.crowds, &s.overflows, &s.removals, &s.refusals, &s.repeats,
		&s.cuts, &s.clouds, &s.returns, &s.collected, &s.retirements,
	}
}

func (s *situations) add(other situations) {
	for i, counter := range s.all() {
		*counter += *other.all()[i]
	}
}

func (s *situations) requireAll(t *testing.T) {
	for i, counter := range s.all() {
		require.Positive(t, *counter, "situation %d of %+v", i, s)
	}
}
