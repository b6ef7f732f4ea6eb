package crdt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// The replicas of the tests are named A, B, C, ... for nodes 0, 1, 2, ...
type testMap = Map[string, string]
type testDelta = Delta[string, string]
type testEntry = Entry[string, string]

// testConfig lets the later letter win: priority C > B > A for every key.
func testConfig() Config[string, string] {
	return Config[string, string]{
		KeyHash:   hashText,
		ValueHash: hashText,
		Priority:  func(_ string, writer node.ID) uint64 { return uint64(writer) },
	}
}

func hashText(s string) uint64 {
	h := uint64(len(s))
	for i := range len(s) {
		h = rng.Mix(h ^ uint64(s[i]))
	}
	return h
}

func newReplica(id node.ID, boot uint64) *testMap { return New(NewActor(id, boot), testConfig()) }

// pull is a whole exchange in one step.
func pull(to, from *testMap) bool {
	var delta testDelta
	from.Answer(to.Versions(), &delta)
	return to.Apply(&delta, nil)
}

// converge lets everybody pull from everybody, twice, which is enough for everything to get
// everywhere.
func converge(replicas []*testMap) {
	for range 2 {
		for _, to := range replicas {
			for _, from := range replicas {
				pull(to, from)
			}
		}
	}
}

// join returns x joined with the full state of y, as a new replica.
func join(x, y *testMap) *testMap {
	joined := New(x.self, x.config)
	pull(joined, x)
	var whole testDelta
	y.Answer(&VersionVector{}, &whole)
	joined.Apply(&whole, nil)
	return joined
}

// dump prints the whole state in canonical order.
func dump(m *testMap) string {
	lines := make([]string, 0, len(m.entries))
	for i := range m.entries {
		e := &m.entries[i]
		line := e.key + " context"
		for i := range e.size {
			line += " " + m.dot(m.at(e, i)).String()
		}
		lines = append(lines, fmt.Sprint(line, " siblings ", m.appendSiblings(nil, e)))
	}
	slices.Sort(lines)
	return fmt.Sprint(strings.Join(lines, "\n"), "\nversions ", m.versions)
}

// requireSame compares two states, in full and by both hashes.
func requireSame(t require.TestingT, x, y *testMap) {
	require.Equal(t, dump(x), dump(y))
	require.Equal(t, x.VersionHash(), y.VersionHash())
	require.Equal(t, x.StateHash(), y.StateHash())
}

// requireSound checks every invariant of the representation.
func requireSound(t require.TestingT, m *testMap) {
	live, state, slots := 0, uint64(0), 0
	require.True(t, m.versions.valid())
	for i := range m.entries {
		e := &m.entries[i]
		var out testDelta
		m.appendEntry(&out, e)
		require.True(t, out.Entries[0].valid(m.versions), dump(m))
		f, known := m.find(e.key)
		require.True(t, known)
		require.Equal(t, place(i), f.place)
		state += m.hashEntry(e, f.digest)
		for i := range e.size {
			s := m.at(e, i)
			require.True(t, s.alive || s.value == "", "what was overwritten is not kept")
			slots++
		}
		live += min(1, len(out.Entries[0].Siblings))
	}
	require.Equal(t, live, m.Len())
	require.Equal(t, state, m.StateHash())
	require.Equal(t, m.versions.Hash(), m.VersionHash())
	require.Equal(t, len(m.entries), m.index.keys)
	require.Equal(t, slots, journaled(t, m), "every slot is in its actor's journal")
}

// journaled counts the records of all journals that are not outdated, and checks their order.
func journaled(t require.TestingT, m *testMap) int {
	count := 0
	w := &m.writers
	for i, n := range w.order {
		require.True(t, i == 0 || w.actors[w.order[i-1]] < w.actors[n])
		j, keys, last := &w.journals[n], 0, uint64(0)
		for _, r := range j.records {
			require.Less(t, last, r.seq())
			last = r.seq()
			newest := m.slotOf(&m.entries[r.place], n)
			require.LessOrEqual(t, last, newest.seq)
			if last == newest.seq {
				keys++
			}
		}
		require.Equal(t, m.versions.Seq(w.actors[n]), last)
		require.Equal(t, j.keys, keys)
		count += keys
	}
	return count
}
