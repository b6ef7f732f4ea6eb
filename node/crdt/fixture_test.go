package crdt

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// rounds is how often a test does something: few times, or as often as it can be made to with
// BUTTERFLY_FULL=1.
func rounds(few, full int) int {
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		return full
	}
	return few
}

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

// contextOf returns all that m has seen.
func contextOf[K comparable, V any](m *Map[K, V]) *CausalContext {
	var c CausalContext
	m.Context(&c)
	return &c
}

// pull is a whole exchange in one step.
func pull(to, from *testMap) bool { return pullAtMost(0, to, from) }

func pullAtMost(limit int, to, from *testMap) bool {
	var delta testDelta
	from.Answer(contextOf(to), limit, &delta)
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

// join returns x joined with the full state of y, as a new replica that writes nothing. If y is
// behind in what lives it has retired, it joins x.
func join(x, y *testMap) *testMap {
	joined := New(NewActor(99, 0), x.config)
	pull(joined, x)
	var whole testDelta
	y.Answer(&CausalContext{}, 0, &whole)
	if !joined.Apply(&whole, nil) {
		return join(y, x)
	}
	return joined
}

// held returns what m has seen without what its writer has replaced since, which does not count.
func held[K comparable, V any](m *Map[K, V]) *CausalContext {
	c := contextOf(m)
	c.Cloud = slices.DeleteFunc(c.Cloud, func(dot Dot) bool {
		actor := m.writers.number(dot.Actor)
		return !slices.ContainsFunc(m.ahead(actor), func(r record) bool {
			return r.seq() == dot.Seq && m.written(actor, r) != nil
		})
	})
	return c
}

// dump prints, in canonical order, what can be read and what was seen.
func dump(m *testMap) string {
	var lines []string
	for key := range m.All() {
		lines = append(lines, fmt.Sprint(key, " siblings ", m.Siblings(key)))
	}
	slices.Sort(lines)
	return fmt.Sprint(strings.Join(lines, "\n"), "\nseen ", *held(m))
}

// brisk is a test without its Helper method, which walks the stack: assertions call it, and the
// tests here make millions of them.
type brisk struct{ require.TestingT }

// requireSame compares two states, in full and by both hashes.
func requireSame(t require.TestingT, x, y *testMap) {
	t = brisk{t}
	require.Equal(t, dump(x), dump(y))
	require.Equal(t, x.VersionHash(), y.VersionHash())
	require.Equal(t, x.StateHash(), y.StateHash())
}

// requireSound checks every invariant of the representation.
func requireSound(t require.TestingT, m *testMap) {
	t = brisk{t}
	require.True(t, m.versions.valid() && m.horizon.valid())
	require.True(t, m.versions.CoversAll(&m.horizon))
	seen := contextOf(m)
	require.True(t, seen.valid())
	require.Equal(t, len(seen.Cloud) > 0, m.clouded)
	require.Equal(t, held(m).Hash(), m.VersionHash())
	require.Equal(t, requireSoundEntries(t, m), journaled(t, m), "every slot is in a journal")
}

// requireSoundEntries returns the number of slots.
func requireSoundEntries(t require.TestingT, m *testMap) (slots int) {
	live, vacant, state := 0, 0, uint64(0)
	for i := range m.entries {
		e := &m.entries[i]
		if e.vacant {
			vacant++
			require.Equal(t, entry[string, string]{vacant: true}, *e)
			continue
		}
		var out testDelta
		m.appendEntry(&out, e)
		require.True(t, out.Entries[0].valid(), dump(m))
		f, known := m.find(e.key)
		require.True(t, known && place(i) == f.place)
		if m.alive(e) {
			state += m.hashEntry(e, f.digest)
			live++
		}
		requireSoundSlots(t, m, e)
		slots += int(e.size)
	}
	require.Equal(t, live, m.Len())
	require.Equal(t, state, m.StateHash())
	require.Equal(t, len(m.entries)-vacant, m.index.keys)
	require.Len(t, m.free, vacant)
	return slots
}

func requireSoundSlots(t require.TestingT, m *testMap, e *entry[string, string]) {
	dead, stable := false, true
	for i := range e.size {
		s := m.at(e, i)
		require.True(t, s.alive || s.value == "", "what was overwritten is not kept")
		require.Less(t, m.versions.Seq(m.dot(s).Actor), uint64(Retired), "retired without slots")
		dead, stable = dead || !s.alive, stable && m.horizon.Covers(m.dot(s))
	}
	require.False(t, dead && stable, "what can be collected has been")
}

// journaled counts the records of all journals that are not outdated, and checks their order.
func journaled(t require.TestingT, m *testMap) int {
	count := 0
	w := &m.writers
	require.Len(t, w.actors, len(w.order)+len(w.free))
	for i, n := range w.order {
		require.True(t, i == 0 || w.actors[w.order[i-1]] < w.actors[n])
		j, keys, last := &w.journals[n], 0, uint64(0)
		for _, r := range j.records {
			require.Less(t, last, r.seq())
			last = r.seq()
			if m.written(n, r) != nil {
				keys++
			}
		}
		require.Equal(t, j.keys, keys)
		count += keys
	}
	return count
}
